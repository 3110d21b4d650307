"""The questions to students on the page of the rules."""

from tests.builders.pages import go, load, texts


def test_the_page_has_the_questions_and_a_form_in_both_languages():
    page = go(load(), "rules")
    page.checkbox(key="ask_again").check().run()
    assert not page.exception
    assert "Beschikbaar: Kies elk moment" in texts(page)
    assert [one.proto.label for one in page.get("download_button") if "Vragen in" in one.proto.label] == [
        "Vragen in het Nederlands",
        "Vragen in het Engels",
    ]
