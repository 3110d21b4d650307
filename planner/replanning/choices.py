"""What a teacher can choose: for a group after dropouts, and between few moves and better groups.

Every choice is a rerun with one wish more; what it costs is read from the plan it gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations

from planner.model.domain import Group, Plan, Roster
from planner.model.replan_options import ReplanOptions
from planner.model.text import Message, message
from planner.replanning.previous_assignment import PreviousAssignment, without_leavers
from planner.rules import Rules
from planner.rules.titles import title

MOST_PARTNERS = 3  # groups to merge with that are tried
MOST_EXTRA = 5  # moves more than the fewest that the curve goes to
IN_VAIN = 2  # extra moves in a row that bring nothing, after which it ends


class Kind(StrEnum):
    """What can become of a group."""

    LEAVE = "leave"
    TOP_UP = "top-up"
    MERGE = "merge"
    DISSOLVE = "dissolve"


@dataclass(frozen=True)
class Choice:
    """What becomes of a group.

    Attributes
    ----------
    kind : Kind
    group : str
    other : str or None
        The group that all of `group` join, where the two merge.
    """

    kind: Kind
    group: str
    other: str | None = None

    def added_to(self, options: ReplanOptions) -> ReplanOptions:
        """Return options with this one; what was asked of these groups before counts no more."""
        about = {self.group, self.other}
        options = replace(
            options,
            closed=options.closed - about,
            topped_up=options.topped_up - about,
            dissolved=options.dissolved - about,
            merged=tuple(pair for pair in options.merged if not about & set(pair)),
        )
        if self.kind is Kind.LEAVE:
            return replace(options, closed=options.closed | {self.group})
        if self.kind is Kind.TOP_UP:
            return replace(options, topped_up=options.topped_up | {self.group})
        if self.kind is Kind.DISSOLVE:
            return replace(options, dissolved=options.dissolved | {self.group})
        return replace(options, merged=(*options.merged, (self.group, self.other or "")))

    @property
    def description(self) -> Message:
        """The choice in a few words."""
        if self.kind is Kind.MERGE:
            return message("{group} joins {other}", group=self.group, other=self.other or "")
        return {
            Kind.LEAVE: message("Keep {group} as it is", group=self.group),
            Kind.TOP_UP: message("Top up {group}", group=self.group),
            Kind.DISSOLVE: message("Dissolve {group}", group=self.group),
        }[self.kind]


def asked_twice(options: ReplanOptions) -> tuple[str, ...]:
    """Return groups of which two things are asked that cannot both be."""
    into = {other for _, other in options.merged}
    away = [group for group, _ in options.merged]
    asked = [*options.closed, *options.dissolved, *away, *(options.topped_up | into)]
    return tuple(sorted({group for group in asked if asked.count(group) > 1}))


def troubled(rules: Rules, roster: Roster, earlier: PreviousAssignment) -> tuple[str, ...]:
    """Return groups that lost somebody, or that break a `must` rule now; those without members are gone.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list of now.
    earlier : PreviousAssignment
        How things were.

    Returns
    -------
    tuple of str
        Labels, in the order of the groups.
    """
    rules = without_leavers(rules, roster, earlier)
    left = _left(roster, earlier)
    broken = {
        finding.group
        for rule in rules.active()
        if rule.must
        for finding in rule.findings(roster, left)
        if finding.units
    }
    return tuple(
        now.name
        for was, now in zip(earlier.groups, left, strict=True)
        if now.members and (len(now.members) < len(was.members) or now.name in broken)
    )


def _left(roster: Roster, earlier: PreviousAssignment) -> tuple[Group, ...]:
    return tuple(group.only(s for s in group.members if s in roster.by_id) for group in earlier.groups)


def choices(rules: Rules, roster: Roster, earlier: PreviousAssignment, group: str) -> tuple[Choice, ...]:
    """Return what can become of a group: leave it, top it up, merge it with one that fits, dissolve it.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list of now.
    earlier : PreviousAssignment
        How things were.
    group : str
        Label of one that still has members.

    Returns
    -------
    tuple of Choice
        In the order in which they are offered.
    """
    sizes = {one.name: len(one.members) for one in _left(roster, earlier)}
    found = [Choice(Kind.LEAVE, group)]
    if sizes[group] < rules.groups.size[1]:
        found.append(Choice(Kind.TOP_UP, group))
    found += [_merge(group, other, sizes[group] > sizes[other]) for other in partners(rules, sizes, group)]
    return (*found, Choice(Kind.DISSOLVE, group))


def _merge(group: str, other: str, larger: bool) -> Choice:
    """The smaller group joins the larger one."""
    return Choice(Kind.MERGE, other, group) if larger else Choice(Kind.MERGE, group, other)


def partners(rules: Rules, sizes: dict[str, int], group: str) -> tuple[str, ...]:
    """Return a few groups that a group can merge with: those with which it comes nearest to the best size.

    Parameters
    ----------
    rules : Rules
    sizes : dict of str to int
        Members that are left, by label.
    group : str
        Label of the one that looks for company.

    Returns
    -------
    tuple of str
        Labels, the best fit first.
    """
    largest, wanted = rules.groups.size[1], rules.groups.preferred
    fit = [other for other, size in sizes.items() if other != group and 0 < size <= largest - sizes[group]]
    fit.sort(key=lambda other: abs(sizes[group] + sizes[other] - wanted))
    return tuple(fit[:MOST_PARTNERS])


@dataclass(frozen=True)
class Price:
    """What a plan asks of people, and how it stands beside another.

    Attributes
    ----------
    moves : int
    touched : int
        Groups that somebody moves out of or comes into.
    split : int
        Familiar pairs that are not in one group any more.
    shifts : tuple of Message
        Rules that are closer to perfect, or further from it, than in the other plan.
    """

    moves: int
    touched: int
    split: int
    shifts: tuple[Message, ...] = ()


def price(
    rules: Rules, roster: Roster, earlier: PreviousAssignment, plan: Plan, beside: Plan | None = None
) -> Price:
    """Return what a plan costs the class, and how its rules stand beside another plan.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list of now.
    earlier : PreviousAssignment
        How things were.
    plan : Plan
        What became of it.
    beside : Plan, optional
        Another plan that was made of the same; None leaves out how the rules stand.

    Returns
    -------
    Price
    """
    now = plan.group_of
    touched: set[str] = set()
    split = 0
    for group in _left(roster, earlier):
        split += sum(now[a] != now[b] for a, b in combinations(group.members, 2))
    was = earlier.group_of
    for student, name in now.items():
        if was.get(student) != name:
            touched |= {name, was.get(student, name)}
    staying = without_leavers(rules, roster, earlier)
    shifts = () if beside is None else shifts_of(staying, roster, beside, plan)
    return Price(plan.outcome.moves or 0, len(touched), split, shifts)


def shifts_of(rules: Rules, roster: Roster, before: Plan, after: Plan) -> tuple[Message, ...]:
    """Say in natural units which rules are better, or less well, met in another plan.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    before : Plan
        The plan that the other is held against.
    after : Plan
        The other plan.

    Returns
    -------
    tuple of Message
    """
    remarks = []
    for place, rule in enumerate(rules.active(), start=1):
        was, is_ = before.outcome.rules[place].units, after.outcome.rules[place].units
        amount = rule.natural(abs(is_ - was), roster)
        if is_ < was:
            remarks.append(message("{rule}: {amount} better", rule=title(rule, roster), amount=amount))
        elif is_ > was:
            remarks.append(message("{rule}: {amount} worse", rule=title(rule, roster), amount=amount))
    return tuple(remarks)


# Few moves, or better groups


def goes_on(points: Sequence[Plan]) -> bool:
    """Whether one extra move more is worth trying, after plans with 0, 1, 2 … extra moves."""
    last = points[-1].outcome
    if len(points) > MOST_EXTRA or last.cut_short or last.cost == 0:
        return False
    return len(points) <= IN_VAIN or last.cost < points[-1 - IN_VAIN].outcome.cost


def worth(costs: Sequence[int]) -> tuple[int, ...]:
    """Return the places of the points that are better than every point before them; the first one is."""
    return tuple(place for place, cost in enumerate(costs) if all(cost < one for one in costs[:place]))
