"""The page with cards in each of its states, without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.handouts.content import FOLDER
from planner.plans.course import Course
from planner.rules.goals import GoalSettings
from planner.ui.handouts.goals import corrected, goals_from
from planner.ui.session.handouts_state import KEY, HandoutsState, course_now
from tests.builders.classes import make_roster
from tests.builders.pages import edited, go, session_of, texts, upload
from tests.builders.pulse_answers import Row, google

GROUPS = [f"Groep {n}" for n in range(1, 8)]


@pytest.fixture
def cards(sample: AppTest, sample_course: Course) -> AppTest:
    """Return the page with cards of the sample class."""
    session = session_of(sample)
    assert session.roster is not None
    session.keep(sample_course, session.roster)
    sample.run()
    return go(sample, "cards")


def kept(page: AppTest) -> HandoutsState:
    state: HandoutsState = page.session_state[KEY]
    return state


def downloads(page: AppTest) -> dict[str, str]:
    """Return the buttons to download with: key and label."""
    return {element.key: element.proto.label for element in page.get("download_button")}


def test_without_groups_there_is_a_way_to_them(page: AppTest) -> None:
    go(page, "cards")
    assert not page.exception
    assert "Maak eerst de groepen; daarna staan hier hun kaarten." in texts(page)
    assert not page.header


def test_everything_that_travels_with_the_groups_is_there(cards: AppTest) -> None:
    assert not cards.exception
    assert not cards.error
    assert [header.value for header in cards.header] == [
        "1. Startkaarten",
        "2. Het docentenblad",
        "3. Wat studenten willen leren",
        "4. Hoe het met de groepen gaat",
        "5. Mail aan iedereen",
        "6. Eigen teksten",
    ]
    assert list(downloads(cards)) == [
        "download_cards_pdf",
        "download_cards_html",
        "download_sheet_pdf",
        "download_sheet_html",
        "download_mail_csv",
        "download_mail_text",
        "download_texts",
    ]
    assert cards.selectbox(key="card_group").options == GROUPS
    assert len(kept(cards).pictures) == 2  # a card and a sheet, looked at
    assert not texts(cards).count("Traceback")


def test_it_speaks_english_too(cards: AppTest) -> None:
    cards.segmented_control(key="language").set_value("en").run()
    assert not cards.exception
    assert cards.header[0].value == "1. Starter cards"
    assert downloads(cards)["download_sheet_pdf"] == "Sheet of week 1 (PDF)"


def test_another_group_another_picture_and_the_same_one_is_not_drawn_again(cards: AppTest) -> None:
    first = dict(kept(cards).pictures)
    cards.selectbox(key="card_group").set_value("Groep 3").run()
    assert len(kept(cards).pictures) == 3
    cards.selectbox(key="card_group").set_value("Groep 1").run()
    assert all(kept(cards).pictures[what] is pages for what, pages in first.items())


def test_the_week_of_the_sheet(cards: AppTest) -> None:
    (week,) = [field for field in cards.number_input if (field.key or "").startswith("sheet_week")]
    week.set_value(4).run()
    assert downloads(cards)["download_sheet_pdf"] == "Docentenblad week 4 (pdf)"


# Goals


def test_goals_of_the_course_are_linked_and_may_go_on_the_card(cards: AppTest) -> None:
    cards.selectbox(key="goals_column").set_value("Leerdoel").run()
    cards.text_area(key="goals_course").set_value("Presenteren\n\n presenteren \nOnderzoek doen").run()
    goals = kept(cards).goals
    assert goals == GoalSettings(column="Leerdoel", course=("Presenteren", "Onderzoek doen"))
    session = session_of(cards)
    private = course_now(session, kept(cards))
    assert private is not None
    assert private.rules.headings() == session.course.rules.headings()  # type: ignore[union-attr]
    cards.toggle(key="goals_shareable").set_value(True).run()
    assert not cards.exception
    assert kept(cards).goals.shareable  # type: ignore[union-attr]
    assert "0 zijn handmatig gekozen." in texts(cards)


def test_the_goals_can_become_a_rule_of_the_page_with_groups(cards: AppTest) -> None:
    cards.selectbox(key="goals_column").set_value("Leerdoel").run()
    cards.text_area(key="goals_course").set_value("Presenteren\nOnderzoek doen").run()
    cards.segmented_control(key="goals_use").set_value("mix").run()
    cards.button(key="goals_in_rules").click().run()
    assert not cards.exception
    draft = session_of(cards).rules.draft
    rules = draft.rules("en")
    assert rules is not None
    assert (rules.rule[-1].kind, rules.rule[-1].headings()) == ("mix", ("Leerdoel van het vak",))
    assert rules.goals.course == ("Presenteren", "Onderzoek doen")
    # In its place in the rules it is linked; the class list has all that it reads.
    assert "Leerdoel" in rules.headings()
    assert "Leerdoel van het vak" not in rules.headings()
    assert session_of(cards).fit(rules).errors == ()
    # A second choice takes the place of the first.
    cards.segmented_control(key="goals_use").set_value("similar").run()
    cards.button(key="goals_in_rules").click().run()
    again = session_of(cards).rules.draft.rules("en")
    assert again is not None
    assert [one.kind for one in again.rule if "Leerdoel van het vak" in one.headings()] == ["similar"]
    go(cards, "")
    assert not cards.exception
    assert not cards.error


def test_what_is_chosen_by_hand_is_kept_and_nothing_else() -> None:
    roster = make_roster([{"L": "presenteren"}, {"L": "onderzoek"}, {"L": "iets"}])
    goals = GoalSettings(column="L", course=("Presenteren", "Onderzoek doen"), links={"b": ""})
    assert corrected(goals, roster, ["Presenteren", "", ""]) == {"b": ""}
    assert corrected(goals, roster, ["Onderzoek doen", "Presenteren", ""]) == {
        "a": "Onderzoek doen",
        "b": "Presenteren",
    }


def test_goals_are_lines_each_once() -> None:
    assert goals_from(" Lezen \n\nlezen\nSchrijven  en spreken\n") == ("Lezen", "Schrijven en spreken")
    assert len(goals_from("\n".join(f"Doel {n}" for n in range(40)))) == 20


# Pulse

ROWS: list[Row] = (
    [("Groep 1", "1", (5, 5, 4))] * 4 + [("Groep 2", "1", (2, 3, 4))] * 4 + [("Groep 3", "1", (1, 1, 1))]
)


def test_the_pulse_is_a_line_for_every_group_and_goes_onto_the_sheet(cards: AppTest) -> None:
    upload(cards, google(ROWS).content, key="pulse_answers", name="pulse.csv")
    assert not cards.exception
    said = texts(cards)
    assert "Week 1: erbij horen 4,5, ruimte om te proberen 4,5, rol 4 (van 5)." in said
    assert said.count("Nog te weinig antwoorden om te laten zien.") == 5
    assert "Ga hier eerst langs" in said
    pulse = kept(cards).pulse
    assert pulse is not None
    assert pulse.go_first(1) == ("Groep 2",)


def test_groups_that_are_well_are_left_alone_by_the_next_rerun(cards: AppTest) -> None:
    upload(cards, google(ROWS).content, key="pulse_answers", name="pulse.csv")
    assert "Met deze groepen gaat het goed: Groep 1." in texts(cards)
    cards.button(key="leave_alone").click().run()
    assert session_of(cards).rerun.options.closed == ("Groep 1",)
    assert "Als je opnieuw plant, blijven deze groepen zoals ze zijn: Groep 1." in texts(cards)
    go(cards, "changes")
    upload(cards, edited())
    assert not cards.exception
    (closed,) = [field for field in cards.multiselect if (field.key or "").startswith("closed_")]
    assert closed.value == ["Groep 1"]
    # Also when the page with changes has been looked at before.
    closed.set_value([]).run()
    go(cards, "cards")
    upload(cards, google(ROWS).content, key="pulse_answers", name="pulse.csv")
    cards.button(key="leave_alone").click().run()
    go(cards, "changes")
    (closed,) = [field for field in cards.multiselect if (field.key or "").startswith("closed_")]
    assert closed.value == ["Groep 1"]


def test_a_file_that_is_no_pulse_is_told_of_in_plain_words(cards: AppTest) -> None:
    upload(cards, b"Naam;Cijfer\nNoor;7\nSem;8\n", key="pulse_answers", name="pulse.csv")
    assert not cards.exception
    assert "De vraag “In welke groep zit je?” staat niet in dit bestand." in texts(cards)
    assert kept(cards).pulse is None
    assert cards.header[-1].value == "6. Eigen teksten"


def test_the_questions_can_be_copied(cards: AppTest) -> None:
    (code,) = cards.code
    assert "1. In welke groep zit je?\n   Groep 1\n" in code.value


# Own texts


def test_own_texts_count_in_their_language(cards: AppTest) -> None:
    own = (FOLDER / "nl.toml").read_text("utf-8").replace("Een fout is informatie.", "Proberen mag.")
    upload(cards, own.encode(), key="own_texts_nl", name="texts-nl.toml")
    assert not cards.exception
    assert kept(cards).texts["nl"].card.agreement[0].title == "Proberen mag."
    cards.segmented_control(key="language").set_value("en").run()
    assert not cards.exception
    assert "en" not in kept(cards).texts


def test_texts_that_cannot_be_used_leave_the_page_as_it_was(cards: AppTest) -> None:
    upload(cards, b"card = 3", key="own_texts_nl", name="texts-nl.toml")
    assert not cards.exception
    assert kept(cards).texts == {}
    assert "Vergelijk met het bestand dat bij Hecht hoort" in texts(cards)
    assert "download_cards_pdf" in downloads(cards)
