"""Two plans side by side: what every rule finds in each, who is elsewhere, who stayed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from planner.audit.plan_audit import audit, moves
from planner.model.domain import Group, group_of
from planner.model.problems import InputError, Level
from planner.model.reports import Importance, RuleReport
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.plans.previous import Previous, previous_from_course, previous_of
from planner.replanning.changes import compare as compare_lists
from planner.rosters import SourceFile
from planner.rules import Rule
from planner.rules.titles import title


@dataclass(frozen=True)
class Named:
    """A plan to lay beside another, and what it is called."""

    name: Message
    course: Course


@dataclass(frozen=True)
class Other:
    """The groups of another plan, in ids of the class list on the page.

    Attributes
    ----------
    groups : tuple of Group
    only_there : tuple of str
        Names of students who are not in the class list on the page.
    """

    groups: tuple[Group, ...]
    only_there: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComparedGroup:
    """One rule in both plans.

    Attributes
    ----------
    rule : Message
    importance : Importance
    units : tuple of (int, int)
        How far from perfect, in the plan on the page and in the other.
    distance : tuple of (Message, Message)
        The same as people would say it.
    gap : Message
        By how much one of them is closer, as people would say it.
    reports : tuple of (RuleReport, RuleReport)
        What the rule finds in each; the first with what is proven of the plan on the page, the other
        with the same bound where it has as many groups.
    """

    rule: Message
    importance: Importance
    units: tuple[int, int]
    distance: tuple[Message, Message]
    gap: Message
    reports: tuple[RuleReport, RuleReport]

    @property
    def closer(self) -> int:
        """Which plan is closer: 0 the one on the page, 1 the other, -1 neither."""
        here, there = self.units
        return -1 if here == there else int(there < here)


@dataclass(frozen=True)
class OtherPlace:
    """A student whose group has another name in the other plan."""

    student: str
    here: str
    there: str


@dataclass(frozen=True)
class Comparison:
    """What differs between the plan on the page and another.

    Attributes
    ----------
    rules : tuple of ComparedGroup
        Held against the rules and the class list on the page.
    cost : tuple of (int, int)
    sizes : tuple of (mapping, mapping)
        Members of each group, by its label, in the plan on the page and in the other.
    elsewhere : tuple of OtherPlace
    pairs, kept : int
        Pairs who are in one group in the other plan, and how many of them are here too.
    only_here : tuple of str
        Ids of students who are not in the other plan.
    only_there : tuple of str
        Names of students who are not in this one.
    """

    rules: tuple[ComparedGroup, ...]
    cost: tuple[int, int]
    sizes: tuple[Mapping[str, int], Mapping[str, int]]
    elsewhere: tuple[OtherPlace, ...]
    pairs: int
    kept: int
    only_here: tuple[str, ...] = ()
    only_there: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether everyone is in the same group."""
        return not (self.elsewhere or self.only_here or self.only_there)


def other_of(course: Course, plan: Course) -> Other:
    """Return the groups of another plan of the class, in ids of the class list on the page.

    Parameters
    ----------
    course : Course
        The one on the page.
    plan : Course
        Another one of the class.

    Returns
    -------
    Other
    """
    here, there = course.roster.by_id, plan.roster.by_id
    members = [student for group in plan.plan.groups for student in group.members]
    # One number may be somebody else's in the other plan.
    if all(one in here and one in there and here[one].name == there[one].name for one in members):
        return Other(plan.plan.groups)
    return _in_ids_of(course, previous_from_course(plan))


def read_other(course: Course, file: SourceFile) -> Other:
    """Read another plan: a plan.json or a list of groups.

    Parameters
    ----------
    course : Course
        The one on the page.
    file : SourceFile
        A plan.json, or a list of groups.

    Returns
    -------
    Other

    Raises
    ------
    InputError
        Where it cannot be read, or nobody in it is in the class list on the page.
    """
    return _in_ids_of(course, previous_of(file))


def _in_ids_of(course: Course, previous: Previous) -> Other:
    changes = compare_lists(previous, course.roster)
    errors = [problem for problem in changes.problems if problem.level is Level.ERROR]
    if errors:
        raise InputError(errors)
    new_id = {same.old_id: same.new_id for same in changes.same}
    groups = tuple(group.only(new_id[s] for s in group.members if s in new_id) for group in previous.groups)
    return Other(groups, tuple(previous.names.get(old, old) for old in changes.left))


def compare(course: Course, other: Other) -> Comparison:
    """Lay a plan beside another; both are held against the rules and the class list of the first.

    Parameters
    ----------
    course : Course
    other : Other
        With the ids of the course.

    Returns
    -------
    Comparison
    """
    here, there = course.plan.groups, other.groups
    found = [audit(course.rules, course.roster, groups) for groups in (here, there)]
    was = group_of(there)
    now = course.plan.group_of
    together = [pair for group in there for pair in combinations(group.members, 2) if now.keys() >= set(pair)]
    return Comparison(
        rules=tuple(
            _beside(rule, course, _proven(course, place, one), _bounded(course, place, two, there))
            for place, (rule, one, two) in enumerate(
                zip(course.rules.active(), found[0].reports[1:], found[1].reports[1:], strict=True), 1
            )
        ),
        cost=(found[0].cost, found[1].cost),
        sizes=(_sizes(here), _sizes(there)),
        elsewhere=tuple(OtherPlace(student, now[student], was[student]) for student in moves(there, here)),
        pairs=len(together),
        kept=sum(now[one] == now[two] for one, two in together),
        only_here=tuple(student for student in now if student not in was),
        only_there=other.only_there,
    )


def _sizes(groups: Sequence[Group]) -> Mapping[str, int]:
    return {group.name: len(group.members) for group in groups}


def _proven(course: Course, place: int, found: RuleReport) -> RuleReport:
    """Return the report of a rule in the plan on the page, with what is proven of it."""
    reports = course.plan.outcome.rules
    return reports[place] if place < len(reports) and reports[place].units == found.units else found


def _bounded(course: Course, place: int, found: RuleReport, groups: Sequence[Group]) -> RuleReport:
    """Return the report of a rule in another plan, with the bound of every plan with as many groups."""
    reports = course.plan.outcome.rules
    counts = {sum(bool(group.members) for group in one) for one in (groups, course.plan.groups)}
    if place >= len(reports) or len(counts) > 1:
        return found
    return found.model_copy(update={"bound": reports[place].bound})


def _beside(rule: Rule, course: Course, here: RuleReport, there: RuleReport) -> ComparedGroup:
    units = (here.units, there.units)
    return ComparedGroup(
        rule=title(rule, course.roster),
        importance=rule.importance,
        units=units,
        distance=(_distance(rule, course, units[0]), _distance(rule, course, units[1])),
        gap=rule.natural(abs(units[0] - units[1]), course.roster),
        reports=(here, there),
    )


def _distance(rule: Rule, course: Course, units: int) -> Message:
    if not units:
        return message("met")
    return message("off by {distance}", distance=rule.natural(units, course.roster))
