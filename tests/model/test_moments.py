"""Moments of the week: how they are written, and when two ways to write are one moment."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.moments import (
    days_between,
    family_of,
    label_of,
    moment_key,
    names_moment,
    sides,
    touch,
    words_of,
)

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
SHORT = ("ma", "di", "wo", "do", "vr", "za", "zo")
ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = ("ochtend", "middag", "namiddag", "avond", "nacht")
JOINTS = ("", " ", "-", "/", ".", " - ", ". ", " / ", "_")


@pytest.mark.parametrize("joint", JOINTS)
@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("day", range(7))
def test_a_day_and_its_part_are_one_moment_however_they_are_joined(day: int, part: str, joint: str) -> None:
    whole = moment_key(f"{DAYS[day]} {part}")
    assert moment_key(f"{DAYS[day]}{joint}{part}") == whole
    assert moment_key(f"{SHORT[day]}{joint}{part}".capitalize()) == whole
    assert moment_key(f"{part} ({DAYS[day]})") == whole


def test_days_are_the_same_in_both_languages() -> None:
    for day, short, english in zip(DAYS, SHORT, ENGLISH, strict=True):
        assert {moment_key(one) for one in (day, short, english, english[:3], f"{day}en")} == {(day,)}


@pytest.mark.parametrize(
    "ways",
    [
        ("9-11", "9:00-11:00", "09.00 - 11.00 uur", "9u tot 11u", "9 to 11"),
        ("9AM", "9 am", "9 a.m."),
        ("maandag 13:30", "13.30 ma", "Mon 13u30"),
        ("ma / di", "ma en di", "maandag & dinsdag", "ma/di", "Mon and Tue"),
        ("ma of di", "ma en di"),
        ("Zaal A / Zaal B", "zaal A en zaal B", "Zaal A & Zaal B", "Zaal A/Zaal B"),
        ("week 3", "week 03", "Week-3"),
        ("'s avonds", "avond"),
    ],
)
def test_ways_to_write_one_moment(ways: tuple[str, ...]) -> None:
    assert len({moment_key(way) for way in ways}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ma en vr", "ma-vr"),
        ("9 en 11", "9-11"),
        ("9AM", "9PM"),
        ("middag", "namiddag"),
        ("13:00", "13:30"),
        ("1", "10"),
        ("C", "C++"),
        ("C", "C#"),
        ("week 3", "week 4"),
        ("groep 1", "groep 2"),
        ("juni", "juli"),
    ],
)
def test_what_is_not_one_moment(one: str, other: str) -> None:
    assert moment_key(one) != moment_key(other)


@pytest.mark.parametrize("text", ["ma", "9AM", "13:00-15:00", "week 3", "vrijdagmiddag", "Tue morning", "9"])
def test_these_are_moments(text: str) -> None:
    assert names_moment(text)


@pytest.mark.parametrize("text", ["", "ja", "C++", "altijd", "Zaal A", "nvt", "-", "ik weet het niet"])
def test_these_are_no_moments(text: str) -> None:
    assert not names_moment(text)


@pytest.mark.parametrize(
    ("heading", "label", "family"),
    [
        ("When are you UNAVAILABLE? [Monday]", "Monday", "when are you unavailable?"),
        ("Niet beschikbaar maandag ochtend", "maandag ochtend", "niet beschikbaar"),
        ("Verhinderd op ma", "ma", "verhinderd op"),
        ("Bezet [9:00-10:00]", "9:00-10:00", "bezet"),
        ("Wanneer kun je NIET?", "", "= wanneer kun je niet?"),
        ("What do you do?", "", "= what do you do?"),
        ("When don't you have time", "", "= when don't you have time"),
        ("Kies 3 momenten", "", "= kies 3 momenten"),
        ("Zo ja, wanneer kun je niet?", "", "= zo ja, wanneer kun je niet?"),
        ("Niet in week 3", "week 3", "niet in"),
        ("Niet vrij zo", "zo", "niet vrij"),
        ("Niet vrij di ochtend", "di ochtend", "niet vrij"),
    ],
)
def test_what_tells_columns_with_one_question_apart(heading: str, label: str, family: str) -> None:
    assert (label_of(heading), family_of(heading)) == (label, family)


def test_the_sides_of_two_in_one() -> None:
    assert sides("ma ochtend en di middag") == ("ma ochtend", "di middag")
    assert sides("ma/di") == ("ma", "di")
    assert sides("maandagen") == ("maandagen",)


def test_moments_that_share_time() -> None:
    assert touch("maandag", "ma ochtend")
    assert touch("Ma-ochtend", "maandag")
    assert touch("ma en di", "di")
    assert not touch("ma ochtend", "ma middag")
    assert not touch("Zaal", "Zaal A")
    assert touch("ma 9-11", "ma 9")
    assert not touch("1-1-2026", "1-9-2026")
    assert not touch("9-11", "11-13")


@pytest.mark.parametrize(
    ("span", "days"),
    [
        ("ma t/m wo", ("ma", "di", "wo")),
        ("Maandag tot en met dinsdag", ("maandag", "dinsdag")),
        ("Mon-Wed morning", ("mon morning", "tue morning", "wed morning")),
        ("tuesday to thursday", ("tuesday", "wednesday", "thursday")),
        ("ma-ochtend", ()),
        ("ma en wo", ()),
        ("9-11", ()),
    ],
)
def test_the_days_of_a_span(span: str, days: tuple[str, ...]) -> None:
    assert tuple(map(moment_key, days_between(span))) == tuple(map(moment_key, days))


@given(st.text(max_size=30))
def test_any_text_has_a_key_that_stays(text: str) -> None:
    key = moment_key(text)
    assert moment_key(text.upper().lower()) == moment_key(text.lower())
    assert moment_key(f"  {text} ") == key
    assert all(isinstance(word, str) for word in words_of(text))
