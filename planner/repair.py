"""The plan after dropouts and late enrolments: as it was, but for the fewest moves.

Group labels keep their meaning, past weeks stay as they were, and only roles that
became vacant change hands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from planner import __version__
from planner.audit import audit
from planner.audit import moves as moved_since
from planner.changes import Changes
from planner.course import Course, Locks, Version, only_used
from planner.domain import Group, Outcome, Plan, Roster, RuleReport, StageReport, Status, Turn
from planner.engines.bound import rounding_bound
from planner.engines.limits import Watch
from planner.engines.rerun import SWITCHES, Before, Rerun, Turns, rerun
from planner.formation import NoPlan, check_fit, named_group
from planner.instance import NO_HOME, Instance, account, members_of
from planner.problems import Level
from planner.role_catalogue import positions
from planner.roles import replan_turns
from planner.rules import Rules, build_instance
from planner.rules.apart import Apart
from planner.rules.counting import check_counts
from planner.rules.together import Together
from planner.rules.turns import can_take, rounds_of
from planner.wishes import Wishes

# After dropouts an answer that a rule names may have left with the last who gave it.
GONE = frozenset({"unknown-value"})


@dataclass(frozen=True)
class Earlier:
    """How things were, in ids of the new class list where people continue.

    Attributes
    ----------
    groups : tuple of Group
        In their old order; only continuing students are needed.
    turns : tuple of Turn
    history : tuple of Version
        Versions before `groups`, oldest first.
    since : int
        First week in which `groups` held.
    """

    groups: tuple[Group, ...]
    turns: tuple[Turn, ...] = ()
    history: tuple[Version, ...] = ()
    since: int = 1

    @property
    def versions(self) -> tuple[Version, ...]:
        """Every version of the groups, the last one included."""
        return (*self.history, Version(from_week=self.since, groups=self.groups))

    @property
    def group_of(self) -> dict[str, str]:
        """Group name by student id."""
        return {student: group.name for group in self.groups for student in group.members}


def earlier_of(
    groups: Sequence[Group], turns: Sequence[Turn], course: Course | None, changes: Changes
) -> Earlier:
    """Return the previous plan with the ids of the new class list."""
    new_id = {same.old_id: same.new_id for same in changes.same}

    def renamed(listed: Sequence[Group]) -> tuple[Group, ...]:
        return tuple(Group(name=g.name, members=tuple(new_id.get(s, s) for s in g.members)) for g in listed)

    history = () if course is None else course.history
    return Earlier(
        groups=renamed(groups),
        turns=tuple(
            t.model_copy(update={"student_id": new_id.get(t.student_id, t.student_id)}) for t in turns
        ),
        history=tuple(Version(from_week=v.from_week, groups=renamed(v.groups)) for v in history),
        since=1 if course is None else course.plan.from_week,
    )


def next_course(
    rules: Rules, roster: Roster, earlier: Earlier, plan: Plan, *, locked: Wishes | None = None
) -> Course:
    """Return the course with a new plan; groups that changed go into its history.

    A rule for somebody who left is a rule no more: the next rerun would not know them. The
    groups and students of `locked` stay where they are in the next rerun as well.
    """
    here = {group.name for group in plan.groups}
    locks = (
        Locks()
        if locked is None
        else Locks(students=tuple(sorted(locked.locked)), groups=tuple(sorted(locked.closed & here)))
    )
    unchanged = plan.groups == earlier.groups
    rules = without_leavers(rules, roster, earlier)
    return Course(
        roster=only_used(roster, rules),
        rules=rules,
        plan=plan,
        history=earlier.history if unchanged else earlier.versions,
        locks=locks,
    )


def repair(
    rules: Rules,
    roster: Roster,
    earlier: Earlier,
    *,
    wishes: Wishes | None = None,
    seed: int = 0,
    watch: Watch | None = None,
    patience: float = 1.0,
    most_moves: int | None = None,
) -> Plan:
    """Place newcomers and mend what dropouts broke, with the fewest moves.

    With less `patience` what comes after the moves gets that share of its usual time, but for a
    cost that extra moves are spent on, and the moves five times that share where they are not
    found at once. A plan of more than `most_moves` counts as none.

    Returns
    -------
    Plan
        Audited. `outcome.moves_bound` is a proven lower limit on the moves, and
        `outcome.stages` says of everything that comes after them what is proven.

    Raises
    ------
    InputError
        Where the rules do not fit the class list.
    NoPlan
        Where no plan that holds every `must` rule was found, or can be.
    """
    watch, wishes = watch or Watch(), wishes or Wishes()
    rules = without_leavers(rules, roster, earlier)
    problems = check_fit(rules, roster, GONE)
    errors = tuple(p for p in problems if p.level is Level.ERROR and p.code not in GONE)
    impossible = (*errors, *check_counts(rules, roster))
    if impossible:
        raise NoPlan(proven=True, problems=impossible)
    old = build_instance(rules, roster, len(earlier.groups))
    before = before_of(rules, roster, earlier, wishes)
    spare = min(rules.groups.count or len(roster.students), len(roster.students) // rules.groups.size[0])
    found = rerun(
        old,
        before,
        spare=spare,
        extra=min(wishes.extra_moves, len(roster.students)),
        seed=seed,
        watch=watch,
        patience=patience,
        most=most_moves,
    )
    if found.assignment is None:
        raise NoPlan(proven=found.impossible, broken=_broken_now(rules, roster, earlier))
    return _plan(rules, roster, earlier, wishes, found, old, seed, watch)


def without_leavers(rules: Rules, roster: Roster, earlier: Earlier) -> Rules:
    """Return the rules without the students who left; a rule for one student is none."""
    gone = {s for g in earlier.groups for s in g.members} - set(roster.by_id)
    kept = []
    for rule in rules.rule:
        if isinstance(rule, Apart | Together):
            staying = tuple(student for student in rule.students if student not in gone)
            if len(staying) < 2:
                continue
            rule = rule.model_copy(update={"students": staying})
        kept.append(rule)
    return rules.model_copy(update={"rule": tuple(kept)})


def _plan(
    rules: Rules,
    roster: Roster,
    earlier: Earlier,
    wishes: Wishes,
    found: Rerun,
    old: Instance,
    seed: int,
    watch: Watch,
) -> Plan:
    assert found.assignment is not None  # noqa: S101 - for the type checker; the caller has looked
    labels = _labels(rules, earlier, int(found.assignment.max()) + 1)
    instance = old if len(labels) == old.groups else build_instance(rules, roster, len(labels))
    groups = tuple(
        named_group(roster, name, members)
        for name, members in zip(labels, members_of(found.assignment, len(labels)), strict=True)
        if members
    )
    # A cost that no plan with so many groups is below, however many students would move.
    same = len(groups) == instance.groups
    of_as_many = instance if same else build_instance(rules, roster, len(groups))
    watch.tell(stage="roles", done=0.97)
    turns = replan_turns(rules, roster, groups, earlier.groups, earlier.turns, wishes.from_week, seed)
    checked = audit(rules, roster, groups, turns, wishes.from_week)
    if not checked.holds or checked.cost != account(instance, found.assignment).cost:
        raise AssertionError("the audit and the engines disagree")  # an error of ours
    stages = tuple(StageReport(name=s.name, value=s.value, proven=s.proven) for s in found.stages)
    watch.tell(stage="done", done=1.0, strain=0, cost=checked.cost)
    return Plan(
        language=rules.language,
        seed=seed,
        version=__version__,
        effort="rerun",
        from_week=wishes.from_week,
        groups=groups,
        turns=turns,
        outcome=Outcome(
            status=_status(stages, watch),
            cost=checked.cost,
            bound=min(checked.cost, rounding_bound(of_as_many)),
            moves=len(moved_since(earlier.groups, groups)),
            moves_bound=found.fewest,
            seconds=round(watch.seconds, 2),
            cut_short=watch.cut_short,
            stages=stages,
            rules=checked.reports,
        ),
    )


def _status(stages: Sequence[StageReport], watch: Watch) -> Status:
    if all(stage.proven for stage in stages) and not watch.cut_short:
        return Status.OPTIMAL
    return Status.STOPPED if watch.cut_short else Status.FEASIBLE


def _labels(rules: Rules, earlier: Earlier, count: int) -> tuple[str, ...]:
    """Return the old labels in their order, and new ones that never meant another group in this term."""
    old = [group.name for group in earlier.groups]
    used = {group.name for version in earlier.versions for group in version.groups}
    fresh = [name for name in rules.group_names(count + len(used)) if name not in used]
    return (*old, *fresh[: max(0, count - len(old))])


def before_of(rules: Rules, roster: Roster, earlier: Earlier, wishes: Wishes) -> Before:
    """Return how things were, and what is asked, as the engine reads it."""
    rank = {group.name: place for place, group in enumerate(earlier.groups)}
    home = np.full(len(roster.students), NO_HOME, np.int64)
    for group in earlier.groups:
        for student in group.members:
            if student in roster.position:
                home[roster.position[student]] = rank[group.name]
    locked = {roster.position[s] for s in wishes.locked if s in roster.position}
    kind = rules.rerun
    switched = zip((kind.spare_movers, kind.newcomers_together, kind.known_faces), SWITCHES, strict=True)
    return Before(
        home=home,
        weeks=_weeks_together(roster, earlier, wishes.from_week),
        moved=frozenset(roster.position[s] for s in _moved(earlier) if s in roster.position),
        locked=frozenset(place for place in locked if home[place] != NO_HOME),
        closed=_ranks(rank, wishes.closed),
        topped_up=_ranks(rank, wishes.topped_up),
        dissolved=_ranks(rank, wishes.dissolved),
        merged={rank[one]: rank[other] for one, other in wishes.merged if {one, other} <= rank.keys()},
        used=rules.groups.count,
        left_out=frozenset(name for on, name in switched if not on),
        turns=_turns(rules, roster, earlier, wishes.from_week),
    )


def _ranks(rank: Mapping[str, int], names: Iterable[str]) -> frozenset[int]:
    return frozenset(rank[name] for name in names if name in rank)


def _turns(rules: Rules, roster: Roster, earlier: Earlier, from_week: int) -> Turns | None:
    """Return the roles of the weeks to come as they were planned; None where there are none."""
    names, rounds = rules.role_names, rounds_of(rules, from_week)
    planned = [turn for turn in earlier.turns if not turn.minds and turn.week >= from_week]
    if not names or not planned or not rounds:
        return None
    place = {name: number for number, name in enumerate(names)}
    able = np.zeros((len(roster.students), len(names)), np.int64)
    for row, student in zip(able, roster.students, strict=True):
        row[sorted(can_take(rules, student))] = 1
    had = np.full((len(roster.students), len(rounds)), -1, np.int64)
    number = {first: round_ for round_, (first, _) in enumerate(rounds)}
    group_of = earlier.group_of
    for turn in planned:
        here = turn.student_id in roster.position and group_of.get(turn.student_id) == turn.group
        if here and turn.week in number and turn.role in place:
            had[roster.position[turn.student_id], number[turn.week]] = place[turn.role]
    offered = [positions(names, size) for size in range(rules.groups.size[1] + 1)]
    listed = np.full((len(offered), max(map(len, offered))), -1, np.int64)
    for row, roles in zip(listed, offered, strict=True):
        row[: len(roles)] = np.asarray(roles, np.int64)
    return Turns(able, had, listed)


def _weeks_together(roster: Roster, earlier: Earlier, now: int) -> dict[tuple[int, int], int]:
    """Weeks that two students of the class were in one group, up to now."""
    weeks: dict[tuple[int, int], int] = {}
    versions = earlier.versions
    ends = [*(version.from_week for version in versions[1:]), now]
    for version, end in zip(versions, ends, strict=True):
        span = max(0, end - version.from_week)
        for group in version.groups:
            places = sorted(roster.position[s] for s in group.members if s in roster.position)
            for pair in combinations(places, 2):
                weeks[pair] = weeks.get(pair, 0) + span
    return weeks


def _moved(earlier: Earlier) -> Mapping[str, None]:
    """Students whose label changed between two versions."""
    moved: dict[str, None] = {}
    labels: dict[str, str] = {}
    for version in earlier.versions:
        for group in version.groups:
            for student in group.members:
                if labels.setdefault(student, group.name) != group.name:
                    moved[student] = None
                    labels[student] = group.name
    return moved


def _broken_now(rules: Rules, roster: Roster, earlier: Earlier) -> tuple[RuleReport, ...]:
    """Return what the groups break as they are now."""
    left = tuple(
        Group(name=g.name, members=tuple(s for s in g.members if s in roster.by_id)) for g in earlier.groups
    )
    return tuple(r for r in audit(rules, roster, left).broken if r.kind != "placement")
