"""Free moments: one spelling for one moment, and no day is a slip of another."""

from __future__ import annotations

from itertools import permutations, product

import pytest

from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.rosters import Reading
from planner.rosters.slots import slip
from planner.rules.overlap import Overlap
from tests.builders.files import codes, problem, read, says

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
SHORT = ("ma", "di", "wo", "do", "vr", "za", "zo")
ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = ("ochtend", "middag", "namiddag", "avond")
JOINTS = ("", " ", "-", "/", ".")


def days(*cells: str, heading: str = "Beschikbaar") -> Reading:
    rows = [(f"10{n:03d}", f"Student {n}", cell) for n, cell in enumerate(cells)]
    return read([("id", "Naam", heading), *rows], kinds={heading: ColumnKind.SLOTS})


def cells(reading: Reading, heading: str = "Beschikbaar") -> list[str]:
    return [student.answer(heading) for student in reading.require().students]


@pytest.mark.parametrize("joint", JOINTS)
def test_no_day_or_part_is_a_slip_of_another(joint: str) -> None:
    """Once the only one who was free on `di-middag` counted as free on `do-middag`."""
    for names in (DAYS, SHORT, ENGLISH):
        moments = [f"{day}{joint}{part}" for day, part in product(names, PARTS)]
        assert not [pair for pair in permutations(moments, 2) if slip(*pair) is not None]


@pytest.mark.parametrize("joint", JOINTS[1:])
@pytest.mark.parametrize("word", ["week", "groep", "Group", "blok", "Zaal", "uur", "period"])
def test_no_number_or_letter_behind_a_word_is_a_slip_of_another(word: str, joint: str) -> None:
    for one, other in permutations(["3", "4", "13", "A", "B", "II", "III"], 2):
        assert slip(f"{word}{joint}{one}", f"{word}{joint}{other}") is None
        assert slip(f"{word}{one}", f"{word}{other}") is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("acht", "nacht"), ("twee weken", "drie weken"), ("eerste", "derde"), ("even", "oneven")],
)
def test_no_number_word_is_a_slip(one: str, other: str) -> None:
    assert slip(one, other) is None
    assert slip(other, one) is None


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Vrijdg", "vrijdag"),
        ("maanadgochtend", "maandag ochtend"),
        ("maandag-ochtedn", "maandagochtend"),
        ("vrij dag", "vrijdag"),
        ("tuesdy 9-11", "Tuesday 9-11"),
    ],
)
def test_slips_are_still_seen(typed: str, meant: str) -> None:
    assert slip(typed, meant) is not None


@pytest.mark.parametrize("joint", ["-", "/", ".", "", " "])
def test_who_is_alone_on_a_day_stays_alone(joint: str) -> None:
    reading = days(f"di{joint}middag", *[f"do{joint}middag"] * 8)
    assert codes(reading) == []
    rule = Overlap(columns=("Beschikbaar",))
    assert rule.slots(reading.require()) == [f"di{joint}middag", f"do{joint}middag"]


def test_a_day_and_its_part_in_one_word_or_two_are_one_moment() -> None:
    reading = days("maandagochtend", "maandag ochtend", "maandag ochtend; ma-middag", "Ma. middag")
    assert cells(reading) == [
        "maandag ochtend",
        "maandag ochtend",
        "maandag ochtend; Ma. middag",
        "Ma. middag",
    ]
    found = problem(reading, "slot-spelling", Level.FIXED)
    assert found.message.text("en") == (
        "2 answers are spelled differently from most: “ma-middag” = “Ma. middag” and "
        "“maandagochtend” = “maandag ochtend”."
    )


def test_a_sign_between_two_is_a_word_between_two() -> None:
    reading = days("ma / di", "ma en di", "ma & di", "wo")
    assert cells(reading) == ["ma en di", "ma en di", "ma en di", "wo"]


def test_two_in_one_are_two_where_others_give_them_apart() -> None:
    reading = days("ma ochtend en di middag", "ma ochtend", "di middag", "ma ochtend / middag", "ma middag")
    assert cells(reading) == [
        "ma ochtend; di middag",
        "ma ochtend",
        "di middag",
        "ma ochtend; ma middag",
        "ma middag",
    ]
    told = [one for one in reading.problems if one.code == "two-moments"]
    assert [one.row for one in told] == [2, 5]
    says(
        told[0],
        "“ma ochtend en di middag” is read as “ma ochtend” and “di middag”. "
        "Correct the cell in the file if that is not right.",
        "“ma ochtend en di middag” is gelezen als “ma ochtend” en “di middag”. "
        "Verbeter de cel in het bestand als dat niet klopt.",
    )


def test_two_that_nobody_gives_apart_are_one_choice() -> None:
    assert cells(days("ma en di", "wo en do", "ma en di")) == ["ma en di", "wo en do", "ma en di"]


def test_a_slip_that_may_be_of_two_days_is_asked_about() -> None:
    reading = days("thuesday", "Tuesday", "Thursday", "Tuesday", "Thursday")
    assert cells(reading)[0] == "thuesday"
    says(
        problem(reading, "unknown-slot", Level.ASSUMED),
        "“thuesday” is unknown; it may be any of “Thursday” and “Tuesday”. "
        "It is kept as it is. Correct the cell in the file.",
        "“thuesday” is onbekend; bedoeld kan zijn: “Thursday” en “Tuesday”. "
        "Dit is niet gewijzigd. Verbeter de cel in het bestand.",
    )


def test_columns_for_each_day_have_one_spelling_for_an_hour() -> None:
    reading = read(
        [
            ("id", "Naam", "Kun je? [ma]", "Kun je? [di]"),
            ("10001", "Noor Bos", "9AM; 10AM", "9 am"),
            ("10002", "Sem Vos", "9AM", "9AM; 10 am"),
        ],
        kinds={"Kun je? [ma]": ColumnKind.SLOTS, "Kun je? [di]": ColumnKind.SLOTS},
    )
    sem = reading.require().students[1]
    assert (sem.answer("Kun je? [ma]"), sem.answer("Kun je? [di]")) == ("9AM", "9AM; 10 am")
    assert reading.require().students[0].answer("Kun je? [di]") == "9AM"
