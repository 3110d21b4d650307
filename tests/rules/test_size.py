"""Sizes: allowed ones and the preferred one."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.instance import SumCost
from planner.model.reports import Importance
from planner.rules.base import Shape
from planner.rules.size import PreferredSize, Size, sizes
from tests.builders.classes import found, make_groups, make_roster, make_rules

CLASS = make_roster([{} for _ in range(8)])


def test_groups_of_allowed_sizes_have_no_findings() -> None:
    rule = Size(smallest=2, largest=4)
    assert found(rule, CLASS, make_groups("ab", "cd", "efgh")) == []
    assert not rule.report(CLASS, make_groups("ab")).broken


def test_a_group_too_small_and_one_too_large_are_named() -> None:
    rule = Size(smallest=2, largest=4)
    groups = make_groups("a", "bcdefg", "h")
    assert found(rule, CLASS, groups) == [
        ("Groep 1", 1, "Eén student; gevraagd: 2–4.", "One student; asked for: 2–4."),
        ("Groep 2", 2, "6 studenten; gevraagd: 2–4.", "6 students; asked for: 2–4."),
        ("Groep 3", 1, "Eén student; gevraagd: 2–4.", "One student; asked for: 2–4."),
    ]
    report = rule.report(CLASS, groups)
    assert (report.units, report.cost, report.broken) == (4, 0, True)
    assert report.findings[1].students == tuple("bcdefg")


def test_an_empty_group_is_too_small() -> None:
    assert found(Size(smallest=3, largest=3), CLASS, make_groups("")) == [
        ("Groep 1", 3, "0 studenten; gevraagd: 3.", "0 students; asked for: 3.")
    ]


def test_sizes_are_always_a_must() -> None:
    assert Size(smallest=2, largest=3).importance is Importance.MUST


def test_the_instance_itself_carries_the_sizes() -> None:
    assert Size(smallest=2, largest=3).compile(CLASS, Shape(groups=3, smallest=2, largest=3)) == []


@pytest.mark.parametrize(("low", "high", "text"), [(3, 5, "3–5"), (4, 4, "4")])
def test_labels(low: int, high: int, text: str) -> None:
    label = Size(smallest=low, largest=high).label()
    assert (label.text("nl"), label.text("en")) == (f"Groepen van {text}", f"Groups of {text}")
    assert sizes(low, high).text("nl") == text


def test_rather_another_size() -> None:
    rule = PreferredSize(prefer=3)
    groups = make_groups("abc", "de", "f", "ghab")
    assert found(rule, CLASS, groups) == [
        ("Groep 2", 1, "2 studenten; liefst 3.", "2 students; preferably 3."),
        ("Groep 3", 2, "Eén student; liefst 3.", "One student; preferably 3."),
        ("Groep 4", 1, "4 studenten; liefst 3.", "4 students; preferably 3."),
    ]
    # Important: five times a hundred for each student too many or too few.
    assert rule.report(CLASS, groups).cost == 4 * 500
    assert rule.label().text("nl") == "Liefst groepen van 3"
    assert rule.label().text("en") == "Preferably groups of 3"


def test_an_empty_group_has_no_preferred_size() -> None:
    assert found(PreferredSize(prefer=3), CLASS, make_groups("")) == []


def test_the_preferred_size_counts_members() -> None:
    (cost,) = PreferredSize(prefer=3).compile(CLASS, Shape(groups=3, smallest=2, largest=4))
    assert isinstance(cost, SumCost)
    assert np.array_equal(cost.weights, np.ones(8))
    assert (cost.low, cost.high, cost.price, cost.must) == (3, 3, 500, False)


def test_without_a_wish_the_middle_size_is_preferred() -> None:
    assert make_rules("[groups]\nsize = [3, 5]").groups.preferred == 4
    assert make_rules("[groups]\nsize = [3, 4]").groups.preferred == 3
    assert make_rules("[groups]\nsize = [3, 5]\nprefer = 5").groups.preferred == 5


def test_with_one_allowed_size_there_is_none_to_prefer() -> None:
    assert [rule.kind for rule in make_rules("[groups]\nsize = [4, 4]").active()] == ["size"]
    assert [rule.kind for rule in make_rules("[groups]\nsize = [3, 5]").active()] == [
        "size",
        "preferred-size",
    ]
