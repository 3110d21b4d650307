"""The page of the rules: whether each can work is said on its card, and at once."""

from __future__ import annotations

from datetime import date

from streamlit.testing.v1 import AppTest

from planner.model.domain import ColumnKind
from planner.model.reports import Importance
from planner.rosters import Edits
from planner.rules.never_alone import NeverAlone
from tests.builders.pages import go, session_of, texts, upload_list

FITS = "Past bij je klassenlijst"


def names(page: AppTest) -> str:
    """Return the names of the rules on their cards, as they are read."""
    return "\n".join(toggle.label for toggle in page.toggle).replace("\\", "")


def test_without_a_class_list_it_is_said_in_one_line_with_the_way(page: AppTest) -> None:
    go(page, "rules")
    assert (
        "Regels worden voorgesteld op basis van de kolommen van een klassenlijst, en die is er nog niet."
        in texts(page)
    )
    assert "Naar de klassenlijst" in [link.label for link in page.get("page_link")]
    assert not page.toggle
    assert not [button for button in page.button if button.key == "make_plan"]


def test_each_rule_that_is_on_says_whether_it_fits(rules: AppTest) -> None:
    assert texts(rules).count(FITS) == 8
    assert "Een snelle telling ziet geen bezwaar; zeker weet je het als je de groepen maakt." in texts(rules)
    card = session_of(rules).rules.draft.cards[0]
    rules.toggle(key=f"rule_{card.id}_on").set_value(False).run()
    assert texts(rules).count(FITS) == 7


def test_somebody_who_left_is_missed_on_the_card_of_the_rule(rules: AppTest) -> None:
    now = session_of(rules)
    (card,) = [card for card in now.rules.draft.cards if card.kind == "apart"]
    line = next(line for line in now.reading.lines if line.student == card.fields["students"][0])  # type: ignore[union-attr]
    now.edit(Edits().leaves(line.row))
    rules.run()
    (alert,) = rules.error
    assert f"{line.student} staat niet in de klassenlijst" in alert.value.replace("\\", "")
    assert texts(rules).count(FITS) == 7
    assert "Een snelle telling ziet geen bezwaar" not in texts(rules)
    assert rules.button(key="make_plan").disabled
    rules.toggle(key=f"rule_{card.id}_on").set_value(False).run()
    assert not rules.error
    assert not rules.button(key="make_plan").disabled


def test_two_rules_that_exclude_each_other_are_told_while_they_are_filled_in(rules: AppTest) -> None:
    (apart,) = [card for card in session_of(rules).rules.draft.cards if card.kind == "apart"]
    rules.selectbox(key="new_rule_nl").set_value("together").run()
    rules.button(key="add_rule").click().run()
    card = session_of(rules).rules.draft.cards[-1]
    rules.multiselect(key=f"rule_{card.id}_students").set_value(list(apart.fields["students"])).run()
    (alert,) = rules.error
    assert "moeten bij elkaar én uit elkaar" in alert.value
    assert "Nog niet:" in texts(rules)
    rules.segmented_control(key=f"rule_{card.id}_importance").set_value(Importance.NICE).run()
    assert not rules.error


def test_a_choice_of_a_kind_stays_when_the_language_changes(rules: AppTest) -> None:
    rules.segmented_control(key="language").set_value("en").run()
    rules.selectbox(key="new_rule_en").set_value("together").run()
    rules.button(key="add_rule").click().run()
    assert session_of(rules).rules.draft.cards[-1].kind == "together"


def test_all_that_was_filled_in_is_there_after_a_visit_to_the_other_pages(rules: AppTest) -> None:
    draft = session_of(rules).rules.draft
    rules.number_input(key=f"largest_{draft.id}").set_value(6)
    rules.number_input(key=f"weeks_{draft.id}").set_value(7)
    rules.text_input(key=f"names_{draft.id}").set_value("Team {n}")
    rules.selectbox(key="effort_nl").set_value("quick")
    rules.number_input(key="minutes").set_value(3)
    rules.selectbox(key=f"role_wish_{draft.id}").set_value("Leerdoel").run()
    rules.session_state[f"rule_{draft.cards[5].id}_more"] = True
    rules.run()
    rules.number_input(key=f"rule_{draft.cards[5].id}_at_most").set_value(3).run()
    for path in ("", "groups", "term", "changes", "cards", "rules"):
        go(rules, path)
        assert not rules.exception
    assert rules.number_input(key=f"largest_{draft.id}").value == 6
    assert rules.number_input(key=f"weeks_{draft.id}").value == 7
    assert rules.text_input(key=f"names_{draft.id}").value == "Team {n}"
    assert rules.selectbox(key="effort_nl").value == "quick"
    assert rules.number_input(key="minutes").value == 3
    assert rules.selectbox(key=f"role_wish_{draft.id}").value == "Leerdoel"
    assert "Hooguit 3" in rules.toggle(key=f"rule_{draft.cards[5].id}_on").label
    asked = session_of(rules).rules.draft.rules("nl")
    assert asked is not None
    assert (asked.groups.size, asked.term.weeks, asked.groups.names) == ((3, 6), 7, "Team {n}")


def test_a_limit_that_cannot_be_is_told_on_its_card(rules: AppTest) -> None:
    (card,) = [card for card in session_of(rules).rules.draft.cards if card.kind == "limit"]
    rules.segmented_control(key=f"rule_{card.id}_importance").set_value(Importance.MUST).run()
    assert not rules.error
    rules.session_state[f"rule_{card.id}_more"] = True
    rules.run()
    rules.number_input(key=f"rule_{card.id}_at_most").set_value(0).run()
    (alert,) = rules.error
    assert "hebben dit antwoord, en dat kan niet met 9 groepen" in alert.value
    assert rules.button(key="make_plan").disabled
    assert rules.button(key="find_ways")


ZONES = b"""Studentnummer;Naam;Tijdzone;Wanneer kun je?
1290001;Noor Prins;Europe/Amsterdam;ma 9-12
1290002;Kenji Mori;Asia/Tokyo;ma 16-20
1290003;Sem Kok;Europe/Amsterdam;ma 9-14
"""


def test_the_clock_and_the_first_day_are_asked_where_students_are_elsewhere(page: AppTest) -> None:
    """Once both could be given in a rules file alone, though the page asked for them."""
    page.file_uploader(key="class_list").set_value(("klas.csv", ZONES, "text/csv")).run()
    go(page, "rules")
    assert "De data van de periode zijn niet bekend" in texts(page)
    (first,), (zone,) = page.date_input, [one for one in page.selectbox if "Tijdzone" in one.label]
    assert zone.options[:2] == ["Europe/Amsterdam", "Asia/Tokyo"]
    first.set_value(date(2026, 9, 7)).run()
    zone.set_value("Asia/Tokyo").run()
    term = session_of(page).rules.draft.term
    assert (term.starts, term.time_zone) == (date(2026, 9, 7), "Asia/Tokyo")
    said = texts(page)
    assert "De data van de periode" not in said
    assert "De momenten staan in de tijd van Asia/Tokyo" in said


def test_the_clock_is_not_asked_where_all_are_on_one(rules: AppTest) -> None:
    assert not rules.date_input


def test_hours_in_one_piece_are_asked_for_or_not(rules: AppTest) -> None:
    """Once an empty field said “No limit”."""
    (card,) = [card for card in session_of(rules).rules.draft.cards if card.kind == "overlap"]
    rules.session_state[f"rule_{card.id}_more"] = True
    rules.run()
    field = rules.number_input(key=f"rule_{card.id}_together")
    assert (field.value, field.placeholder) == (None, "Niet gevraagd")
    for typed, meant in ((1.5, 1.5), (0.0, None)):
        rules.number_input(key=f"rule_{card.id}_together").set_value(typed).run()
        assert card.fields["together"] == meant
        assert card.unfinished() is None


def test_half_of_a_group_is_asked_for_on_the_card(rules: AppTest) -> None:
    card = next(card for card in session_of(rules).rules.draft.cards if card.kind == "never-alone")
    rules.session_state[f"rule_{card.id}_more"] = True
    rules.run()
    choice = rules.selectbox(key=f"rule_{card.id}_at_least_share")
    assert choice.value is None
    assert choice.options == [
        "twee in een groep",
        "minstens de helft van de groep",
        "minstens 2 op de 3",
        "minstens 3 op de 4",
    ]
    choice.set_value(0.5).run()
    (rule,) = [one.rule() for one in session_of(rules).rules.draft.cards if one.id == card.id]
    before = NeverAlone.model_validate({"kind": "never-alone", **card.fields, "at_least_share": None})
    assert rule == before.model_copy(update={"at_least_share": 0.5})
    assert "niemand, of minstens de helft van de groep" in names(rules)


def test_participation_starts_without_times(page: AppTest) -> None:
    rows = ["Studentnummer;Naam;Deelname;Vrij"]
    rows += [f"{n};A{n} B{n};{'online' if n % 3 else 'op locatie'};ma ochtend, di middag" for n in range(9)]
    upload_list(page, "klas.csv", "\n".join(rows).encode())
    session_of(page).correct("Deelname", ColumnKind.PARTICIPATION)
    session_of(page).correct("Vrij", ColumnKind.SLOTS)
    go(page.run(), "rules")
    page.selectbox(key="new_rule_nl").set_value("participation").run()
    page.button(key="add_rule").click().run()
    card = session_of(page).rules.draft.cards[-1]
    assert (card.fields["column"], card.fields["columns"]) == ("Deelname", ())
    assert "Niemand alleen online of op locatie (Deelname)" in names(page)
    page.multiselect(key=f"rule_{card.id}_columns").set_value(["Vrij"]).run()
    assert "Minstens één gedeeld moment voor wie online en voor wie op locatie meedoet (Vrij)" in names(page)


def test_sections_are_counted_before_there_are_groups(page: AppTest) -> None:
    rows = ["Studentnummer;Naam;Klas", *(f"{n};A{n} B{n};{'AAB'[n % 3]}1" for n in range(25))]
    upload_list(page, "klas.csv", "\n".join(rows).encode())
    session_of(page).correct("Klas", ColumnKind.SECTION)
    go(page.run(), "rules")
    assert "Over secties heen (Klas)" in names(page)
    page.button(key="idea_similar_Klas").click().run()
    card = session_of(page).rules.draft.cards[-1]
    page.segmented_control(key=f"rule_{card.id}_importance").set_value(Importance.MUST).run()
    assert "Binnen een sectie (Klas)" in names(page)
    assert "Te verwachten binnen elke sectie: A1: 4 groepen en B1: 2 groepen." in texts(page)
    draft = session_of(page).rules.draft
    page.number_input(key=f"smallest_{draft.id}").set_value(5).run()
    assert "17 studenten hebben “A1”, en zij kunnen geen groepen van 5 vormen" in texts(page)
