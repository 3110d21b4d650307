"""The teacher's sheet: visits with a reason, what to ask and say, and what changed."""

from __future__ import annotations

from planner.handouts.content import content
from planner.handouts.pulse import (
    Pulse,
    PulseLine,
    PulseWeek,
    Question,
)
from planner.handouts.sheet import sheet_of
from planner.model.domain import Group, Roster
from planner.plans.course import Course
from planner.reporting.course_changes import changes_in
from tests.builders.handouts import LATIN, NAMES, OTHERS, after, course, rerun, student

NL = content("nl")


def test_a_week_has_its_own_question_sentence_and_words() -> None:
    made = course(NAMES, OTHERS)
    third, fourth = (sheet_of(made, week, NL, "nl") for week in (3, 4))
    assert third.check_in == NL.check_in_of(3)
    assert third.sentence == NL.sentence_of(3) != fourth.sentence
    assert third.words == NL.words_of(3, 2)
    assert not set(third.words) & set(fourth.words)
    assert third.changes == ()


def test_the_groups_to_sit_with_and_who_comes_when() -> None:
    sheet = sheet_of(course(NAMES, OTHERS, LATIN), 2, NL, "nl", each_week=2)
    assert [(visit.group, visit.why) for visit in sheet.visits] == [
        ("Groep 3", "Het is tijd voor hun bezoek."),
        ("Groep 1", "Het is tijd voor hun bezoek."),
    ]
    assert sheet.visits[1].people == ("Noor", "Sem", "Ali", "Zoë")
    assert sheet.visits[1].moments == ("ma ochtend", "di middag")
    assert sheet.coming[:2] == ((2, ("Groep 3", "Groep 1")), (3, ("Groep 2", "Groep 3")))
    assert sheet.coming[-1][0] == 10
    assert sheet_of(course(NAMES, OTHERS), 2, NL, "nl").coming == ()  # everyone, every week


def test_after_a_rerun_newcomers_first_and_what_changed_and_why() -> None:
    before = course(NAMES, OTHERS, LATIN)
    now = rerun(before)
    left = before.plan.groups[1].members[0]
    sheet = sheet_of(now, 4, NL, "nl", each_week=1, changes=changes_in(now, {left: "Bram Kok"}))
    assert [(visit.group, visit.why, visit.new) for visit in sheet.visits] == [
        ("Groep 2", "Deze groep heeft een nieuw lid.", ("Nova", "Zoë"))
    ]
    assert [(one.name, one.way) for one in sheet.changes] == [
        ("Zoë Bos", "Groep 1 → Groep 2"),
        ("Nova van Dam", "nieuw in Groep 2"),
        ("Bram Kok", "niet meer in Groep 2"),
    ]
    assert all(one.reason for one in sheet.changes)
    assert sheet_of(now, 5, NL, "nl", changes=changes_in(now, {})).changes == ()
    assert changes_in(before, {}) == ()


def test_whoever_was_placed_by_hand_is_told_as_that() -> None:
    now = rerun(course(NAMES, OTHERS, LATIN))
    moved = next(one for one in changes_in(now, {}) if one.from_group is not None)
    placed = now.model_copy(update={"placed": {moved.student_id: "by-hand"}})
    sheet = sheet_of(placed, 4, NL, "nl", changes=changes_in(placed, {}))
    assert [one.reason for one in sheet.changes if one.name == moved.name] == ["Hier handmatig geplaatst."]


def two_reruns() -> tuple[Course, Group]:
    """Return a course with two reruns for week 4: new people in groups 2 and 3; and group 3 of before."""
    now = rerun(course(NAMES, OTHERS, LATIN))
    one, two, three = now.plan.groups
    otto = student(98, "Otto Prins")
    roster = Roster(students=(*now.roster.students, otto), columns=now.roster.columns)
    return after(now, [one, two, Group(name=three.name, members=(*three.members, otto.id))], roster, 4), three


def test_who_is_new_is_named_at_the_first_visit_whenever_that_is() -> None:
    """The sheet said that somebody was new, and named nobody where the visit was later than the rerun."""
    visits = [sheet_of(two_reruns()[0], week, NL, "nl", each_week=1).visits[0] for week in (4, 5)]
    assert [(visit.group, visit.why, visit.new) for visit in visits] == [
        ("Groep 2", "Deze groep heeft een nieuw lid.", ("Nova", "Zoë")),
        ("Groep 3", "Deze groep heeft een nieuw lid.", ("Otto",)),
    ]


def test_somebody_new_who_left_before_the_visit_is_not_told_as_new() -> None:
    now, three = two_reruns()
    gone = after(now, [*now.plan.groups[:2], three], now.roster, from_week=5)
    visit = sheet_of(gone, 5, NL, "nl", each_week=1).visits[0]
    assert (visit.group, visit.why, visit.new) == ("Groep 3", "Iemand heeft deze groep verlaten.", ())


def test_what_changed_is_told_in_the_language_of_the_sheet() -> None:
    now = rerun(course(NAMES, OTHERS, LATIN))
    sheet = sheet_of(now, 4, content("en"), "en", changes=changes_in(now, {}))
    assert sheet.changes[1].way == "new in Groep 2"
    assert sheet.changes[1].reason.startswith("Groep 2 has 3 remaining members;")


def line(group: str, *points: float) -> PulseLine:
    questions: tuple[Question, ...] = ("belonging", "safety", "role")
    weeks = (
        PulseWeek(week=week, values=dict.fromkeys(questions, value)) for week, value in enumerate(points, 1)
    )
    return PulseLine(group=group, weeks=tuple(weeks))


def test_the_pulse_says_where_to_go_first() -> None:
    pulse = Pulse(lines=(line("Groep 1", 4.0, 4.5), line("Groep 2", 3.5, 2.0), line("Groep 3")))
    sheet = sheet_of(course(NAMES, OTHERS, LATIN), 2, NL, "nl", pulse=pulse)
    assert [(one.group, one.first) for one in sheet.pulse] == [
        ("Groep 2", True),
        ("Groep 1", False),
        ("Groep 3", False),
    ]
    assert sheet.pulse[0].text == "Week 2: erbij horen 2, ruimte om te proberen 2, rol 2 (van 5)."
    assert sheet.pulse[0].drawing.startswith("<svg")
    assert (sheet.pulse[2].text, sheet.pulse[2].drawing) == ("Nog te weinig antwoorden om te laten zien.", "")
    assert not any(one.first for one in sheet_of(course(NAMES), 1, NL, "nl", pulse=pulse).pulse)
