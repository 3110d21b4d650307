"""The pulse: read from what forms export, shown for groups of four answers and more only."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import product

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from planner.handouts.content import content
from planner.handouts.pulse import (
    FEWEST,
    QUESTIONS,
    Pulse,
    Question,
    leave_alone,
    question_list,
    shown,
)
from planner.handouts.pulse_reading import read_pulse
from planner.model.problems import InputError
from planner.model.text import Language
from planner.rosters import SourceFile
from tests.builders.pulse_answers import Row, google, headings

GROUPS = ("Groep 1", "Groep 2", "Groep 3")


def microsoft(rows: Sequence[Row], people: Sequence[str]) -> SourceFile:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Id", "Start time", "Completion time", "Email", "Name", *headings()])
    for place, ((group, week, answers), person) in enumerate(zip(rows, people, strict=True), start=1):
        sheet.write_row(place, 0, [place, "9/7/26", "9/7/26", person, "", group, week, *answers])
    book.close()
    return SourceFile("pulse.xlsx", file.getvalue())


def values(pulse: Pulse, group: str, week: int) -> dict[Question, float] | None:
    line = pulse.line(group)
    assert line is not None
    return next(one for one in line.weeks if one.week == week).values


def test_google_forms_is_read_for_each_group() -> None:
    rows: list[Row] = [("Groep 1", "3", (4, 3, 5))] * 4 + [("Groep 2", "3", (2, 2, 4))] * 3
    pulse = read_pulse(google(rows), GROUPS)
    assert values(pulse, "Groep 1", 3) == {"belonging": 4.0, "safety": 3.0, "role": 4.5}
    assert values(pulse, "Groep 2", 3) is None
    assert values(pulse, "Groep 3", 3) is None
    line = pulse.line("Groep 2")
    assert line is not None
    assert line.describe(3).text("nl") == "Nog te weinig antwoorden om te laten zien."
    assert pulse.problems == ()


def test_microsoft_forms_is_read_with_the_words_of_the_scale() -> None:
    scale = content("nl").pulse.scale
    rows: list[Row] = [("groep 1 ", "Week 2", (scale[3], f"4 - {scale[3]}", 4))] * 4
    pulse = read_pulse(microsoft(rows, ["anonymous"] * 4), GROUPS)
    assert values(pulse, "Groep 1", 2) == {"belonging": 4.0, "safety": 4.0, "role": 4.0}


def test_somebody_who_answers_twice_is_one_person() -> None:
    rows: list[Row] = [("Groep 1", "2", (1, 1, 1))] * 4
    people = ["a@x.nl", "b@x.nl", "c@x.nl", "A@x.nl"]
    assert values(read_pulse(microsoft(rows, people), GROUPS), "Groep 1", 2) is None
    five: list[Row] = [("Groep 1", "2", (1, 1, 1)), *[("Groep 1", "2", (5, 5, 5))] * 4]
    pulse = read_pulse(microsoft(five, ["a@x.nl", "b@x.nl", "c@x.nl", "d@x.nl", "a@x.nl"]), GROUPS)
    assert values(pulse, "Groep 1", 2) == dict.fromkeys(QUESTIONS, 4.5)  # the last answer counts


def test_the_english_form_and_a_week_that_the_form_does_not_ask() -> None:
    rows: list[Row] = [("Groep 1", "3", (4, 3, 5))] * 4
    assert values(read_pulse(google(rows, "en"), GROUPS), "Groep 1", 3) is not None
    without = google(rows).content.replace(headings()[1].encode(), b"Opmerking")
    pulse = read_pulse(SourceFile("p.csv", without), GROUPS, week=7)
    assert values(pulse, "Groep 1", 7) is not None


def refused(content: bytes) -> str:
    with pytest.raises(InputError) as error:
        read_pulse(SourceFile("p.csv", content), GROUPS)
    return error.value.problems[0].text("en")


def test_a_file_without_the_questions_is_refused_in_plain_words() -> None:
    whole = google([("Groep 1", "3", (4, 3, 5))]).content
    told = "Use the questions on the page Cards, and export all answers from the form."
    for heading in headings():
        assert refused(whole.replace(heading.encode(), b"Iets anders")) == (
            f"p.csv: The question “{heading}” is not in this file. {told}"
        )
    assert refused(b"") == "p.csv: This file is empty. Export the list again."
    assert refused(b"%PDF-1.7").startswith("p.csv: This is not a class list that Hecht can read.")


def test_groups_that_are_not_in_the_plan_are_left_out_and_told() -> None:
    rows: list[Row] = [("Groep 9", "3", (4, 3, 5))] * 5 + [("Groep 1", "3", (4, 3, 5))] * 4
    pulse = read_pulse(google(rows), GROUPS)
    assert [problem.text("nl") for problem in pulse.problems] == [
        "pulse.csv: Antwoorden voor een groep die niet in het plan staat zijn weggelaten: Groep 9."
    ]
    assert [line.group for line in pulse.lines] == list(GROUPS)


def test_an_answer_that_is_no_answer_does_not_count() -> None:
    rows: list[Row] = [("Groep 1", "3", (4, 3, 5))] * 3 + [("Groep 1", "3", (4, "", 5))]
    assert values(read_pulse(google(rows), GROUPS), "Groep 1", 3) is None
    rows[-1] = ("Groep 1", "3", (4, 10, 5))
    assert values(read_pulse(google(rows), GROUPS), "Groep 1", 3) is None


# What may be known of a person


def people(*points: int) -> list[dict[Question, int]]:
    return [dict.fromkeys(QUESTIONS, one) for one in points]


@given(st.lists(st.integers(1, 5), max_size=FEWEST - 1))
def test_fewer_than_four_people_are_never_shown(points: list[int]) -> None:
    assert shown(people(*points)) is None


@pytest.mark.parametrize("size", [4, 5, 6])
def test_no_answer_of_a_person_follows_from_what_is_shown(size: int) -> None:
    """Also of a group that was of one mind, each may have said more than one thing."""
    may_have_said: dict[object, set[int]] = {}
    for points in product(range(1, 6), repeat=size):
        told = shown(people(*points))
        assert told is not None
        may_have_said.setdefault(told["safety"], set()).add(points[0])
    assert sorted(map(float, may_have_said)) == [1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5]  # type: ignore[arg-type]
    assert all(len(said) > 1 for said in may_have_said.values())


def test_there_are_no_figures_for_the_class() -> None:
    """Those of the class less those of the groups would tell of a group with few answers."""
    rows: list[Row] = [("Groep 1", "3", (5, 5, 5))] * 6 + [("Groep 2", "3", (1, 1, 1))]
    pulse = read_pulse(google(rows), GROUPS)
    assert set(Pulse.model_fields) == {"lines", "problems"}
    assert [line.group for line in pulse.lines if line.last(3)] == ["Groep 1"]
    hidden = read_pulse(google(rows[:6]), GROUPS)
    assert pulse.model_dump() == hidden.model_dump()  # the one answer leaves no trace


# What a teacher and a rerun can do with it


def test_where_to_go_first_and_whom_to_leave_alone() -> None:
    rows: list[Row] = [("Groep 1", "1", (5, 4, 4))] * 4
    rows += [("Groep 2", "1", (5, 2, 5))] * 4
    rows += [("Groep 3", "1", (2, 2, 2))] * 4
    pulse = read_pulse(google(rows), GROUPS)
    assert pulse.go_first(1) == ("Groep 3", "Groep 2")
    assert pulse.settled(1) == ("Groep 1",)
    assert pulse.go_first(0) == pulse.settled(0) == ()
    assert leave_alone({"Groep 2"}, pulse.settled(1), GROUPS) == {"Groep 1", "Groep 2"}
    assert leave_alone((), ["Groep 9"], GROUPS) == frozenset()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_question_list_holds_what_is_read_back(language: Language) -> None:
    listed = question_list(content(language), GROUPS, weeks=10)
    for heading in headings(language):
        assert f". {heading}\n" in listed
    assert "   Groep 3\n" in listed
    assert "   10\n" in listed
    assert listed.count(f"   5 - {content(language).pulse.scale[4]}\n") == 3


@pytest.mark.parametrize("earlier", ["Ik hoor erbij in mijn groep.", "I belong in my group."])
def test_a_form_in_the_words_of_before_is_still_read(earlier: str) -> None:
    """Its questions were copied into a form weeks ago: a change of words must not lose the answers."""
    file = google([("Groep 1", "3", (4, 3, 5))] * 4)
    asked_then = file.content.replace(content("nl").pulse.belonging.encode(), earlier.encode())
    assert asked_then != file.content
    pulse = read_pulse(SourceFile(file.name, asked_then), GROUPS)
    assert values(pulse, "Groep 1", 3) == {"belonging": 4.0, "safety": 3.0, "role": 4.5}
