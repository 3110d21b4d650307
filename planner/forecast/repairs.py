"""The real repair after a simulated dropout: the fewest moves, in a part of the class where that will do."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Sequence
from dataclasses import replace

from planner.audit.plan_audit import audit
from planner.audit.plan_audit import moves as moved_since
from planner.engines.common.watch import Watch
from planner.engines.replanning.exhaustive_moves import MOVES, near_groups
from planner.model.domain import Group, Roster
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError
from planner.model.replan_options import ReplanOptions
from planner.plans.course import Version
from planner.replanning.previous_assignment import PreviousAssignment, without_leavers
from planner.replanning.replan import replan
from planner.replanning.replan_question import replan_problem
from planner.rules import Rules, build_instance

PATIENCE = 0.02  # of a repair: the moves count here, hardly what comes after them
NEIGHBOURS = (10, 16)  # groups that a repair of more moves looks at first, beside the broken ones


def mended(
    rules: Rules, roster: Roster, earlier: PreviousAssignment, week: int, watch: Watch
) -> PreviousAssignment:
    """Return how things are after the real repair.

    Where a few moves will not do it is asked first for the broken groups with a few others, and
    then whether fewer moves will do in the whole class. A group that is broken needs somebody to
    leave or to join, and a move is of two groups: half as many moves as broken groups are needed.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        Those who are still there.
    earlier : PreviousAssignment
        How things were, without those who left.
    week : int
        The first one with the new groups.
    watch : Watch
        Can stop it; hears nothing.

    Returns
    -------
    PreviousAssignment
    """
    quiet = Watch(wanted_stop=watch.stop)
    try:
        at_hand = _repaired(rules, roster, earlier, week, quiet, most=MOVES)
    except NoPlan:
        at_hand = _with_more(rules, roster, earlier, week, quiet)
    return earlier.followed_by(at_hand, week)


def _with_more(
    rules: Rules, roster: Roster, earlier: PreviousAssignment, week: int, watch: Watch
) -> tuple[Group, ...]:
    """Return the groups where more have to move: of a part of the class, unless fewer do in the whole."""
    broken = _broken(rules, roster, earlier.groups)
    found = _one_by_one(rules, roster, earlier, broken, week, watch)
    for more in NEIGHBOURS:
        found = found or _in_corner(rules, roster, earlier, more, week, watch)
    if found is None:
        return _repaired(rules, roster, earlier, week, watch)
    moves = len(moved_since(earlier.groups, found))
    if moves <= max(MOVES + 1, -(-len(broken) // 2)):
        return found
    with contextlib.suppress(NoPlan):
        return _repaired(rules, roster, earlier, week, watch, most=moves - 1)
    return found


def _one_by_one(
    rules: Rules, roster: Roster, earlier: PreviousAssignment, broken: Sequence[str], week: int, watch: Watch
) -> tuple[Group, ...] | None:
    """Return the groups after repairing one broken group after another, with a few moves each."""
    now = earlier
    for name in broken if len(broken) > 1 else ():
        others = set(_broken(rules, roster, now.groups)) - {name}
        names = {group.name for group in now.groups if group.members} - others
        after = _part(rules, roster, now, names, week, watch, MOVES)
        if after is None:
            return None
        now = replace(now, groups=after)
    return now.groups if now is not earlier and holds(rules, roster, now.groups) else None


def _in_corner(
    rules: Rules, roster: Roster, earlier: PreviousAssignment, more: int, week: int, watch: Watch
) -> tuple[Group, ...] | None:
    """Return the groups after a repair of a part of the class; None where that does not mend all of it."""
    instance = build_instance(rules, roster, len(earlier.groups))
    before = replan_problem(rules, roster, earlier, ReplanOptions(from_week=week))
    names = {earlier.groups[place].name for place in near_groups(instance, before, more, week)}
    if len(names) == len(earlier.groups):
        return None
    after = _part(rules, roster, earlier, names, week, watch)
    return after if after is not None and holds(rules, roster, after) else None


def _part(
    rules: Rules,
    roster: Roster,
    earlier: PreviousAssignment,
    names: Collection[str],
    week: int,
    watch: Watch,
    most: int | None = None,
) -> tuple[Group, ...] | None:
    """Return all groups after a repair of some, as a class of their own; None where they have no plan."""
    inside = tuple(group for group in earlier.groups if group.name in names)
    members = {student for group in inside for student in group.members}
    part = Roster(students=tuple(s for s in roster.students if s.id in members), columns=roster.columns)
    count = None if rules.groups.count is None else sum(bool(group.members) for group in inside)
    asked = rules.model_copy(update={"groups": rules.groups.model_copy(update={"count": count})})
    # All groups of now go into the history as well, so that no new one gets the name of another.
    now = Version(from_week=earlier.since, groups=earlier.groups)
    then = replace(earlier, groups=inside, history=(*earlier.history, now))
    with contextlib.suppress(NoPlan, InputError):
        repaired = _repaired(without_leavers(asked, part, earlier), part, then, week, watch, most)
        after = {group.name: group for group in (*earlier.groups, *repaired)}
        kept = {group.name for group in repaired}
        return tuple(g for g in after.values() if g.name in kept or g.name not in names)
    return None


def holds(rules: Rules, roster: Roster, groups: Sequence[Group]) -> bool:
    """Return whether every required rule holds in the groups that have members.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        Those who are still there.
    groups : sequence of Group

    Returns
    -------
    bool
    """
    return audit(rules, roster, [group for group in groups if group.members]).holds


def _repaired(
    rules: Rules,
    roster: Roster,
    earlier: PreviousAssignment,
    week: int,
    watch: Watch,
    most: int | None = None,
) -> tuple[Group, ...]:
    options = ReplanOptions(from_week=week)
    return replan(
        rules, roster, earlier, options=options, watch=watch, patience=PATIENCE, most_moves=most
    ).groups


def _broken(rules: Rules, roster: Roster, groups: Sequence[Group]) -> tuple[str, ...]:
    """Return the names of the groups in which a `must` rule is broken."""
    found = audit(rules, roster, [group for group in groups if group.members]).broken
    return tuple(dict.fromkeys(f.group for report in found for f in report.findings if f.units and f.group))
