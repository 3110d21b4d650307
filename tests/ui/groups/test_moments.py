"""The picture of when groups are free can be read, whatever number of moments there is."""

from __future__ import annotations

import pandas as pd

from planner.model.domain import Column, ColumnKind, Group, Roster, Student
from planner.rules.overlap import Overlap
from planner.ui.groups.moments import MOST_MOMENTS, free, narrowed
from tests.builders.class_changes import course_of


def grid(moments: int, shared: tuple[int, ...]) -> pd.DataFrame:
    """Return two groups of three: the first is wholly free at some moments, the second never."""
    rows = [
        (group, f"m{at}", 3 if group == "1" and at in shared else 1, 3)
        for group in "12"
        for at in range(moments)
    ]
    return pd.DataFrame(rows, columns=["group", "moment", "free", "members"])


def test_few_moments_are_all_drawn() -> None:
    frame = grid(MOST_MOMENTS, (3,))
    assert narrowed(frame).equals(frame)


def test_of_many_moments_those_are_drawn_at_which_a_group_is_free() -> None:
    """Once a hundred headings stood across each other."""
    drawn = narrowed(grid(MOST_MOMENTS + 1, (3, 7)))
    assert list(drawn["moment"].unique()) == ["m3", "m7"]
    assert list(drawn["group"].unique()) == ["1", "2"]


def test_where_no_group_is_free_all_moments_are_drawn() -> None:
    frame = grid(MOST_MOMENTS + 1, ())
    assert narrowed(frame).equals(frame)


def test_who_gave_no_answer_is_not_counted_as_free() -> None:
    """“✓ 4” stood for a group of four of whom one had said nothing."""
    students = tuple(
        Student(id=name, name=name, call_name=name, sort_name=name, answers={"Vrij": when})
        for name, when in (("A", "ma; di"), ("B", "ma"), ("C", ""), ("D", ""))
    )
    mark = Column(heading="Cijfer", kind=ColumnKind.NUMBER)
    roster = Roster(students=students, columns=(Column(heading="Vrij", kind=ColumnKind.SLOTS), mark))
    groups = (Group(name="1", members=("A", "B", "C")), Group(name="2", members=("D",)))
    rule = Overlap(kind="overlap", columns=("Vrij",))
    frame = free(course_of(roster, groups), rule)
    assert frame.to_dict("records") == [
        {"group": "1", "moment": "ma", "free": 2, "members": 2},
        {"group": "1", "moment": "di", "free": 1, "members": 2},
    ]
