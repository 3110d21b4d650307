"""The questions to students on the page of the rules."""

from streamlit.testing.v1 import AppTest

from tests.builders.pages import go, texts, upload_list

LISTED = (
    b"Studentnummer,Naam,Opleiding,Wens\n"
    b"1000341,Anna Bos,A,Cem Demir\n1001342,Cem Demir,B,\n1002343,Eva Vos,A,\n"
)


def test_the_page_has_the_questions_and_a_form_in_both_languages(page: AppTest) -> None:
    upload_list(page, "klas.csv", LISTED)
    page.session_state["ask_students"] = True  # the fold is open
    go(page, "rules")
    assert "er valt niets te vragen" in texts(page)
    page.checkbox(key="ask_again").check().run()
    assert not page.exception
    assert "Wens: Schrijf de voor- en achternaam op" in texts(page)
    files = [one.proto.label for one in page.get("download_button") if "Vragen in" in one.proto.label]
    assert files == ["Vragen in het Nederlands", "Vragen in het Engels"]
