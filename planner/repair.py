"""The plan after dropouts and late enrolments: as it was, but for the fewest moves.

Group labels keep their meaning, past weeks stay as they were, and only roles that
became vacant change hands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from planner import __version__
from planner.audit import audit
from planner.audit import moves as moved_since
from planner.changes import Changes
from planner.course import Course, Version, only_used
from planner.domain import Group, Outcome, Plan, Roster, RuleReport, StageReport, Status, Turn
from planner.engines.bound import rounding_bound
from planner.engines.limits import Watch
from planner.engines.patterns import fewest_moves
from planner.engines.rerun import Before, Rerun, rerun
from planner.engines.rerun_model import loosened
from planner.formation import NoPlan, check_fit, named_group
from planner.instance import NO_HOME, Instance, account, members_of
from planner.problems import Level
from planner.roles import replan_turns
from planner.rules import Rules, build_instance
from planner.rules.apart import Apart
from planner.rules.together import Together

# After dropouts an answer that a rule names may have left with the last who gave it.
GONE = frozenset({"unknown-value"})


@dataclass(frozen=True)
class Wishes:
    """What a coordinator asks of a rerun.

    Attributes
    ----------
    from_week : int
        First week in which the new groups hold.
    extra_moves : int
        Moves that may be spent on a lower cost.
    closed : frozenset of str
        Names of groups that nobody leaves or joins.
    locked : frozenset of str
        Ids of students who stay where they are.
    """

    from_week: int = 1
    extra_moves: int = 0
    closed: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()


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


def next_course(rules: Rules, roster: Roster, earlier: Earlier, plan: Plan) -> Course:
    """Return the course with a new plan; groups that changed go into its history."""
    unchanged = plan.groups == earlier.groups
    return Course(
        roster=only_used(roster, rules),
        rules=rules,
        plan=plan,
        history=earlier.history if unchanged else earlier.versions,
    )


def repair(
    rules: Rules,
    roster: Roster,
    earlier: Earlier,
    *,
    wishes: Wishes | None = None,
    seed: int = 0,
    watch: Watch | None = None,
) -> Plan:
    """Place newcomers and mend what dropouts broke, with the fewest moves.

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
    impossible = tuple(p for p in problems if p.level is Level.ERROR and p.code not in GONE)
    if impossible:
        raise NoPlan(proven=True, problems=impossible)
    for labels in _label_sets(rules, earlier, len(roster.students)):
        instance = build_instance(rules, roster, len(labels))
        before = _before(rules, roster, earlier, wishes, labels)
        loose = loosened(instance, may_be_empty=before.may_be_empty)
        fewest = fewest_moves(instance, before.home, may_be_empty=before.may_be_empty)
        watch.tell(stage="moves", done=0.1)
        found = rerun(loose, before, fewest=fewest, extra=wishes.extra_moves, seed=seed, watch=watch)
        if found.assignment is None:
            proven = found.impossible
        elif account(loose, found.assignment).holds:
            return _plan(rules, roster, earlier, wishes, labels, instance, found, fewest, seed, watch)
        else:  # closed groups are left out of sight, and one of them cannot stay as it is
            raise NoPlan(proven=True, broken=_broken_now(rules, roster, earlier))
        if not proven:
            break
    raise NoPlan(proven=proven, broken=_broken_now(rules, roster, earlier))


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
    labels: Sequence[str],
    instance: Instance,
    found: Rerun,
    fewest: int,
    seed: int,
    watch: Watch,
) -> Plan:
    assert found.assignment is not None  # noqa: S101 - for the type checker; the caller has looked
    groups = tuple(
        named_group(roster, name, members)
        for name, members in zip(labels, members_of(found.assignment, len(labels)), strict=True)
        if members
    )
    watch.tell(stage="roles", done=0.97)
    turns = replan_turns(rules, roster, groups, earlier.groups, earlier.turns, wishes.from_week, seed)
    checked = audit(rules, roster, groups, turns, wishes.from_week)
    if rules.groups.count not in (None, len(groups)):  # in a large class this is not looked for
        raise NoPlan(proven=False, broken=checked.broken)
    if not checked.holds or checked.cost != account(instance, found.assignment).cost:
        raise AssertionError("the audit and the engines disagree")  # an error of ours
    stages = tuple(StageReport(name=s.name, value=s.value, proven=s.proven) for s in found.stages)
    moves = stages[0]
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
            bound=min(checked.cost, _bound(rules, roster, groups)),
            moves=len(moved_since(earlier.groups, groups)),
            moves_bound=moves.value if moves.proven else max(fewest, found.fewest),
            seconds=round(watch.seconds, 2),
            cut_short=watch.cut_short,
            stages=stages,
            rules=checked.reports,
        ),
    )


def _bound(rules: Rules, roster: Roster, groups: Sequence[Group]) -> int:
    """A cost that no plan with so many groups is below, however many students would move."""
    return rounding_bound(build_instance(rules, roster, len(groups)))


def _status(stages: Sequence[StageReport], watch: Watch) -> Status:
    if all(stage.proven for stage in stages) and not watch.cut_short:
        return Status.OPTIMAL
    return Status.STOPPED if watch.cut_short else Status.FEASIBLE


def _label_sets(rules: Rules, earlier: Earlier, students: int) -> Iterator[tuple[str, ...]]:
    """Old labels in their order with as few new ones as can be, then one more at a time.

    A new label is none that had another meaning earlier in the term.
    """
    old = [group.name for group in earlier.groups]
    smallest, largest = rules.groups.size
    least = max(len(old), -(-students // largest), rules.groups.count or 0)
    most = least if rules.groups.count is not None else max(least, students // smallest)
    used = {group.name for version in earlier.versions for group in version.groups}
    fresh = [name for name in rules.group_names(most + len(used)) if name not in used]
    for wanted in range(least, most + 1):
        yield (*old, *fresh[: wanted - len(old)])


def _before(rules: Rules, roster: Roster, earlier: Earlier, wishes: Wishes, labels: Sequence[str]) -> Before:
    rank = {name: place for place, name in enumerate(labels)}
    home = np.full(len(roster.students), NO_HOME, np.int64)
    for group in earlier.groups:
        for student in group.members:
            if student in roster.position:
                home[roster.position[student]] = rank[group.name]
    locked = {roster.position[s] for s in wishes.locked if s in roster.position}
    wanted = rules.groups.count
    return Before(
        home=home,
        weeks=_weeks_together(roster, earlier, wishes.from_week),
        moved=frozenset(roster.position[s] for s in _moved(earlier) if s in roster.position),
        locked=frozenset(place for place in locked if home[place] != NO_HOME),
        closed=frozenset(rank[name] for name in wishes.closed if name in rank),
        may_be_empty=wanted is None or wanted < len(labels),
        used=wanted,
    )


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
