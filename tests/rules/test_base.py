"""What rules share: comparing answers, finding the nearest word, fitting names on a line."""

from __future__ import annotations

import pytest

from planner.model.domain import Column, ColumnKind
from planner.model.text import Message
from planner.model.wording import nearest, shortened
from planner.rules.column_values import has, usable, values_of
from planner.rules.people import nearest_student
from tests.builders.classes import column_of, make_roster


@pytest.mark.parametrize(
    ("answer", "value", "same"),
    [
        ("ja", "ja", True),
        (" JA ", "ja", True),
        ("José", "jose", True),
        ("ja", "nee", False),
        ("", "", False),
        ("  ", "", False),
        ("ja ja", "ja  ja", True),
    ],
)
def test_an_answer_is_a_value_whatever_its_case_accents_and_spaces(
    answer: str, value: str, same: bool
) -> None:
    assert has(answer, value) == same


def test_values_are_the_most_frequent_first_as_first_written() -> None:
    assert values_of(column_of("X", "geo", " Bio", "", "bio", "GEO", "fys", "bio"), "X") == [
        "Bio",
        "geo",
        "fys",
    ]
    assert values_of(column_of("X", "b", "a"), "X") == ["a", "b"]


@pytest.mark.parametrize(
    ("word", "near"),
    [("Cijver", "Cijfer"), ("cijfer", "Cijfer"), ("opleiding ", "Opleiding"), ("qqqq", None), ("", None)],
)
def test_the_nearest_word(word: str, near: str | None) -> None:
    assert nearest(word, ["Opleiding", "Cijfer"]) == near
    assert nearest(word, []) is None


def test_the_nearest_student_by_number_or_name() -> None:
    roster = make_roster([{"id": "0912345", "name": "Noor van der Berg"}, {"id": "0912399", "name": "Sem"}])
    by_number = nearest_student("912345", roster)
    assert by_number is not None
    assert by_number.id == "0912345"
    by_name = nearest_student("noor vd berg", roster)
    assert by_name is not None
    assert by_name.id == "0912345"
    assert nearest_student("zzz", roster) is None


def said(names: int) -> list[str]:
    return [
        name.text("nl") if isinstance(name, Message) else name
        for name in shortened([str(n) for n in range(names)])
    ]


def test_a_long_list_of_names_is_cut_and_says_how_many_more() -> None:
    assert said(3) == ["0", "1", "2"]
    assert said(9) == [str(n) for n in range(9)]  # "one more" would take as much room
    assert said(10) == [*(str(n) for n in range(8)), "nog 2"]


def test_headings_of_some_kinds() -> None:
    columns = [
        Column(heading="Cijfer", kind=ColumnKind.NUMBER),
        Column(heading="Vrij", kind=ColumnKind.SLOTS),
        Column(heading="Opleiding", kind=ColumnKind.CATEGORY),
    ]
    assert usable(columns, ColumnKind.CATEGORY, ColumnKind.NUMBER) == ["Cijfer", "Opleiding"]
