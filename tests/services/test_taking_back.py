"""A plan is outdated just where something is pending; taking it all back gives the course as it was."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.domain import Column, ColumnKind, Roster, Student
from planner.model.text import Language
from planner.plans.previous import previous_from_course
from planner.replanning.renaming import with_old_ids
from planner.rules import Rules
from planner.services.compare_lists import ListComparison
from planner.services.pending import PendingChange, pending_changes
from planner.services.taking_back import rules_without, without_changes
from tests.builders.eight import NEVER_ALONE, ONE_CHAIR, course, roster, student

MAILED = tuple(
    one.model_copy(update={"email": f"{one.id}@uni.example", "id": f"10{place}"})
    for place, one in enumerate(roster("abcdefgh").students)
)
COLUMNS = roster("a").columns
TWO = ONE_CHAIR.model_copy(update={"rule": (*ONE_CHAIR.rule, *NEVER_ALONE.rule)})


def numbered() -> Any:
    """Return the smallest course, its students with numbers and addresses."""
    here, ids = course(TWO), {one: f"10{place}" for place, one in enumerate("abcdefgh")}
    groups = tuple(
        group.model_copy(update={"members": tuple(ids[one] for one in group.members)})
        for group in here.plan.groups
    )
    return here.model_copy(
        update={
            "roster": Roster(students=MAILED, columns=COLUMNS),
            "plan": here.plan.model_copy(update={"groups": groups}),
        }
    )


COURSE = numbered()


def compared(listed: Roster, rules: Rules = TWO, stopped: frozenset[str] = frozenset()) -> ListComparison:
    return ListComparison.unfitted(previous_from_course(COURSE), rules, listed, 1, stopped)


def listed(*people: Student, columns: tuple[Column, ...] = COLUMNS) -> Roster:
    return Roster(students=people, columns=columns)


def but(one: int, **other: Any) -> Roster:
    return listed(*(s.model_copy(update=other) if at == one else s for at, s in enumerate(MAILED)))


def told(found: ListComparison, language: Language = "en") -> list[str]:
    return [change.message.text(language) for change in pending_changes(found)]


@pytest.mark.parametrize(
    ("other", "english", "dutch"),
    [
        ({"id": "900"}, "a name (900): the number was 100", "a name (900): het nummer was 100"),
        ({"name": "Ada"}, "Ada: the name was a name", "Ada: de naam was a name"),
        ({"call_name": "Ada"}, "a name is called Ada, was a", "a name heet in de groep Ada, was a"),
        ({"email": "x@y.example"}, "a name: another e-mail address", "a name: een ander e-mailadres"),
        (
            {"keys": {"canvas_user_id": "5"}},
            "a name: other ids for learning platforms",
            "a name: andere id's voor leeromgevingen",
        ),
    ],
)
def test_a_detail_that_was_corrected_is_a_line_that_moves_nobody(
    other: dict[str, Any], english: str, dutch: str
) -> None:
    """The plan was outdated by it with "0 pending changes", and nothing to take back."""
    found = compared(but(0, **other))
    assert told(found) == [f"{english}; nobody moves for that"]
    assert told(found, "nl") == [f"{dutch}; daarvoor verhuist niemand"]
    assert without_changes(found, pending_changes(found)).students == MAILED


def test_another_person_under_a_known_number_is_one_line_and_whole_when_taken_back() -> None:
    """Only the other answer was told, and taking that back kept the new name."""
    found = compared(
        but(
            0, name="Nova", sort_name="Nova", call_name="Nova", email="n@uni.example", answers={"Chair": "no"}
        )
    )
    assert told(found) == ["Nova is listed under the number of a name"]
    assert told(found, "nl") == ["Nova staat onder het nummer van a name"]
    assert without_changes(found, pending_changes(found)).students == MAILED


def test_details_of_many_are_one_line() -> None:
    found = compared(listed(*(one.model_copy(update={"email": None}) for one in MAILED)))
    assert told(found) == ["8 students: another e-mail address; nobody moves for that"]
    assert told(found, "nl") == ["8 studenten: een ander e-mailadres; daarvoor verhuist niemand"]
    assert without_changes(found, pending_changes(found)).students == MAILED


def test_the_order_of_rules_or_of_people_is_no_difference() -> None:
    """A rule that was deleted and added again at the end made the plan outdated."""
    turned = TWO.model_copy(update={"rule": TWO.rule[::-1]})
    assert told(compared(listed(*MAILED[::-1]), turned)) == []


def test_a_column_that_is_gone_or_read_otherwise_is_a_line_with_a_way_back() -> None:
    bare = listed(*(one.model_copy(update={"answers": {}}) for one in MAILED), columns=())
    assert told(compared(bare)) == ["Chair is not in the class list any more"]
    other = (Column(heading="Chair", kind=ColumnKind.TEXT),)
    assert told(compared(listed(*MAILED, columns=other))) == ["Chair is read differently from before"]
    for now in (bare, listed(*MAILED, columns=other)):
        found = compared(now)
        assert without_changes(found, pending_changes(found)) == COURSE.roster


def test_moments_that_only_a_changed_answer_named_go_with_it() -> None:
    """Everybody is free at a moment that nobody is busy at: it would have been a shared time of all."""
    busy = Column(heading="Busy", kind=ColumnKind.BUSY, moments=("mon 9", "tue 9"))
    rules = Rules.model_validate(
        {"language": "en", "rule": [{"kind": "overlap", "columns": ["Busy"], "at_least": 1}]}
    )
    people = tuple(one.model_copy(update={"answers": {"Busy": "mon 9"}}) for one in MAILED)
    then = listed(*people[:-1], people[-1].model_copy(update={"answers": {"Busy": "tue 9"}}), columns=(busy,))
    here = COURSE.model_copy(update={"roster": then, "rules": rules})
    wider = busy.model_copy(update={"moments": ("mon 9", "tue 9", "wed 9")})
    other = people[0].model_copy(update={"answers": {"Busy": "wed 9"}})
    now = Roster(students=(other, *then.students[1:]), columns=(wider,))
    found = ListComparison.unfitted(previous_from_course(here), rules, now, 1)
    assert told(found) == ["a name: other answer to Busy"]
    assert without_changes(found, pending_changes(found)) == then


def test_rules_go_back_one_at_a_time() -> None:
    """The first press took all of them back."""
    found = compared(COURSE.roster, TWO.model_copy(update={"rule": ()}))
    first, second = pending_changes(found)
    assert rules_without(found, [first]).rule == (TWO.rule[0],)
    assert rules_without(found, [second]).rule == (TWO.rule[1],)
    assert rules_without(found, [second, first]) == TWO


def test_a_rule_that_comes_back_brings_its_column() -> None:
    bare = listed(*(one.model_copy(update={"answers": {}}) for one in MAILED), columns=())
    found = compared(bare, TWO.model_copy(update={"rule": ()}))
    changes = pending_changes(found)
    assert {change.kind for change in changes} == {"rules"}
    assert without_changes(found, changes) == COURSE.roster


@pytest.mark.parametrize(
    "other", [{"id": "900", "email": None}, {"id": "0100", "email": None}, {"id": "900"}]
)
def test_who_was_marked_as_stopped_is_nobody_new(other: dict[str, Any]) -> None:
    """Somebody new of the same name, or the same number without its zero, was taken for them."""
    new = MAILED[0].model_copy(update=other)
    now = listed(*MAILED[1:], new)
    assert told(compared(now, stopped=frozenset({"100"}))) == ["a name stopped (Group 1)", "a name is new"]


def test_who_is_listed_again_under_their_number_and_name_did_not_stop() -> None:
    assert told(compared(COURSE.roster, stopped=frozenset({"100"}))) == []


def test_stops_marked_by_hand_are_never_another_course() -> None:
    """Fifteen of 28 ticks taken away were answered with "is this another course?"."""
    gone = frozenset(one.id for one in MAILED[:6])
    now = listed(*MAILED[6:])
    assert [one.code for one in compared(now).changes.problems] == ["other-course"]
    assert compared(now, stopped=gone).changes.problems == ()


def test_a_term_that_is_over_before_the_change_holds_is_refused_with_the_way_out() -> None:
    """It was carried out: a plan from week four in a term of two weeks."""
    short = TWO.model_copy(update={"term": TWO.term.model_copy(update={"weeks": 2})})
    found = ListComparison.of(previous_from_course(COURSE), short, COURSE.roster, 4)
    (problem,) = found.errors
    assert problem.message.text("en") == "The term has 2 weeks; there is no week 4."
    assert problem.message.text("nl") == "De periode heeft 2 weken; er is geen week 4."
    assert problem.hint is not None
    assert problem.hint.text("nl") == "Kies een week van de periode, of maak de periode langer."
    assert not ListComparison.of(previous_from_course(COURSE), short, COURSE.roster, 2).errors


def test_a_plan_from_later_than_the_term_lasts_is_refused_too() -> None:
    late = COURSE.model_copy(update={"plan": COURSE.plan.model_copy(update={"from_week": 4})})
    short = TWO.model_copy(update={"term": TWO.term.model_copy(update={"weeks": 2})})
    found = ListComparison.of(previous_from_course(late), short, COURSE.roster, 1)
    assert [problem.code for problem in found.errors] == ["week-outside-term"]


# Whatever changes


@st.composite
def pages(draw: st.DrawFn) -> tuple[Roster, Rules, frozenset[str]]:
    """Return a class list and rules of now: people gone, new and listed otherwise, numbers changed about."""
    people, stopped = [], set()
    ids = draw(st.permutations(["100", "101", "102", *(one.id for one in MAILED[3:])]))
    moved = dict(zip((one.id for one in MAILED), ids, strict=True)) if draw(st.booleans()) else {}
    for one in MAILED:
        what = draw(st.sampled_from(["stays"] * 4 + ["left", "stopped", "name", "answer", "email", "number"]))
        changed: dict[str, Any] = {"id": moved.get(one.id, one.id)}
        if what == "stopped":
            stopped.add(one.id)
        if what in ("left", "stopped"):
            continue
        changed |= {
            "name": {"name": f"{one.call_name} other"},
            "answer": {"answers": {"Chair": "perhaps"}},
            "email": {"email": None},
            "number": {"id": f"9{one.id}"},
        }.get(what, {})
        people.append(one.model_copy(update=changed))
    people += [
        student(f"7{n}").model_copy(update={"name": f"New {n}"}) for n in range(draw(st.integers(0, 2)))
    ]
    rule = tuple(one for one in draw(st.permutations(TWO.rule)) if draw(st.booleans()))
    size = draw(st.sampled_from([(2, 4), (3, 5)]))
    groups = TWO.groups.model_copy(update={"size": size})
    return listed(*people), TWO.model_copy(update={"rule": rule, "groups": groups}), frozenset(stopped)


def without(found: ListComparison, change: PendingChange) -> tuple[Roster, Rules]:
    return without_changes(found, [change]), rules_without(found, [change])


@settings(max_examples=150, deadline=None)
@given(pages(), st.randoms(use_true_random=False))
def test_taking_back_one_after_another_in_any_order_gives_the_course_as_it_was(
    page: tuple[Roster, Rules, frozenset[str]], chance: Any
) -> None:
    now, rules, stopped = page
    found = compared(now, rules, stopped)
    for _ in range(100):
        changes = pending_changes(found)
        if not changes:
            break
        change = chance.choice(changes)
        now, rules = without(found, change)
        stopped -= {change.student}
        found = compared(now, rules, stopped)
    assert pending_changes(found) == ()
    assert {one.id: one for one in now.students} == {one.id: one for one in MAILED}
    assert sorted(map(repr, rules.rule)) == sorted(map(repr, TWO.rule))
    assert rules.groups == TWO.groups


@settings(max_examples=100, deadline=None)
@given(pages())
def test_all_at_once_gives_the_course_as_it_was_too(page: tuple[Roster, Rules, frozenset[str]]) -> None:
    found = compared(*page)
    changes = pending_changes(found)
    back = without_changes(found, changes)
    assert {one.id: one for one in back.students} == {one.id: one for one in MAILED}
    assert told(compared(back, with_old_ids(rules_without(found, changes), found.changes))) == []
