"""Who is free when, from a class list as people write it: one week in whichever notation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.domain import ColumnKind, Group, Roster
from planner.model.term import TermSettings
from planner.rules.overlap import Overlap
from planner.rules.settings import Rules
from tests.builders.files import Rows, read

FALL = TermSettings(weeks=6, starts=date(2026, 9, 7))


def rule_of(roster: Roster, term: TermSettings | None = None, **fields: object) -> Overlap:
    """Return the rule about every column of moments that a class list was read to have."""
    moments = (ColumnKind.SLOTS, ColumnKind.BUSY)
    columns = tuple(column.heading for column in roster.columns if column.kind in moments)
    rules = Rules(rules=[Overlap(columns=columns, **fields)], term=term or TermSettings())  # type: ignore[arg-type]
    (rule,) = rules.rule
    assert isinstance(rule, Overlap)
    return rule


def shared(rows: Rows, *places: int, term: TermSettings | None = None, **fields: object) -> str:
    """Return what is told of a group of the students in some rows, counted from 0; of all without any."""
    roster = read(rows).require()
    students = [student.id for student in roster.students]
    members = tuple(students[place] for place in places) if places else tuple(students)
    (finding,) = rule_of(roster, term, **fields).findings(roster, [Group(name="1", members=members)])
    return finding.message.text("en")


# Busy moments beside free ones

BUSY = (("9AM;10AM;11AM", "1PM;2PM"), ("9AM;10AM;11AM", "1PM;2PM"), ("3PM;4PM", "9AM;10AM"), ("", ""))


def week_of(
    question: str, cells: Sequence[tuple[str, str]], days: tuple[str, str] = ("Monday", "Tuesday")
) -> Rows:
    """Return a class list with a column for each of two days."""
    headings = [f"{question} [{day}]" for day in days]
    people = [(f"i{place}@uni.example", f"Ilse A{chr(97 + place)}") for place in range(len(cells))]
    return [
        ("E-mail address", "Name", *headings),
        *((*one, *cell) for one, cell in zip(people, cells, strict=True)),
    ]


@pytest.mark.parametrize(
    "question",
    [
        "Check the times that you will be UNAVAILABLE for group work.",
        "When can't you meet?",
        "Times you are busy",
        "Wanneer kun je NIET?",
        "Bezet",
        "Kruis aan wanneer je verhinderd bent",
    ],
)
def test_hours_when_somebody_cannot_are_busy(question: str) -> None:
    """Once two who could not at nine were told that they are both free then."""
    rows = week_of(question, BUSY)
    assert shared(rows, 0, 1) == "All free: Monday 13\u201317, Tuesday 9\u201312, and Tuesday 15\u201317."
    assert (
        shared(rows, 2)
        == "All free: Monday 9\u201312, Monday 13\u201315, Tuesday 11\u201312, and Tuesday 13\u201317."
    )


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("ma ochtend, di middag", "ma ochtend", "do avond, vr ochtend"), "di middag"),
        (("Monday morning, Tue afternoon", "ma ochtend", "do avond, vr ochtend"), "Tue afternoon"),
        (("ma 9-12; di 13-17", "ma 9-12", "do 19-22; vr 9-12"), "di 13\u201317"),
        (("ma 9-12; di 13-17", "ma 9:00-12:00", "do 19-22; vr 9-12"), "di 13\u201317"),
        (("Mon 9am-noon; Tue 1-5pm", "ma 9-12", "do 19-22; vr 9-12"), "Tue 13\u201317"),
        (("ma-ochtend; di-middag", "maandagochtend", "do-avond; vr-ochtend"), "di-middag"),
    ],
)
def test_who_is_busy_is_free_at_all_other_moments(cells: tuple[str, ...], told: str) -> None:
    rows = [("Studentnummer", "Naam", "Wanneer kun je NIET?")]
    rows += [(f"120000{place}", f"Noor B{chr(97 + place)}", cell) for place, cell in enumerate(cells)]
    assert told.casefold() in shared(rows, 1, 2).casefold()
    assert told.casefold() not in shared(rows, 0, 1).casefold()


# Lists as programs write them


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (("['00-05', '20-24']", "['10-15', '15-20']", "['15-20', '20-24']"), "20\u201324"),
        (('["00-05", "20-24"]', '["10-15", "15-20"]', '["15-20", "20-24"]'), "20\u201324"),
        (("[00-05, 20-24]", "[10-15, 15-20]", "[15-20, 20-24]"), "20\u201324"),
        (("['Mon 0-5', 'Mon 20-24']", "['Mon 10-15']", "['Mon 15-20', 'Mon 20-24']"), "Mon 20\u201324"),
        (("00-05;20-24", "10-15;15-20", "15-20;20-24"), "20\u201324"),
        (("['ma 9:00-10:00']", "['di 9-10', 'wo 9-10']", "['ma 9-10', 'di 9-10']"), "ma 9\u201310"),
    ],
)
def test_a_list_of_a_program_is_its_moments(cells: tuple[str, ...], told: str) -> None:
    """Once "['00-05', '20-24']" was free text."""
    rows = [("id", "name", "working_time_list")]
    rows += [(f"50{place}", f"Noor B{chr(97 + place)}", cell) for place, cell in enumerate(cells)]
    assert shared(rows, 0, 2) == f"All free: {told}."
    assert shared(rows, 0, 1) == "No time when all are free."


# Time zones


@pytest.mark.parametrize(
    "zones",
    [
        ("Europe/Amsterdam", "Asia/Tokyo", "America/Bogota"),
        ("Amsterdam", "Tokyo", "Bogot\u00e1"),
        ("CET", "JST", "UTC-5"),
        ("UTC+2", "UTC+9", "GMT-5"),
        ("(UTC+01:00) Amsterdam, Berlin", "(UTC+09:00) Osaka, Sapporo, Tokyo", "(UTC-05:00) Bogota, Lima"),
        ("", "Asia/Tokyo", "America/Bogota"),
    ],
)
@pytest.mark.parametrize("heading", ["Home time zone", "In welke tijdzone zit je?"])
def test_local_times_are_moved_to_one_clock(heading: str, zones: tuple[str, str, str]) -> None:
    """Once the hours of people in three zones were compared as text."""
    times = (
        "Sat 22:00; Sat 23:00; Sun 09:00",
        "Sun 05:00; Sun 06:00; Sun 16:00",
        "Sat 15:00; Sat 16:00; Sun 02:00",
    )
    rows = [("Student ID", "Name", heading, "Free times (your own time)")]
    rows += [
        (f"129000{at}", f"Noor B{chr(97 + at)}", *one)
        for at, one in enumerate(zip(zones, times, strict=True))
    ]
    told = shared(rows, term=FALL.model_copy(update={"time_zone": "Europe/Amsterdam"}))
    assert told == "All free: Sat 22\u201324 and Sun 9\u201310."


def test_everyone_is_told_the_times_on_their_own_clock() -> None:
    rows = [
        ("Student ID", "Name", "Time zone", "Availability"),
        ("1290001", "Noor Prins", "Europe/Amsterdam", "Sat 22-24"),
        ("1290002", "Kenji Mori", "Asia/Tokyo", "Sun 05-07"),
        ("1290003", "Sem Kok", "Europe/Amsterdam", "Sat 22-24"),
    ]
    roster = read(rows).require()
    rule = rule_of(roster, FALL)
    group = Group(name="1", members=tuple(student.id for student in roster.students))
    together = rule.shared(roster, group)
    assert rule.times(roster).told_to("1290001", together) == (("Sat 22\u201324",),)
    assert rule.times(roster).told_to("1290002", together) == (("Sun 5\u20137",),)
    over = rule_of(roster, FALL.model_copy(update={"weeks": 10}))
    assert over.times(roster).told_to("1290002", ["Sat 22\u201323"]) == (("Sun 5\u20136",), ("Sun 6\u20137",))


def test_moments_at_which_the_same_students_are_free_are_one_in_a_picture() -> None:
    roster = read(RANGES).require()
    blocks = rule_of(roster).times(roster).blocks(roster.students)
    assert [(text, free.tolist()) for text, free in blocks[:3]] == [
        ("Mon 9\u201310", [True, False, False]),
        ("Mon 10\u201311", [True, True, False]),
        ("Mon 11\u201312", [True, True, True]),
    ]
    assert [text for text, _ in blocks[-2:]] == ["Tue 9\u201312", "Tue 12\u201317"]


def test_without_dates_only_what_holds_in_winter_and_summer_counts() -> None:
    rows = [
        ("Student ID", "Name", "Time zone", "Availability"),
        ("1290001", "Noor Prins", "Europe/Amsterdam", "Sat 22:00; Sat 23:00"),
        ("1290002", "Kenji Mori", "Asia/Tokyo", "Sun 05:00; Sun 06:00"),
        ("1290003", "Ana Reyes", "Atlantis", "Sat 22:00"),
    ]
    assert shared(rows) == "All free: Sat 22\u201323."
    roster = read(rows).require()
    assert [(one.code, one.text("en")) for one in rule_of(roster).check(roster)] == [
        (
            "unknown-zone",
            "\u201cAtlantis\u201d is not a time zone that Hecht knows; the times of Ana Reyes "
            "count as times in the time zone of the course. Write a zone such as "
            "\u201cEurope/Amsterdam\u201d, \u201cUTC+2\u201d or a city.",
        ),
        (
            "time-zones",
            "Times are given in the time zone Europe/Amsterdam; those of Kenji Mori, who is elsewhere, "
            "are converted to it. Should it be another one? Choose it under "
            "\u201cRoles and weeks\u201d; in a rules file it is time_zone, under [term].",
        ),
        (
            "no-dates",
            "The dates of the term are not known, so a time counts only where it holds both in winter and in "
            "summer. Fill in the first day of the term under \u201cRoles and weeks\u201d; in a rules file "
            "it is starts, under [term].",
        ),
    ]


def test_a_moment_counts_where_it_holds_on_all_dates_of_the_term() -> None:
    rows = [
        ("Student ID", "Name", "Time zone", "Availability"),
        ("1290001", "Noor Prins", "Europe/Amsterdam", "Mon 14-20"),
        ("1290002", "Eve Ray", "New York", "Mon 10-12"),
        ("1290003", "Sem Kok", "Europe/Amsterdam", "Mon 9-22"),
    ]
    # In the last week of October New York is five hours behind instead of six.
    over = TermSettings(weeks=8, starts=date(2026, 9, 28))
    assert shared(rows, term=FALL) == "All free: Mon 16\u201318."
    assert shared(rows, term=over) == "All free: Mon 16\u201317."


# The days of one person are no days of another


@pytest.mark.parametrize("joint", ["-", " ", "/", "", ". "])
def test_days_stay_apart_however_they_are_joined(joint: str) -> None:
    rows = [("Studentnummer", "Naam", "Beschikbaar")]
    rows += [
        (f"200000{at}", f"Noor B{chr(97 + at)}", f"{day}{joint}middag")
        for at, day in enumerate(("di", "do", "do", "do"))
    ]
    assert shared(rows, 0, 1) == "No time when all are free."
    assert shared(rows, 1, 2) == f"All free: do{joint}middag."


# Ranges and hours in one piece


RANGES: Rows = [
    ("Student ID", "Name", "Availability"),
    ("1290001", "Noor Prins", "Mon 9-12, 14:00\u201316:00; Tue 9-17"),
    ("1290002", "Sem Kok", "ma 10-15; di hele dag"),
    ("1290003", "Ali Demir", "monday 11am-3pm; tuesday morning"),
]


def test_ranges_that_overlap_share_what_they_have_in_common() -> None:
    assert shared(RANGES) == "All free: Mon 11\u201312, Mon 14\u201315, and Tue 9\u201312."
    assert shared(RANGES, 0, 1) == "All free: Mon 10\u201312, Mon 14\u201315, and Tue 9\u201317."


def test_hours_in_one_piece() -> None:
    assert shared(RANGES, together=2) == "All free: Tue 9\u201312."
    assert shared(RANGES, 0, 1, together=2) == "All free: Mon 10\u201312 and Tue 9\u201317."
    assert shared(RANGES, together=4) == (
        "No 4 hours in one piece when all are free; shorter: Mon 11\u201312, Mon 14\u201315, and "
        "Tue 9\u201312."
    )
    assert shared(RANGES, together=1.5) == "All free: Tue 9\u201312."


def test_hours_in_one_piece_are_counted_by_when_they_can_begin() -> None:
    roster = read(RANGES).require()
    rule = rule_of(roster, together=2, at_least=3)
    group = Group(name="1", members=tuple(student.id for student in roster.students))
    assert [finding.units for finding in rule.findings(roster, [group])] == [1]
    assert rule.label().text("en") == "At least 3 shared times of 2 hours in one piece in Availability"
    assert (
        rule.label().text("nl")
        == "Minstens 3 gedeelde momenten van 2 uur aan \u00e9\u00e9n stuk in Availability"
    )


def test_hours_in_one_piece_need_times_that_say_how_long_they_last() -> None:
    rows = [("id", "Naam", "Beschikbaar"), ("10001", "Noor Bos", "ma ochtend; di middag")]
    roster = read(rows).require()
    (problem,) = rule_of(roster, together=2).check(roster)
    assert problem.code == "slots"
    assert "never that long in one piece" in problem.text("en")


# The same week in ten notations

_DUTCH = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
_SHORT = ("ma", "di", "wo", "do", "vr", "za", "zo")
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
Week = list[tuple[int, int, int]]  # days, and from which hour to which


def _twelve(hour: int) -> str:
    return f"{hour % 12 or 12}{'am' if hour % 24 < 12 else 'pm'}"


def _hours(week: Week, day: int) -> list[int]:
    return [hour for one, start, end in week if one == day for hour in range(start, end)]


def _by_day(week: Week, write: str) -> str:
    days: dict[int, list[str]] = {}
    for day, start, end in week:
        days.setdefault(day, []).append(write.format(a=start, b=end))
    return "; ".join(f"{_ENGLISH[day][:3]} {', '.join(times)}" for day, times in days.items())


NOTATIONS = (
    lambda week: "; ".join(f"{_SHORT[day]} {start}-{end}" for day, start, end in week),
    lambda week: "; ".join(f"{_DUTCH[day]} {start:02}:00 \u2013 {end:02}:00 uur" for day, start, end in week),
    lambda week: "; ".join(f"{_DUTCH[day]} van {start}u tot {end}u" for day, start, end in week),
    lambda week: "\n".join(f"{start}.00-{end}.00 ({_SHORT[day]})" for day, start, end in week),
    lambda week: ", ".join(f"{_ENGLISH[day]} {_twelve(start)}-{_twelve(end)}" for day, start, end in week),
    lambda week: "; ".join(
        f"{_ENGLISH[day][:3]}. {_twelve(start)} to {_twelve(end)}" for day, start, end in week
    ),
    lambda week: _by_day(week, "{a}-{b}"),
    lambda week: str([f"{_ENGLISH[day]} {start:02}00-{end:02}00" for day, start, end in week]),
    lambda week: "; ".join(
        f"{_SHORT[day]} {hour}:00-{hour + 1}:00" for day in range(7) for hour in _hours(week, day)
    ),
    lambda week: "; ".join(f"between {start} and {end} on {_ENGLISH[day]}" for day, start, end in week),
)


@st.composite
def weeks(draw: st.DrawFn) -> Week:
    """Draw when somebody is free: on some days, once or twice."""
    found: Week = []
    for day in draw(st.lists(st.integers(0, 6), min_size=1, max_size=4, unique=True).map(sorted)):
        start = draw(st.integers(7, 12))
        end = draw(st.integers(start + 1, 15))
        found.append((day, start, end))
        if draw(st.booleans()):
            found.append((day, end + 2, draw(st.integers(end + 3, 22))))
    return found


@given(st.lists(weeks(), min_size=10, max_size=10), st.permutations(range(10)))
@settings(max_examples=60)
def test_one_week_is_understood_in_ten_notations(drawn: list[Week], order: list[int]) -> None:
    rows: Rows = [("Student ID", "Name", "Availability")]
    rows += [
        (f"12900{at:02}", f"Noor B{chr(97 + at)}", NOTATIONS[how](week))
        for at, (week, how) in enumerate(zip(drawn, order, strict=True))
    ]
    rows += [("1290099", "Sem Vos", "; ".join(f"{day} 7-22" for day in _SHORT))]
    roster = read(rows).require()
    rule = rule_of(roster)
    times = rule.times(roster)
    assert times.step == 60 or len(times.every) < 10
    for student, week in zip(roster.students, drawn, strict=False):
        free = {(slot.start or 0) // 12 for slot in times.slots if slot.text in (times.of(student) or ())}
        assert free == {day * 24 + hour for day, start, end in week for hour in range(start, end)}


@pytest.mark.parametrize("how", range(10))
def test_ten_notations_share_the_same_time(how: int) -> None:
    week: Week = [(0, 9, 12), (0, 14, 16), (3, 10, 17)]
    rows: Rows = [("Student ID", "Name", "Availability")]
    rows += [("1290001", "Noor Bos", NOTATIONS[how](week)), ("1290002", "Sem Vos", NOTATIONS[0](week))]
    rows += [("1290003", "Ali Kok", "ma 8-18; do 8-18"), ("1290004", "Bo Kok", "ma 8-18; do 8-18")]
    told = shared(rows, 0, 1, 2).casefold()
    for word, day in (("monday", "ma"), ("thursday", "do"), ("maandag", "ma"), ("donderdag", "do")):
        told = told.replace(word, day)
    told = told.replace("mon", "ma").replace("thu", "do").replace(".", "")
    assert told == "all free: ma 9\u201312, ma 14\u201316, and do 10\u201317"


def test_who_leaves_takes_no_moment_along() -> None:
    """A week is cut finer for who writes quarters, and stays so: three hours are not suddenly one moment."""
    rows = [*RANGES, ("1290004", "Bo Kok", "Mon 9:15-10:45")]
    roster = read(rows).require()
    less = Roster(students=roster.students[:1], columns=roster.columns)
    before, after = (rule_of(one).times(one).of(roster.students[0]) for one in (roster, less))
    assert before == after
    assert len(before or ()) == 4 * 13


# A week of quarters


def test_a_grid_of_quarters_for_every_day_is_no_limit() -> None:
    """Once there were at most 62 moments."""
    quarters = [f"{hour}:{minute:02}" for hour in range(24) for minute in (0, 15, 30, 45)]
    headings = [f"When are you free? [{day}]" for day in _ENGLISH]
    late = "; ".join(quarters[40:52])
    rows: Rows = [("Student ID", "Name", *headings)]
    rows += [("1290001", "Noor Bos", *["; ".join(quarters)] * 7), ("1290002", "Sem Vos", late, *[""] * 6)]
    roster = read(rows).require()
    assert len(rule_of(roster).slots(roster)) == 7 * 96
    assert shared(rows, together=3) == "All free: Monday 10\u201313."
    assert rule_of(roster).check(roster) == []


def test_a_column_for_every_slot_of_a_week() -> None:
    slots = [f"{day} {hour}:00" for day in _ENGLISH for hour in range(24)]
    free = {"Monday 9:00", "Monday 10:00", "Friday 23:00"}
    rows: Rows = [("Student ID", "Name", *slots)]
    rows += [("1290001", "Noor Bos", *["x"] * len(slots))]
    rows += [("1290002", "Sem Vos", *("x" if slot in free else "" for slot in slots))]
    assert shared(rows) == "All free: Monday 9\u201311 and Friday 23\u201324."


@pytest.mark.parametrize(
    ("yes", "need_be", "no"),
    [
        ("OK", "(OK)", ""),
        ("Yes", "If need be", "No"),
        ("ja", "desnoods", "nee"),
        ("x", "als het moet", "-"),
        ("Available", "(yes)", "unavailable"),
        ("1", "ok", "0"),
    ],
)
def test_a_poll_with_a_column_for_every_slot(yes: str, need_be: str, no: str) -> None:
    """Once "Mon 18:00-21:00: (OK)" was another moment than "Mon 18:00-21:00: OK"."""
    slots = ("Mon 18:00-21:00", "Thu 18:00-21:00", "Sat 9:00-12:00", "Sat 12:00-15:00")
    rows: Rows = [("Student ID", "Name", *slots)]
    rows += [("1290001", "Noor Bos", yes, no, yes, need_be), ("1290002", "Sem Vos", need_be, yes, yes, yes)]
    rows += [("1290003", "Ali Kok", no, yes, need_be, yes), ("1290004", "Bo Mori", no, no, need_be, yes)]
    assert shared(rows) == "All free: Sat 9\u201315."
    assert shared(rows, 0, 1) == "All free: Mon 18\u201321 and Sat 9\u201315."
    assert shared(rows, together=6) == "All free: Sat 9\u201315."
