"""Tiny classes after a change, and the best that can become of them by trying everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from planner.audit.plan_audit import audit
from planner.model.domain import Group, Plan, Roster, group_of
from planner.model.problems import InputError
from planner.model.reports import Importance
from planner.planning.formation import check_fit
from planner.plans.course import Version
from planner.replanning.previous_assignment import PreviousAssignment, without_leavers
from planner.replanning.replan import GONE
from planner.rules import Rules
from tests.builders.classes import ROLES, _fields, make_groups, make_roster, rosters

STAGES = (
    "moves",
    "new-groups",
    "second-moves",
    "newcomers-alone",
    "groups-lose",
    "pairs",
    "strangers",
    "groups-receive",
    "cost",
)
MUSTS = ("never-alone", "apart", "together", "overlap", "limit", "balance", "mix", "similar", "wish")
OLD_NAMES = ("Groep 2", "Groep 1", "Rood")  # not in order, and not all as the rules would call them


@dataclass(frozen=True)
class Case:
    """A class list of now, how things were, and the week from which the new groups hold."""

    rules: Rules
    roster: Roster
    earlier: PreviousAssignment
    from_week: int


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a class of at most 6, two or three old groups, up to 3 dropouts and 2 newcomers."""
    count = draw(st.sampled_from([2, 2, 3]))
    newcomers = draw(st.integers(0, 2))
    continuing = draw(st.integers(count, 6 - newcomers))
    roster = draw(rosters(newcomers + continuing, newcomers + continuing))
    ids = [student.id for student in roster.students]
    old_ids = draw(st.permutations(ids))[:continuing]
    members: list[list[str]] = [[] for _ in range(count)]
    for place, student in enumerate([*old_ids, *"xyz"[: draw(st.integers(0, 3))]]):
        members[draw(st.integers(0, count - 1)) if place >= count else place].append(student)
    names = OLD_NAMES[:count]
    history: tuple[Version, ...] = ()
    since = 1
    if draw(st.booleans()):
        since = draw(st.integers(2, 4))
        before = [list(some) for some in members]
        if all(before[:2]):  # two who changed places at `since`
            before[0][0], before[1][0] = before[1][0], before[0][0]
        history = (Version(from_week=1, groups=_named(names, before)),)
    earlier = PreviousAssignment(groups=_named(names, members), history=history, since=since)
    case = Case(draw(_rules(roster, count)), roster, earlier, since + draw(st.integers(0, 3)))
    assume(_fits(case))
    return case


def _fits(case: Case) -> bool:
    """Whether the rules can be asked of the class at all: two shared times are none of a list with one."""
    try:
        check_fit(without_leavers(case.rules, case.roster, case.earlier), case.roster, GONE)
    except InputError:
        return False
    return True


def _named(names: tuple[str, ...], members: list[list[str]]) -> tuple[Group, ...]:
    return tuple(Group(name=name, members=tuple(ids)) for name, ids in zip(names, members, strict=True))


@st.composite
def _rules(draw: st.DrawFn, roster: Roster, count: int) -> Rules:
    low, high = draw(st.sampled_from([(2, 3), (2, 4), (2, 4), (2, 5), (3, 4)]))
    rules: list[dict[str, Any]] = []
    for _ in range(draw(st.sampled_from([1, 1, 2, 2, 3]))):
        importance = draw(st.sampled_from([Importance.MUST, Importance.MUST, Importance.IMPORTANT]))
        kinds = MUSTS[:5] * 2 if importance is Importance.MUST else MUSTS
        kind = draw(st.sampled_from([*kinds, *MUSTS[5:]]))
        fields = {name: v for name, v in draw(_fields(kind, roster)).items() if v is not None}
        rules.append({"kind": kind, "importance": importance, **fields})
    groups: dict[str, Any] = {"size": (low, high), "names": "Groep {n}"}
    if draw(st.integers(0, 3)) == 0:
        groups["count"] = draw(st.sampled_from([count, count, count, count + 1, count - 1]))
    return Rules.model_validate(
        {"groups": groups, "rule": rules, "roles": {"names": ROLES}, "term": {"weeks": 8}}
    )


def least(case: Case) -> tuple[int, ...] | None:
    """Return the smallest value of every stage, in their order; None where no plan holds.

    Labels are the old ones and as many new ones as the class could fill.
    """
    names = [group.name for group in case.earlier.groups]
    most = len(case.roster.students) // case.rules.groups.size[0]
    return _least_with(case, [*names, *(f"new {n}" for n in range(most))], len(names))


def _least_with(case: Case, names: list[str], old: int) -> tuple[int, ...] | None:
    counted = sorted(
        (vector(case, placed), tuple(placed.items())) for placed in _placements(case, names, old)
    )
    best: tuple[int, ...] | None = None
    for stages, placed in counted:
        if best is not None and stages != best[:-1]:
            break
        checked = audit(case.rules, case.roster, _groups(dict(placed), names))
        if checked.holds and (best is None or checked.cost < best[-1]):
            best = (*stages, checked.cost)
    return best


def _placements(case: Case, names: list[str], old: int) -> Iterator[dict[str, str]]:
    """Yield every assignment whose groups, leaving out the empty ones, have a size and number asked for."""
    smallest, largest = case.rules.groups.size
    ids = [student.id for student in case.roster.students]
    for places in _places(len(ids), len(names), old, largest):
        used = [size for size in (places.count(place) for place in range(len(names))) if size]
        if case.rules.groups.count not in (None, len(used)):
            continue
        if all(smallest <= size for size in used):
            yield {student: names[place] for student, place in zip(ids, places, strict=True)}


def _places(students: int, labels: int, old: int, largest: int) -> Iterator[tuple[int, ...]]:
    """Yield label numbers; new groups are alike, so they are numbered by their first member."""
    if students == 0:
        yield ()
        return
    for before in _places(students - 1, labels, old, largest):
        opened = max((place for place in before if place >= old), default=old - 1)
        for place in range(min(opened + 2, labels)):
            if before.count(place) < largest:
                yield (*before, place)


def _groups(placed: dict[str, str], names: list[str]) -> tuple[Group, ...]:
    members = {name: tuple(s for s, own in placed.items() if own == name) for name in names}
    return tuple(Group(name=name, members=members[name]) for name in names if members[name])


def vector(case: Case, placed: dict[str, str]) -> tuple[int, ...]:
    """Count every stage but the cost from two lists of who is where."""
    was = group_of(case.earlier.groups)
    movers = [s for s in placed if s in was and was[s] != placed[s]]
    versions = [*case.earlier.history, Version(from_week=case.earlier.since, groups=case.earlier.groups)]
    labels: dict[str, set[str]] = {}
    for version in versions:
        for group in version.groups:
            for s in group.members:
                labels.setdefault(s, set()).add(group.name)
    arrivals = {s: name for s, name in placed.items() if was.get(s) != name}
    newcomers = [s for s in placed if s not in was]
    old = {group.name for group in case.earlier.groups}
    return (
        len(movers),
        len(set(placed.values()) - old),
        sum(len(labels[s]) > 1 for s in movers),
        0
        if len(newcomers) < 2
        else sum(all(placed[s] != placed[o] for o in newcomers if o != s) for s in newcomers),
        len({was[s] for s in movers}),
        sum(
            max(1, weeks_together(versions, case.from_week, a, b))
            for a, b in combinations(placed, 2)
            if a in was and was[a] == was.get(b) and placed[a] != placed[b]
        ),
        sum(
            not any(placed[s] == placed[o] and _met(versions, s, o) for o in placed if o != s) for s in movers
        ),
        len(set(arrivals.values())),
    )


def _met(versions: list[Version], a: str, b: str) -> bool:
    """Whether two students were in one group before, for however short a time."""
    return any({a, b} <= set(group.members) for version in versions for group in version.groups)


def weeks_together(versions: list[Version], now: int, a: str, b: str) -> int:
    """Count week by week how long two students were in one group."""
    weeks = 0
    for week in range(1, now):
        current = [version for version in versions if version.from_week <= week]
        if current:
            weeks += any({a, b} <= set(group.members) for group in current[-1].groups)
    return weeks


def told(plan: Plan) -> tuple[int, ...]:
    """Return the stages that a plan reports, in the order in which they matter."""
    values = {stage.name: stage.value for stage in plan.outcome.stages}
    return tuple(values[name] for name in STAGES)


def lists(*ids: str) -> dict[str, object]:
    return {"kind": "apart", "importance": "must", "students": ids}


def case_of(
    members: tuple[str, ...], now: str, size: tuple[int, int], *, count: int | None, **rule: object
) -> Case:
    groups: dict[str, object] = {"size": size, "names": "Groep {n}"}
    if count is not None:
        groups["count"] = count
    rules = Rules.model_validate({"groups": groups, "rule": [rule] if rule else [], "roles": {"names": ()}})
    return Case(
        rules, make_roster([{"id": s} for s in now]), PreviousAssignment(groups=make_groups(*members)), 1
    )
