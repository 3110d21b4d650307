"""Moments of one week are told from Monday on."""

from __future__ import annotations

import pytest

from planner.model.week_order import in_week_order


@pytest.mark.parametrize(
    ("moments", "order"),
    [
        (["Tue morning", "Mon evening", "Mon morning"], ["Mon morning", "Mon evening", "Tue morning"]),
        (["vr middag", "wo avond", "vr ochtend"], ["wo avond", "vr ochtend", "vr middag"]),
        (["ma 13:00", "ma 9:30", "ma 2 pm"], ["ma 9:30", "ma 13:00", "ma 2 pm"]),
        (["di", "di ochtend", "ma"], ["ma", "di", "di ochtend"]),
        (["week 2 ma", "week 1 di"], ["week 2 ma", "week 1 di"]),
        (["di 4/3", "ma 10/3"], ["di 4/3", "ma 10/3"]),
        (["ma", "altijd"], ["ma", "altijd"]),
        (["altijd", "wo avond", "online", "ma"], ["ma", "wo avond", "altijd", "online"]),
        (["di", "ma " + "9" * 5000], ["ma " + "9" * 5000, "di"]),
        ([], []),
    ],
)
def test_moments_of_one_week_are_in_its_order_and_others_stay_as_written(
    moments: list[str], order: list[str]
) -> None:
    """Once a group had "Tue morning and Mon morning", as the answers happened to come."""
    assert list(in_week_order(moments)) == order
