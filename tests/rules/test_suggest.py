"""Few rules are on when a class list is read, and none on what groups are not made of."""

from __future__ import annotations

import pytest

from planner.model.domain import Column, ColumnKind, Roster
from planner.rosters import SourceFile, read_class_list
from planner.rules.suggest import MOST_ON, suggested_rules, suggestions
from planner.rules.titles import title
from tests.builders.classes import make_roster
from tests.builders.places import DATA
from tests.builders.survey_class import MOMENTS, QUESTION, survey_class


def typed(kinds: dict[str, ColumnKind], *rows: tuple[str, ...]) -> Roster:
    """Return a class list whose columns have these kinds."""
    roster = make_roster([dict(zip(kinds, row, strict=True)) for row in rows])
    columns = tuple(Column(heading=heading, kind=kind) for heading, kind in kinds.items())
    return roster.model_copy(update={"columns": columns})


@pytest.mark.parametrize("name", ["klas-28.csv", "cohort-120.csv"])
def test_one_rule_is_on_for_each_thing_that_groups_need(name: str) -> None:
    roster = read_class_list(SourceFile(name, (DATA / name).read_bytes())).require()
    found = suggestions(roster)
    assert [rule.kind for rule in found.on] == ["overlap", "never-alone", "balance", "wish", "mix"]
    assert {rule.kind for rule in found.ideas} == {"mix"}
    assert not any(rule.must for rule in (*found.on, *found.ideas))


def test_a_survey_with_a_matrix_of_scores_suggests_five_rules_and_not_twenty_eight() -> None:
    # 28 rules were suggested on a list with topic scores, and "Mix Notes" was one of them.
    found = suggestions(survey_class())
    assert len(found.on) == MOST_ON
    read = {heading for rule in found.on for heading in rule.headings()}
    assert read == {"Opleiding", "Gender", QUESTION, MOMENTS, "Wens 1"}
    # Earlier teams are for who asks to meet others, or to keep somebody: two ideas, neither of them on.
    earlier = ("new-faces", ("term_1_team_num",))
    assert [(rule.kind, rule.headings()) for rule in found.ideas] == [
        ("mix", ("Werkt parttime",)),
        earlier,
        earlier,
    ]


@pytest.mark.parametrize(
    "heading",
    [
        "Notes",
        "Opmerkingen",
        "E-mail privé",
        "WhatsApp",
        "Completion time",
        "I consent to sharing",
        "Vorig team",
        "previous_group",
        "Gewenste rol",
        "Akkoord",
    ],
)
@pytest.mark.parametrize("kind", [ColumnKind.CATEGORY, ColumnKind.NUMBER])
def test_nothing_is_suggested_on_what_groups_are_not_made_of(heading: str, kind: ColumnKind) -> None:
    assert suggestions(typed({heading: kind}, ("1",), ("2",), ("1",))) == ((), ())


def test_choices_of_a_topic_are_no_categories_to_mix() -> None:
    kinds = {"Choice 1": ColumnKind.TEXT, "Choice 2": ColumnKind.TEXT, "Choice 3": ColumnKind.CATEGORY}
    assert suggested_rules(typed(kinds, ("P1", "P2", "P3"), ("P2", "P1", "P4"))) == ()


def test_two_tests_in_a_row_are_levels_though_their_headings_are_counted() -> None:
    kinds = {"Toets 1": ColumnKind.NUMBER, "Toets 2": ColumnKind.NUMBER, "Toets 3": ColumnKind.NUMBER}
    found = suggestions(typed(kinds, ("5", "6", "7"), ("7", "6", "5")))
    assert [rule.headings() for rule in (*found.on, *found.ideas)] == [
        ("Toets 1",),
        ("Toets 2",),
        ("Toets 3",),
    ]
    assert len(found.on) == 1


def test_level_goes_before_other_numbers_and_study_before_other_categories() -> None:
    kinds = {"Leeftijd": ColumnKind.NUMBER, "Cijfer": ColumnKind.NUMBER}
    kinds |= {"Dag": ColumnKind.CATEGORY, "Opleiding": ColumnKind.CATEGORY}
    found = suggestions(typed(kinds, ("18", "7", "ma", "x"), ("19", "6", "di", "y")))
    assert [rule.headings() for rule in found.on] == [("Cijfer",), ("Opleiding",)]


def test_nobody_is_alone_online() -> None:
    answers = [(answer,) for answer in ("online", "op locatie", "op locatie", "online")]
    (rule,) = suggested_rules(typed({"Hoe volg je de lessen?": ColumnKind.CATEGORY}, *answers))
    assert rule.kind == "never-alone"


def test_sections_are_named_as_sections_within_and_across() -> None:
    roster = typed(
        {"Klas": ColumnKind.SECTION, "Studie": ColumnKind.CATEGORY}, ("A", "x"), ("B", "y"), ("A", "x")
    )
    found = suggestions(roster)
    said = {title(rule, roster).text("nl") for rule in (*found.on, *found.ideas)}
    assert said == {"Binnen een sectie (Klas)", "Over secties heen (Klas)", "Studie mengen"}
    assert [rule.kind for rule in found.on] == ["mix"]
    one = typed({"Klas": ColumnKind.SECTION}, ("A",), ("A",))
    assert suggestions(one) == ((), ())


def test_nobody_is_alone_in_how_they_take_part_and_times_are_an_idea() -> None:
    kinds = {"Deelname": ColumnKind.PARTICIPATION, "Vrij": ColumnKind.SLOTS}
    found = suggestions(typed(kinds, ("online", "ma"), ("op locatie", "di")))
    assert [rule.kind for rule in found.on] == ["overlap", "participation"]
    assert [rule.label().text("en") for rule in found.ideas] == [
        "At least one shared time for those online and for those on site (Vrij)"
    ]


def test_earlier_groups_are_ideas_in_both_directions_and_never_on() -> None:
    kinds = {"2024": ColumnKind.EARLIER_GROUP, "2025": ColumnKind.EARLIER_GROUP}
    found = suggestions(typed(kinds, ("1", "2"), ("1", "3")))
    assert found.on == ()
    assert [rule.label().text("en") for rule in found.ideas] == [
        "New faces (2024 and 2025)",
        "Someone from an earlier group (2024 and 2025)",
    ]
    assert not any(rule.must for rule in found.ideas)
