"""Where rules come from on the page: purposes, ideas, role names, the only ones, short names."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.model.domain import ColumnKind
from planner.model.reports import Importance
from planner.planning.formation import form
from planner.plans.course import Course, only_used
from planner.rosters import Edits
from planner.rules import Rules
from planner.rules.new_faces import NewFaces
from planner.rules.purposes import Purpose
from planner.store import Opened
from planner.ui.session.restoring import page_of, state_of
from tests.builders.pages import go, session_of, texts, upload_list
from tests.builders.survey_class import QUESTION, survey_csv

FITS, IN_THE_WAY = "Past bij je klassenlijst", "Zit bewezen in de weg"


@pytest.fixture
def survey(page: AppTest) -> AppTest:
    """Return the page of the rules for a class list as a survey leaves it."""
    upload_list(page, "klas.csv", survey_csv())
    return go(page, "rules")


def chosen(page: AppTest, language: str = "nl") -> list[Purpose]:
    return page.pills(key=f"purposes_{language}").value  # type: ignore[return-value]


def on(page: AppTest) -> list[str]:
    return [card.kind for card in session_of(page).rules.draft.cards if card.on]


def test_five_rules_are_on_and_an_idea_is_one_click(survey: AppTest) -> None:
    assert on(survey) == ["overlap", "never-alone", "balance", "wish", "mix"]
    assert "Meer ideeën: 3 regels" in texts(survey)
    survey.button(key="idea_mix_Werkt parttime").click().run()
    assert on(survey)[-1] == "mix"
    assert session_of(survey).rules.draft.cards[-1].fields["column"] == "Werkt parttime"
    assert "Meer ideeën: 2 regels" in texts(survey)  # the two about earlier teams


def test_a_calm_term_says_what_it_did_and_can_be_taken_back(survey: AppTest) -> None:
    draft = session_of(survey).rules.draft
    assert Purpose.CALM not in chosen(survey)
    survey.pills(key="purposes_nl").set_value([*chosen(survey), Purpose.CALM]).run()
    assert (
        "Ingeschakeld. Een rustige periode: “Groepen kunnen een lid missen” en een rol duurt 2 weken."
        in texts(survey)
    )
    assert on(survey)[-1] == "steady"
    assert draft.rotate_every == 2
    assert survey.number_input(key=f"rotate_{draft.id}").value == 2
    survey.button(key="purpose_back").click().run()
    assert (on(survey), draft.rotate_every) == (["overlap", "never-alone", "balance", "wish", "mix"], 1)
    assert Purpose.CALM not in chosen(survey)


def test_a_purpose_that_is_on_is_switched_off_and_on_again(survey: AppTest) -> None:
    every = chosen(survey)
    assert every == [Purpose.TIME, Purpose.COMPANY, Purpose.LEVEL, Purpose.WISHES, Purpose.MIX]
    survey.pills(key="purposes_nl").set_value(every[1:]).run()
    assert "overlap" not in on(survey)
    survey.pills(key="purposes_nl").set_value(every).run()
    assert on(survey)[0] == "overlap"
    card = session_of(survey).rules.draft.cards[0]
    assert survey.toggle(key=f"rule_{card.id}_on").value


def test_a_rule_that_is_switched_off_leaves_its_purpose(survey: AppTest) -> None:
    card = session_of(survey).rules.draft.cards[0]
    survey.toggle(key=f"rule_{card.id}_on").set_value(False).run()
    survey.run()
    assert Purpose.TIME not in chosen(survey)


def test_without_a_column_it_is_said_which_would_serve(page: AppTest) -> None:
    upload_list(
        page, "klas.csv", b"Studentnummer;Naam\n" + b"".join(b"100%03d;A%d\n" % (n, n) for n in range(8))
    )
    go(page, "rules").pills(key="purposes_nl").set_value([Purpose.WISHES]).run()
    assert chosen(page) == []
    assert "Voor “Bij iemand uit de wensen” is dit nodig: een kolom waarin studenten een klasgenoot" in texts(
        page
    )
    page.segmented_control(key="language").set_value("en").run()
    assert "“With someone they asked for” needs a column in which students name a classmate" in texts(page)


def test_who_is_the_only_one_is_told_as_long_as_a_rule_reads_it(survey: AppTest) -> None:
    told = "Alleen Sanne Jansen heeft “Wiskunde” bij Opleiding"
    assert told in texts(survey)
    mix = session_of(survey).rules.draft.cards[-1]
    survey.toggle(key=f"rule_{mix.id}_on").set_value(False).run()
    assert told not in texts(survey)


def test_roles_that_the_list_names_are_one_line_and_one_click(survey: AppTest) -> None:
    assert texts(survey).count("een rol liever niet die in dit vak niet bestaat") == 1
    button = survey.button(key="use_role_names")
    assert button.label == "Gebruik deze rolnamen: Notulist, Tester en Scrum master"
    button.click().run()
    assert session_of(survey).rules.draft.role_names == ("Notulist", "Tester", "Scrum master")
    assert "niet bestaat" not in texts(survey)


def test_the_roles_that_a_course_chose_itself_stay_in_front(survey: AppTest) -> None:
    draft = session_of(survey).rules.draft
    draft.role_names = ("Voorzitter", "Tester")
    draft.renew_fields()
    survey.run()
    survey.button(key="use_role_names").click().run()
    assert session_of(survey).rules.draft.role_names == ("Voorzitter", "Tester", "Notulist", "Scrum master")


def test_both_rules_of_a_conflict_say_so_and_no_other(rules: AppTest) -> None:
    # Both kept "fits your class list".
    (apart,) = [card for card in session_of(rules).rules.draft.cards if card.kind == "apart"]
    rules.selectbox(key="new_rule_nl").set_value("together").run()
    rules.button(key="add_rule").click().run()
    card = session_of(rules).rules.draft.cards[-1]
    rules.multiselect(key=f"rule_{card.id}_students").set_value(list(apart.fields["students"])).run()
    assert texts(rules).count(IN_THE_WAY) == 2
    assert texts(rules).count(FITS) == 7


def test_a_wish_for_who_left_says_that_they_left(survey: AppTest) -> None:
    now = session_of(survey)
    assert now.roster is not None
    rules = Rules()
    plan = form(rules, now.roster, effort="quick")
    now.keep(
        Course(roster=only_used(now.roster, now.rules.draft.rules("nl") or rules), rules=rules, plan=plan),
        now.roster,
    )
    line = next(line for line in now.reading.lines if line.student == "1290003")  # type: ignore[union-attr]
    now.edit(Edits().leaves(line.row))
    go(survey, "rules")
    assert "De wens van Sem Jansen voor Ali Jansen telt niet mee: Ali Jansen is gestopt." in texts(survey)


def test_a_long_heading_has_a_short_name_that_can_be_changed(page: AppTest) -> None:
    upload_list(page, "klas.csv", survey_csv())
    page.session_state["more_columns"] = True
    page.run()
    (name,) = [field for field in page.text_input if field.value == "Ervaring programmeren"]
    assert QUESTION in [box.label for box in page.selectbox]  # the whole question stays in view
    name.set_value("Programmeren").run()
    go(page, "rules")
    assert "**Balans op Programmeren**" in [toggle.label for toggle in page.toggle]
    now = session_of(page)
    rules = now.rules.draft.rules("nl")
    assert rules is not None
    assert QUESTION in rules.headings()
    # It is kept with the course, and nothing counts as another class list by it.
    state = state_of(now)
    assert state is not None
    back = page_of(Opened("id", "Vak", 1, state.only_used(), None))
    assert back.short_names[QUESTION] == "Programmeren"
    back.call(QUESTION, "")
    assert back.short_names[QUESTION] == "Ervaring programmeren"


def test_another_name_makes_no_plan_outdated(survey: AppTest) -> None:
    now = session_of(survey)
    assert now.roster is not None
    rules = now.rules.draft.rules("nl")
    assert rules is not None
    plan = form(rules, now.roster, effort="quick")
    now.keep(Course(roster=only_used(now.roster, rules), rules=rules, plan=plan), now.roster)
    now.call(QUESTION, "Programmeren")
    assert not now.outdated_students()
    assert not now.outdated(rules)


def test_ideas_from_earlier_groups_and_from_who_rather_is_not_with_whom(page: AppTest) -> None:
    rows = [
        "Studentnummer;Naam;Vorige groep;Met wie niet",
        "1;Noor Bos;A;",
        "2;Sem Kok;A;Ali Mol",
        "3;Ali Mol;B;",
    ]
    upload_list(page, "klas.csv", "\n".join([*rows, "4;Juul Pos;B;Noor", "5;Bram Wit;;Teun"]).encode())
    session_of(page).correct("Vorige groep", ColumnKind.EARLIER_GROUP)
    session_of(page).correct("Met wie niet", ColumnKind.NOT_WITH)
    go(page.run(), "rules")
    assert "Over elk tweetal beslis jij" in texts(page)
    assert "“Teun” bij “Met wie niet” verwijst niet naar precies één andere student" in texts(page)
    page.button(key="idea_apart_1_4").click().run()
    card = session_of(page).rules.draft.cards[-1]
    assert (card.fields["students"], card.importance) == (("1", "4"), Importance.IMPORTANT)
    assert [one.key for one in page.button if str(one.key).startswith("idea_apart")] == ["idea_apart_2_3"]

    page.button(key="idea_new-faces_Vorige groep_keep").click().run()
    card = session_of(page).rules.draft.cards[-1]
    assert not [one.key for one in page.button if str(one.key).startswith("idea_new-faces")]
    page.session_state[f"rule_{card.id}_more"] = True
    page.run()
    page.checkbox(key=f"rule_{card.id}_keep_one").uncheck().run()
    page.number_input(key=f"rule_{card.id}_half_after").set_value(2).run()
    rule = session_of(page).rules.draft.cards[-1].rule()
    assert rule == NewFaces(columns=("Vorige groep",), half_after=2, importance=Importance.NICE)
