"""What a moment says of the clock, in the ways in which people write it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.week_clock import ANY_DAY, WeekStretch, moments_in, said, says_when, share_time

DAYS = (
    ("ma", "maandag", "Mon", "Monday"),
    ("di", "dinsdag", "Tue", "Tuesday"),
    ("wo", "woensdag", "Wed", "Wednesday"),
    ("do", "donderdag", "Thu", "Thursday"),
    ("vr", "vrijdag", "Fri", "Friday"),
    ("za", "zaterdag", "Sat", "Saturday"),
    ("zo", "zondag", "Sun", "Sunday"),
)


def stretches(text: str) -> list[tuple[int, float, float | None]]:
    """Return the days of a text, with the hours from when to when."""
    found = said(text)
    assert found is not None, text
    return [(one.day, one.start / 60, None if one.end is None else one.end / 60) for one in found.stretches]


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("9-12", 9, 12),
        ("09:00 \u2013 12:00", 9, 12),
        ("9.00 tot 12.00 uur", 9, 12),
        ("9u tot 12u", 9, 12),
        ("9am to noon", 9, 12),
        ("9 a.m.-12 p.m.", 9, 12),
        ("between 9 and 12", 9, 12),
        ("van 9 t/m 12", 9, 12),
        ("0900-1200", 9, 12),
        ("9-11am", 9, 11),
        ("11-1pm", 11, 13),
        ("9am-5", 9, 17),
        ("9-5", 9, 17),
        ("10-1", 10, 13),
        ("1-3", 13, 15),
        ("01-03", 1, 3),
        ("00-05", 0, 5),
        ("20-24", 20, 24),
        ("22-02", 22, 26),
        ("9pm-12am", 21, 24),
        ("vanaf 17:30", 17.5, 24),
        ("before 10", 0, 10),
        ("13:30", 13.5, None),
        ("12pm", 12, None),
        ("12am", 0, None),
        ("8 uur 's avonds", 20, None),
        ("18:00:00 - 21:00:00", 18, 21),
        ("09:00:00 AM", 9, None),
        ("7pm onwards", 19, 24),
        ("any time after 3", 15, 24),
        ("before 5", 0, 17),
    ],
)
def test_times_as_people_write_them(text: str, start: float, end: float | None) -> None:
    assert stretches(text) == [(ANY_DAY, start, end)]
    for place, days in enumerate(DAYS):
        for day in days:
            assert stretches(f"{day} {text}") == [(place, start, end)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("ma en di 9-12", [0, 1]),
        ("Mon, Wed & Fri 9-12", [0, 2, 4]),
        ("ma t/m vr 9-12", [0, 1, 2, 3, 4]),
        ("Sat-Mon 9-12", [5, 6, 0]),
        ("werkdagen 9-12", [0, 1, 2, 3, 4]),
        ("weekend 9-12", [5, 6]),
        ("every day 9-12", [0, 1, 2, 3, 4, 5, 6]),
        ("9-12 (di)", [1]),
        ("9-12 on Tuesdays", [1]),
        ("zo. 9-12", [6]),
    ],
)
def test_days_as_people_write_them(text: str, days: list[int]) -> None:
    assert stretches(text) == [(day, 9, 12) for day in days]


def test_two_days_with_their_own_times() -> None:
    assert stretches("ma 9-12 en do 14-16") == [(0, 9, 12), (3, 14, 16)]
    assert stretches("9-12 ma, 14-16 do") == [(0, 9, 12), (3, 14, 16)]
    assert stretches("di 9-10/11-12") == [(1, 9, 10), (1, 11, 12)]


@pytest.mark.parametrize(
    "text",
    [
        "week 3",
        "Zaal 9",
        "di 4/3",
        "1-1-2026",
        "12.10.2026",
        "nee",
        "uur 12",
        "9th",
        "ma 25:00",
        "even weken",
        "",
    ],
)
def test_what_says_anything_else_is_no_time(text: str) -> None:
    assert said(text) is None


def test_parts_of_a_day_and_whole_days() -> None:
    for text in ("ma ochtend", "maandagochtend", "Monday morning", "ochtend (ma)", "Mon. in the morning"):
        found = said(text)
        assert found is not None
        assert (found.days, found.part) == ((0,), (360, 720))
    for text in ("ma hele dag", "Monday: all day", "the whole day on Mondays", "maandag de hele dag"):
        found = said(text)
        assert found is not None
        assert (found.days, found.whole) == ((0,), True)


@pytest.mark.parametrize(
    ("cell", "moments"),
    [
        ("Mon 9-12, 14:00\u201316:00; Tue 10", ("Mon 9-12", "Mon 14:00\u201316:00", "Tue 10")),
        ("ma ochtend, middag", ("ma ochtend", "ma middag")),
        ("['00-05', '20-24']", ("00-05", "20-24")),
        ('["Mon 9-10", "11-12"]', ("Mon 9-10", "Mon 11-12")),
        ("9AM;10AM", ("9AM", "10AM")),
        ("ma 9, zaal 3, 10-11", ("ma 9", "zaal 3", "10-11")),
        ("ma en di 9-10, 12-13", ("ma en di 9-10", "ma & di 12-13")),
        ("nee", ("nee",)),
    ],
)
def test_a_time_without_a_day_is_on_the_day_before_it(cell: str, moments: tuple[str, ...]) -> None:
    assert moments_in(cell) == moments


def test_moments_that_share_time_by_the_clock() -> None:
    assert share_time("Mon 9-12", "ma 11-13")
    assert share_time("ma 9-12", "ma 9")
    assert not share_time("ma 9-11", "ma 11-13")
    assert not share_time("ma 9-11", "di 9-11")
    assert share_time("ma", "ma ochtend")


def test_a_number_alone_says_no_time() -> None:
    assert not says_when("9")
    assert says_when("ma 9")
    found = said("9")
    assert found is not None
    assert found.stretches == (WeekStretch(ANY_DAY, 540, None, bare=True),)


@given(st.text(max_size=60))
def test_any_text_is_read_without_an_error(text: str) -> None:
    found = said(text)
    assert found is None or all(0 <= one.start <= 24 * 60 for one in found.stretches)
    moments_in(text)


@pytest.mark.parametrize(
    ("cell", "moments"),
    [
        ("Mon, Wed, Fri 9-11", ("Mon & Wed & Fri 9-11",)),
        ("ma, wo en vr 9-11", ("ma & wo en vr 9-11",)),
        ("Mon, Tue: 9-12, 14-16; Fri", ("Mon & Tue: 9-12", "Mon & Tue 14-16", "Fri")),
        ("ma, di", ("ma", "di")),
        ("ma; di 9-12", ("ma", "di 9-12")),
        ("ma ochtend, di 9-12", ("ma ochtend", "di 9-12")),
    ],
)
def test_days_with_commas_between_them_share_their_hours(cell: str, moments: tuple[str, ...]) -> None:
    """Once "Mon, Wed, Fri 9-11" was all of Monday and all of Wednesday."""
    assert moments_in(cell) == moments


def test_a_part_of_every_day() -> None:
    assert said("elke avond") == said("every evening") != said("avond")
