"""How things were before a rerun, in ids of now, and the course that follows from a new plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planner.model.domain import (
    Block,
    Group,
    Left,
    Plan,
    Roster,
    Turn,
    group_of,
)
from planner.model.labels import alike
from planner.model.replan_options import ReplanOptions
from planner.plans.course import (
    Course,
    How,
    Locks,
    Version,
    only_used,
    with_left,
)
from planner.plans.weeks import at_week, history_of, versions_of
from planner.replanning.changes import Changes
from planner.rules import Rules
from planner.rules.apart import Apart
from planner.rules.asked_roles import AskedRoles
from planner.rules.together import Together


@dataclass(frozen=True)
class PreviousAssignment:
    """How things were, in ids of the new class list where people continue.

    Attributes
    ----------
    groups : tuple of Group
        In their old order; only continuing students are needed.
    turns : tuple of Turn
    history : tuple of Version
        Versions before `announced`, oldest first.
    since : int
        First week in which `announced` held.
    planned : tuple of Group
        The groups of the plan where somebody changed them by hand after it: `groups` are
        the changed ones, and hold from the rerun on. Empty where nobody did.
    later : tuple of Block
        What the plan had for the weeks after these groups.
    left : mapping
        Who was in the groups and is in the class list no more, by the id that the past has for them.
    asked : AskedRoles or None
        What was asked about roles; None where that is not known.
    week_before : tuple of Group
        The groups of the week before, where `announced` are those of a refresh in the week of the rerun.
    placed : mapping
        What put people in the groups of the plan, other than the plan itself, by their id.
    """

    groups: tuple[Group, ...]
    turns: tuple[Turn, ...] = ()
    history: tuple[Version, ...] = ()
    since: int = 1
    planned: tuple[Group, ...] = ()
    later: tuple[Block, ...] = ()
    left: Mapping[str, Left] = field(default_factory=dict)
    asked: AskedRoles | None = None
    week_before: tuple[Group, ...] = ()
    placed: Mapping[str, How] = field(default_factory=dict)

    @classmethod
    def of(cls, course: Course) -> PreviousAssignment:
        """Return how things are in the first week of a plan, with its ids; later blocks are left out."""
        now = at_week(course, course.plan.from_week).plan
        *before, last = versions_of(course)
        return cls(groups=now.groups, turns=now.turns, history=tuple(before), since=last.from_week)

    def followed_by(self, groups: Sequence[Group], week: int) -> PreviousAssignment:
        """Return how things are once other groups took the place of these.

        Parameters
        ----------
        groups : sequence of Group
        week : int
            From which these hold.

        Returns
        -------
        PreviousAssignment
            With no roles in it.
        """
        now = Version(from_week=self.since, groups=self.groups)
        return PreviousAssignment(groups=tuple(groups), history=(*self.history, now), since=week)

    @property
    def announced(self) -> tuple[Group, ...]:
        """The groups that everybody was told and learning systems have: those of the plan."""
        return self.planned or self.groups

    @property
    def held(self) -> tuple[Group, ...]:
        """The groups that learning systems have until the rerun: a refresh in its week is still to come."""
        return self.week_before or self.announced

    @property
    def held_by(self) -> dict[str, str]:
        """Group name by student id, as learning systems have it until the rerun."""
        return group_of(self.held)

    @property
    def versions(self) -> tuple[Version, ...]:
        """Every version of the groups that held, the last one included."""
        return (*self.history, Version(from_week=self.since, groups=self.announced))

    @property
    def placed_by_hand(self) -> frozenset[str]:
        """Ids of whom a hand put in another group than the plan had for them, or took out of it."""
        was, home = self.announced_to, self.group_of
        return frozenset(one for one in was.keys() | home.keys() if was.get(one) != home.get(one))

    def placed_in(self, plan: Plan) -> dict[str, How]:
        """What put people in the groups of a new plan that are others than in the week before it."""
        announced, hand, now = self.announced_to, self.group_of, plan.group_of
        again = self.placed if self.since >= plan.from_week else {}
        kept = {one: how for one, how in again.items() if one in now and now[one] == announced.get(one)}
        by_hand = (one for one in self.placed_by_hand if one in now and now[one] == hand.get(one))
        return {**kept, **self._refreshed(now), **dict.fromkeys(sorted(by_hand), "by-hand")}

    def _refreshed(self, now: Mapping[str, str]) -> dict[str, How]:
        """Who is elsewhere than in the week before, as the refresh of this week had it."""
        was, announced = self.held_by, self.announced_to
        return {
            one: "refresh" for one, group in announced.items() if now.get(one) == group != was.get(one, group)
        }

    @property
    def announced_to(self) -> dict[str, str]:
        """Group name by student id, as everybody was told it."""
        return group_of(self.announced)

    @property
    def everyone(self) -> frozenset[str]:
        """Ids of whoever was in a group in this term."""
        versions = (*(version.groups for version in self.versions), self.groups)
        return frozenset(student for groups in versions for group in groups for student in group.members)

    @property
    def group_of(self) -> dict[str, str]:
        """Group name by student id."""
        return group_of(self.groups)


def previous_assignment(
    groups: Sequence[Group],
    turns: Sequence[Turn],
    course: Course | None,
    changes: Changes,
    week_before: Sequence[Group] = (),
) -> PreviousAssignment:
    """Carry a plan over to the ids of the new class list.

    Parameters
    ----------
    groups : sequence of Group
        As they are, changes by hand included.
    turns : sequence of Turn
        Roles of the term, as they were planned.
    course : Course or None
        What is known besides; None where a list of groups is all there is.
    changes : Changes
        Whose id is another now, and who left.
    week_before : sequence of Group, default ()
        The groups of the week before, where the plan begins with a refresh in the week of the rerun.

    Returns
    -------
    PreviousAssignment
    """
    new_id = changes.id_now

    def renamed(listed: Sequence[Group]) -> tuple[Group, ...]:
        return tuple(g.only(new_id.get(s, s) for s in g.members) for g in listed)

    now = renamed(groups)
    renamed_turns = tuple(
        t.model_copy(update={"student_id": now_called})
        if (now_called := new_id.get(t.student_id, t.student_id)) != t.student_id
        else t
        for t in turns
    )
    names = {} if course is None else course.roster.shown_names
    here = {one.old_id for one in changes.same}
    gone = {old: name for old, name in names.items() if old not in here} | changes.gone
    left = with_left({} if course is None else course.left, gone, turns, new_id)
    if course is None:
        return PreviousAssignment(groups=now, turns=renamed_turns, left=left)
    *before, last = versions_of(course)
    planned = renamed(course.plan.groups)
    return PreviousAssignment(
        groups=now,
        turns=renamed_turns,
        history=tuple(Version(from_week=v.from_week, groups=renamed(v.groups)) for v in before),
        since=last.from_week,
        planned=() if alike(planned, now) else planned,
        later=tuple(
            block.model_copy(update={"groups": renamed(block.groups)}) for block in course.plan.later
        ),
        left=left,
        asked=AskedRoles.of(course.rules, course.roster, new_id),
        week_before=renamed(week_before),
        placed={new_id.get(one, one): how for one, how in course.placed.items()},
    )


def next_course(
    rules: Rules,
    roster: Roster,
    earlier: PreviousAssignment,
    plan: Plan,
    *,
    locked: ReplanOptions | None = None,
) -> Course:
    """Return the course with a new plan; the groups of before go into its history, with their weeks.

    A rule for somebody who left is a rule no more: the next rerun would not know them. The
    groups and students of `locked` stay where they are in the next rerun as well.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The new class list.
    earlier : PreviousAssignment
        What the plan was made from.
    plan : Plan
        The new one.
    locked : ReplanOptions, optional
        What was asked to stay, and stays asked for.

    Returns
    -------
    Course
    """
    here = {group.name for group in plan.groups}
    locks = (
        Locks()
        if locked is None
        else Locks(students=tuple(sorted(locked.locked)), groups=tuple(sorted(locked.closed & here)))
    )
    rules = without_leavers(rules, roster, earlier)
    return Course(
        roster=only_used(roster, rules),
        rules=rules,
        plan=plan,
        history=history_of(earlier.versions, plan),
        locks=locks,
        left={one: left.until(plan.from_week) for one, left in earlier.left.items()},
        placed=earlier.placed_in(plan),
    )


def without_leavers(rules: Rules, roster: Roster, earlier: PreviousAssignment) -> Rules:
    """Return the rules without the students who left in this term; a rule for one student is none.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list of now.
    earlier : PreviousAssignment
        Says who was there in this term.

    Returns
    -------
    Rules
    """
    gone = earlier.everyone - roster.by_id.keys()
    kept = []
    for rule in rules.rule:
        if isinstance(rule, Apart | Together):
            staying = tuple(student for student in rule.students if student not in gone)
            if len(staying) < 2:
                continue
            rule = rule.model_copy(update={"students": staying})
        kept.append(rule)
    links = {student: goal for student, goal in rules.goals.links.items() if student not in gone}
    goals = rules.goals.model_copy(update={"links": links})
    return rules.model_copy(update={"rule": tuple(kept), "goals": goals})
