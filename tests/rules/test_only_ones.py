"""Who is the only one of something is told before anything is planned."""

from __future__ import annotations

from planner.model.domain import Column, ColumnKind, Roster
from planner.rules.balance import Balance
from planner.rules.limit import Limit
from planner.rules.mix import Mix
from planner.rules.never_alone import NeverAlone
from planner.rules.only_ones import only_ones
from tests.builders.classes import make_roster


def classmates() -> Roster:
    """Return four students; Noor alone does mathematics, Sem alone is online."""
    roster = make_roster(
        [
            {"Opleiding": "Wiskunde", "Hoe": "hier", "Cijfer": "5"},
            {"Opleiding": "biologie", "Hoe": "Online", "Cijfer": "6"},
            {"Opleiding": "Biologie ", "Hoe": "hier", "Cijfer": "7"},
            {"Opleiding": "", "Hoe": "hier", "Cijfer": "8"},
        ]
    )
    kinds = (ColumnKind.CATEGORY, ColumnKind.CATEGORY, ColumnKind.NUMBER)
    columns = tuple(Column(heading=h, kind=k) for h, k in zip(roster.headings, kinds, strict=True))
    return roster.model_copy(update={"columns": columns})


def test_the_only_one_is_told_by_name_with_what_follows() -> None:
    (found,) = only_ones([Mix(column="Opleiding")], classmates())
    assert found.said.text("en") == (
        "Noor is the only one with “Wiskunde” in Opleiding; no group can have a second one."
    )
    assert found.said.text("nl") == (
        "Alleen Noor heeft “Wiskunde” bij Opleiding; een tweede is er voor geen enkele groep."
    )


def test_each_is_told_once_and_only_of_what_the_rules_count() -> None:
    roster = classmates()
    rules = [Mix(column="Hoe"), NeverAlone(column="Hoe"), Balance(column="Cijfer")]
    assert [one.student for one in only_ones(rules, roster)] == ["b"]
    assert only_ones([NeverAlone(column="Hoe", values=("hier",))], roster) == ()
    assert only_ones([Limit(column="Hoe", value="hier", at_most=2)], roster) == ()
    assert [one.value for one in only_ones([Limit(column="Hoe", value="online", at_most=2)], roster)] == [
        "Online"
    ]


def test_a_column_that_is_not_there_or_is_left_out_tells_of_nobody() -> None:
    roster = classmates()
    assert only_ones([Mix(column="Religie")], roster) == ()
    hidden = tuple(
        one if one.heading != "Hoe" else Column(heading="Hoe", kind=ColumnKind.SENSITIVE)
        for one in roster.columns
    )
    assert only_ones([Mix(column="Hoe")], roster.model_copy(update={"columns": hidden})) == ()
