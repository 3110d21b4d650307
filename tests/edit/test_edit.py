"""Edits by hand: what they change is what two audits differ in, and all of it can be undone."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.audit.plan_audit import audit
from planner.audit.proven import whole
from planner.edit import (
    BY_HAND,
    Close,
    Edit,
    History,
    LockGroup,
    LockStudent,
    Move,
    Open,
    Rename,
    Swap,
    apply,
    audited,
    effect,
    handed_over,
    weeks_to_edit,
)
from planner.exports.tables import groups_csv
from planner.model.domain import Group
from planner.model.handover import Change, Handover
from planner.model.problems import InputError
from planner.model.reports import Importance, Status
from planner.model.text import message
from planner.planning.formation import form
from planner.planning.term import plan_term
from planner.plans.course import Course, Locks, Version
from planner.plans.plan_file import read_course, write_course
from planner.replanning.improve import around, improved
from planner.replanning.replan import replan
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.edited_courses import course_of, courses


def edits(course: Course) -> st.SearchStrategy[Edit]:
    """Draw an edit of a course; it may be one that is refused."""
    student = st.sampled_from([s.id for s in course.roster.students])
    group = st.sampled_from([g.name for g in course.plan.groups])
    return st.one_of(
        st.builds(Move, student=student, group=group),
        st.builds(Swap, first=student, second=student),
        st.builds(
            Rename, group=group, name=st.sampled_from(["Rood", "rood ", "Groep 1", "=x", "", "Blauw 2"])
        ),
        st.builds(Open, name=st.sampled_from(["Nieuw", "Groep 2", "Team A"])),
        st.builds(Close, group=group),
        st.builds(LockStudent, student=student, on=st.booleans()),
        st.builds(LockGroup, group=group, on=st.booleans()),
    )


@given(courses(), st.data())
@settings(max_examples=40, deadline=None)
def test_any_edits_and_then_all_undone_is_the_same_course(course: Course, data: st.DataObject) -> None:
    history = History(course)
    for _ in range(data.draw(st.integers(1, 6))):
        with contextlib.suppress(InputError):
            history = history.do(data.draw(edits(history.now)))
        _is_told_truly(history.now)
    last, steps = history.now, len(history.done)
    for _ in range(steps):
        history = history.undo()
    assert history.now == course
    assert history.undo() == history
    for _ in range(steps):
        history = history.redo()
    assert history.now == last
    assert history.redo() == history


def _is_told_truly(course: Course) -> None:
    """Everyone is in one group, and the outcome is that of the audit."""
    plan = course.plan
    placed = sorted(student for group in plan.groups for student in group.members)
    assert placed == sorted(student.id for student in course.roster.students)
    found = audit(course.rules, course.roster, plan.groups, plan.turns)
    assert plan.outcome.cost == found.cost
    assert [report.units for report in plan.outcome.rules] == [report.units for report in found.reports]
    assert (plan.outcome.status is Status.BROKEN) == (not found.holds)
    members = {(group.name, student) for group in plan.groups for student in group.members}
    assert {(turn.group, turn.student_id) for turn in plan.turns} <= members


@given(courses(), st.data())
@settings(max_examples=60, deadline=None)
def test_what_is_told_is_what_two_audits_differ_in(course: Course, data: st.DataObject) -> None:
    student = st.sampled_from([s.id for s in course.roster.students])
    group = st.sampled_from([g.name for g in course.plan.groups])
    edit = data.draw(
        st.builds(Move, student=student, group=group) | st.builds(Swap, first=student, second=student)
    )
    try:
        answer = effect(course, edit).answer
    except InputError:
        with pytest.raises(InputError):
            apply(course, edit)
        return
    edited = apply(course, edit)
    before, after = course.plan.outcome.rules[1:], edited.plan.outcome.rules[1:]
    for change, was, now in zip(answer.changes, before, after, strict=False):
        assert change.after - change.before == now.units - was.units
        assert change.cost == now.cost - was.cost
        assert change.breaks == (change.importance is Importance.MUST and now.units > was.units)
    assert answer.cost == edited.plan.outcome.cost - course.plan.outcome.cost


@given(courses(), st.sampled_from(["Rood", "Team 7", "Zuid-West"]))
@settings(max_examples=40, deadline=None)
def test_a_rename_keeps_everything_else(course: Course, name: str) -> None:
    course = course.model_copy(
        update={
            "history": (Version(from_week=1, groups=course.plan.groups),),
            "locks": Locks(groups=("Groep 1", "Groep 2")),
        }
    )
    renamed = apply(course, Rename(group="Groep 1", name=name))
    assert renamed.locks.groups == tuple(sorted(["Groep 2", name]))
    assert renamed != course
    assert apply(renamed, Rename(group=name, name="Groep 1")) == course
    plan, was = renamed.plan, course.plan
    assert [group.members for group in plan.groups] == [group.members for group in was.groups]
    assert (plan.outcome.cost, plan.outcome.bound, plan.outcome.status) == (
        was.outcome.cost,
        was.outcome.bound,
        was.outcome.status,
    )
    assert renamed.history[0].groups == plan.groups
    assert f"{name}".encode() in groups_csv(renamed.roster, plan, 1)
    assert "Groep 1" not in {turn.group for turn in plan.turns}


RULES = """[groups]
size = [2, 4]
[[rule]]
kind = "apart"
students = ["a", "d"]
[[rule]]
kind = "balance"
column = "Cijfer"
[roles]
names = ["Voorzitter", "Schrijver"]
opt_out = "Rol"
[term]
weeks = 6
"""


@pytest.fixture(scope="module")
def small() -> Course:
    grades = ("6", "8", "7", "6", "8", "7", "9")
    roster = make_roster(
        [{"Cijfer": grade, "Rol": "Voorzitter" if n == 6 else ""} for n, grade in enumerate(grades)]
    )
    return course_of(make_rules(RULES), roster, make_groups("ab", "cd", "efg"))


def refused(course: Course, edit: Edit, week: int | None = None) -> list[str]:
    with pytest.raises(InputError) as error:
        apply(course, edit, week)
    assert all(problem.text("nl") != problem.text("en") for problem in error.value.problems)
    return [problem.code for problem in error.value.problems]


def test_a_must_rule_that_breaks_is_told_and_may_be_done(small: Course) -> None:
    edit = Move(student="a", group="Groep 2")
    found = effect(small, edit)
    assert [change.rule.text("en") for change in found.broken] == ["Groups of 2–4", "Apart: Noor and Juul"]
    assert found.headline().text("nl").startswith("Dan klopt niet meer: “Groepen van 2–4” en “Uit elkaar: ")
    edited = apply(small, edit)
    assert edited.plan.outcome.status is Status.BROKEN
    assert edited.plan.effort == BY_HAND
    assert "Handmatig" in whole(edited.plan.outcome, 3).text("nl")
    assert [r.kind for r in edited.plan.outcome.rules if r.broken] == ["size", "apart"]
    assert apply(edited, Move(student="a", group="Groep 1")).plan.outcome.status is Status.FEASIBLE


def test_a_broken_plan_and_its_locks_come_back_from_plan_json(small: Course) -> None:
    course = apply(apply(small, Move(student="a", group="Groep 2")), LockStudent(student="b"))
    course = apply(course, LockGroup(group="Groep 3"))
    back = read_course(write_course(course))
    assert back == course
    assert back.locks == Locks(students=("b",), groups=("Groep 3",))
    assert b'"broken"' in write_course(course)
    assert b"locks" not in write_course(small)


def test_who_is_locked_stays_until_unlocked(small: Course) -> None:
    course = apply(small, LockStudent(student="a"))
    assert refused(course, Move(student="a", group="Groep 3")) == ["edit-locked"]
    assert refused(course, Swap(first="e", second="a")) == ["edit-locked"]
    course = apply(course, LockGroup(group="Groep 3"))
    assert refused(course, Move(student="b", group="Groep 3")) == ["edit-group-locked"]
    assert refused(course, Swap(first="e", second="c")) == ["edit-group-locked"]
    course = apply(apply(course, LockStudent(student="a", on=False)), LockGroup(group="Groep 3", on=False))
    assert course == small
    assert apply(course, Move(student="a", group="Groep 3")).plan.group_of["a"] == "Groep 3"


def test_what_changes_nothing_is_refused(small: Course) -> None:
    assert refused(small, Move(student="a", group="Groep 1")) == ["edit-nothing"]
    assert refused(small, Swap(first="a", second="b")) == ["edit-nothing"]
    assert refused(small, Rename(group="Groep 1", name="Groep 1")) == ["edit-nothing"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("  ", "group-name-empty"),
        ("x" * 61, "group-name-long"),
        ("groep 2 ", "export-unsafe-group"),
        ("GROEP 2", "group-name-taken"),
        ("Groep2", "group-name-taken"),
        ("Oud", "group-name-taken"),
        ("=1+1", "export-unsafe-group"),
        ("a, b", "export-unsafe-group"),
        ("twee  spaties", "export-unsafe-group"),
    ],
)
def test_a_name_is_one_that_every_import_takes(small: Course, name: str, code: str) -> None:
    over = (Version(from_week=1, groups=(Group(name="Oud", members=("a",)),)),)
    course = small.model_copy(update={"history": over})
    assert code in refused(course, Rename(group="Groep 1", name=name))
    assert code in refused(course, Open(name=name))


def test_only_vacant_roles_change_hands(small: Course) -> None:
    edited = apply(small, Swap(first="b", second="c"))
    for old, new, stays in (("b", "c", "a"), ("c", "b", "d")):
        was = {(t.week, t.role) for t in small.plan.turns if t.student_id == old}
        assert {(t.week, t.role) for t in edited.plan.turns if t.student_id == new} == was
        assert [t for t in small.plan.turns if t.student_id == stays] == [
            t for t in edited.plan.turns if t.student_id == stays
        ]
    rest = [t for t in small.plan.turns if t.group == "Groep 3"]
    assert [t for t in edited.plan.turns if t.group == "Groep 3"] == rest


def test_who_leaves_a_role_to_others_does_not_get_it(small: Course) -> None:
    edited = apply(small, Swap(first="a", second="g"))
    assert {t.role for t in edited.plan.turns if t.student_id == "g"} == {"Schrijver"}


def test_weeks_that_are_past_stay_as_they_were(small: Course) -> None:
    edited = apply(small, Swap(first="b", second="c"), 4)
    assert edited.plan.from_week == 4
    assert edited.history == (Version(from_week=1, groups=small.plan.groups),)
    assert [t for t in edited.plan.turns if t.week < 4] == [t for t in small.plan.turns if t.week < 4]
    assert {t.group for t in edited.plan.turns if t.student_id == "b" and t.week >= 4} == {"Groep 2"}
    assert refused(edited, Swap(first="b", second="c"), 3) == ["edit-week"]
    again = apply(edited, Swap(first="a", second="e"))
    assert len(again.history) == 1


def test_a_group_more_and_a_group_less(small: Course) -> None:
    opened = apply(small, Open(name="Groep 9"))
    assert opened.plan.outcome.status is Status.BROKEN  # nobody is in it yet
    assert refused(opened, Close(group="Groep 1")) == ["edit-not-empty"]
    filled = apply(apply(opened, Move(student="e", group="Groep 9")), Move(student="a", group="Groep 9"))
    assert filled.plan.groups[3].members == ("e", "a")  # by surname
    assert {t.role for t in filled.plan.turns if t.group == "Groep 9"} == {"Voorzitter", "Schrijver"}
    assert filled.plan.outcome.bound == 0
    emptied = apply(filled, Move(student="b", group="Groep 3"))
    closed = apply(emptied, Close(group="Groep 1"))
    assert [group.name for group in closed.plan.groups] == ["Groep 2", "Groep 3", "Groep 9"]
    assert closed.plan.outcome.status is Status.FEASIBLE
    assert not [t for t in closed.plan.turns if t.group == "Groep 1"]


def test_proven_best_only_as_long_as_it_is() -> None:
    rules = make_rules('[groups]\nsize = [2, 2]\n[[rule]]\nkind = "balance"\ncolumn = "Cijfer"\n')
    roster = make_roster([{"Cijfer": grade} for grade in ("5", "9", "6", "8", "7", "7")])
    made = form(rules, roster)
    course = Course(roster=roster, rules=rules, plan=made)
    assert made.outcome.status is Status.OPTIMAL
    group_of = made.group_of
    edit = Swap(first="a", second="c")
    assert group_of["a"] != group_of["c"]
    worse = apply(course, edit)
    assert worse.plan.outcome.cost > made.outcome.cost
    assert worse.plan.outcome.status is Status.FEASIBLE
    assert worse.plan.outcome.bound == made.outcome.bound
    balance = next(report for report in worse.plan.outcome.rules if report.kind == "balance")
    assert balance.proof is not None
    assert balance.proof.text("en").startswith("at most ")
    back = apply(worse, edit)
    assert back.plan.outcome.status is Status.OPTIMAL
    assert back.plan.groups == made.groups


# A term in blocks

TERM = """[groups]
size = [3, 5]
[[rule]]
kind = "balance"
column = "Cijfer"
[roles]
names = ["A", "B", "C"]
[term]
weeks = 9
refresh_after = [3, 6]
"""


@pytest.fixture(scope="module")
def term() -> Course:
    rules = make_rules(TERM)
    roster = make_roster(
        [{"id": f"s{n:02}", "name": f"Student {n}", "Cijfer": str(5 + n * 7 % 11 / 2)} for n in range(24)]
    )
    return Course(roster=roster, rules=rules, plan=plan_term(rules, roster, effort="quick"))


def familiar(course: Course) -> list[int]:
    return [block.refresh.units for block in audited(course)[1:] if block.refresh is not None]


@given(st.data())
@settings(max_examples=15, deadline=None)
def test_a_swap_keeps_every_promise_of_the_refreshes(term: Course, data: st.DataObject) -> None:
    ids = [student.id for student in term.roster.students]
    first, second = data.draw(st.permutations(ids))[:2]
    edit = Swap(first=first, second=second)
    assume(term.plan.group_of[first] != term.plan.group_of[second])
    edited = apply(term, edit)
    assert familiar(edited) == [0, 0]
    assert not any(later.short for later in effect(term, edit).later)
    sizes = [[len(g.members) for g in block.groups] for block in edited.plan.blocks]
    assert sizes == [[len(g.members) for g in block.groups] for block in term.plan.blocks]
    assert all(block.stages == () for block in edited.plan.later)


def test_weeks_to_edit_are_those_of_the_first_block_and_the_first_of_each_later_one(term: Course) -> None:
    assert weeks_to_edit(term) == (1, 2, 3, 4, 7)
    assert refused(term, Swap(first="s00", second="s01"), 5) == ["edit-week"]


def where(course: Course, student: str) -> list[str]:
    return [g.name for block in course.plan.blocks for g in block.groups if student in g.members]


def test_an_edit_of_a_later_block_leaves_the_weeks_before_it_alone(term: Course) -> None:
    to = next(g.name for g in term.plan.later[0].groups if g.name != where(term, "s00")[1])
    edited = apply(term, Move(student="s00", group=to), 4)
    assert where(edited, "s00")[:2] == [where(term, "s00")[0], to]
    assert edited.plan.groups == term.plan.groups
    assert [t for t in edited.plan.turns if t.week < 4] == [t for t in term.plan.turns if t.week < 4]
    assert {t.group for t in edited.plan.turns if t.student_id == "s00" and 4 <= t.week < 7} <= {to}


def test_a_move_goes_along_while_the_plan_had_them_stay(term: Course) -> None:
    stayer = next(s.id for s in term.roster.students if len(set(where(term, s.id))) == 1)
    to = next(g.name for g in term.plan.groups if g.name != where(term, stayer)[0])
    assert where(apply(term, Move(student=stayer, group=to)), stayer) == [to, to, to]
    assert where(apply(term, Move(student=stayer, group=to), 2), stayer) == [to, to, to]


def test_a_promise_of_a_refresh_that_breaks_is_told_before_and_after(term: Course) -> None:
    found, last = 0, term.plan.later[-1]
    for student in ("s00", "s05", "s11", "s17"):
        to = next(group.name for group in last.groups if student not in group.members)
        edit = Move(student=student, group=to)
        told_before = effect(term, edit, 7)
        edited = apply(term, edit, 7)
        broken = sum(familiar(edited)) > 0
        assert broken == any(later.short for later in told_before.later)
        if broken:
            found += 1
            assert edited.plan.outcome.status is Status.BROKEN
            assert told_before.breaks
    assert found


# What files are told, and better groups around the edits


def test_files_say_who_was_placed_by_hand_and_keep_the_reasons_of_before(small: Course) -> None:
    history = History(small).do(Swap(first="b", second="c"))
    assert handed_over(None, history) is None  # nobody has these groups yet
    previous = {
        "a": "Groep 2",
        "b": "Groep 1",
        "c": "Groep 2",
        "d": "Groep 2",
        "e": "Groep 3",
        "f": "Groep 3",
    }
    made = message("Because of the run.")
    base = Handover(
        week=3,
        previous=previous,
        changes=(
            Change("a", "Noor", "Groep 2", "Groep 1", made),
            Change("g", "Teun", None, "Groep 3", made),
            Change("z", "Zoë", "Groep 3", None, message("No longer in the class list.")),
        ),
    )
    history = history.do(Rename(group="Groep 2", name="Rood"))
    now = handed_over(base, history)
    assert now is not None
    assert now.previous is not None
    assert now.previous["d"] == "Rood"
    told = {one.student_id: (one.from_group, one.to_group, one.reason.text("nl")) for one in now.changes}
    assert told == {
        "a": ("Rood", "Groep 1", made.text("nl")),
        "b": ("Groep 1", "Rood", "Hier handmatig geplaatst."),
        "c": ("Rood", "Groep 1", "Hier handmatig geplaatst."),
        "g": (None, "Groep 3", made.text("nl")),
        "z": ("Groep 3", None, "Staat niet meer in de klassenlijst."),
    }
    assert handed_over(base, history.undo().undo()) == base


def test_halfway_the_term_files_say_what_moves_now(small: Course) -> None:
    now = handed_over(None, History(small).do(Swap(first="b", second="c"), 4))
    assert now is not None
    assert now.week == 4
    assert {one.student_id for one in now.changes} == {"b", "c"}


def test_who_was_placed_by_hand_stays_known_with_the_course(small: Course) -> None:
    """Once a reload forgot it: whoever was placed by hand could be moved by what improves the rest."""
    history = History(small).do(Move(student="a", group="Groep 2")).do(Swap(first="b", second="c"))
    opened = History(read_course(write_course(history.now)))
    assert opened.placed == history.placed == {"a", "b", "c"}
    assert history.undo().now.placed == {"a": "by-hand"}


def test_the_rest_gets_better_around_what_was_placed_and_locked(small: Course) -> None:
    history = History(small).do(Move(student="a", group="Groep 2"))  # breaks two rules
    history = history.do(LockStudent(student="e"))
    earlier, options = around(history.now, history.placed, 2)
    assert options.locked == {"a", "e"}
    plan = replan(history.now.rules, history.now.roster, earlier, options=options)
    better = improved(history.now, plan)
    assert better.locks == history.now.locks
    assert better.plan.group_of["a"] == "Groep 2"
    assert better.plan.group_of["e"] == "Groep 3"
    assert better.plan.group_of["d"] != "Groep 2"
    assert better.plan.outcome.status is not Status.BROKEN
    again = history.improved(better)
    assert again.now == better
    assert again.undo().now == history.now
