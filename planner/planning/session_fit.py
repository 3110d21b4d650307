"""How well people go together for one session, as far as rules about who is with whom say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planner.model.reports import Importance
from planner.planning.group_costs import GroupCosts, rows_of
from planner.plans.course import Course
from planner.rules import build_instance
from planner.rules.base import PRICES
from planner.rules.column_values import has
from planner.rules.participation import Participation

# Rules that say who works well with whom.
BESIDE = ("apart", "never-alone", "participation", "similar", "wish")
ANSWERS = ("mix", "never-alone", "similar")  # rules whose columns say in what people are alike
LARGEST_WHOLE = 4  # a guest in a group of so many makes it large
REQUIRED = PRICES[Importance.IMPORTANT]  # for one session a required rule counts as an important one

Members = tuple[str, ...]


@dataclass(frozen=True)
class SessionFit:
    """How well some people go together.

    Attributes
    ----------
    broken : int
        Pairs who must be apart.
    large : int
        Groups that are large.
    cost : int
        What other rules say, priced.
    """

    broken: int = 0
    large: int = 0
    cost: int = 0

    def plus(self, other: SessionFit) -> SessionFit:
        """Return what two groups come to together."""
        return SessionFit(self.broken + other.broken, self.large + other.large, self.cost + other.cost)

    @property
    def key(self) -> tuple[int, int, int]:
        """By which the better of two comes first."""
        return self.broken, self.large, self.cost


class SessionFits:
    """How well groups go together, as far as rules say; each group is looked at once.

    Parameters
    ----------
    course : Course
    groups : int
        How many the week has.
    """

    def __init__(self, course: Course, groups: int) -> None:
        counted = tuple(
            rule
            for rule in course.rules.rule
            if rule.kind in BESIDE and not (isinstance(rule, Participation) and rule.columns)
        )
        rules = course.rules.model_copy(update={"rule": counted})
        instance = build_instance(rules, course.roster, groups)
        kinds = [rule.kind for rule in rules.active()]
        beside = [cost for cost in instance.costs if kinds[cost.rule] in BESIDE]
        self._apart = GroupCosts(
            instance,
            (cost for cost in beside if cost.must and kinds[cost.rule] == "apart"),
            in_units=True,
        )
        self._beside = GroupCosts(
            instance,
            (replace(cost, price=cost.price * REQUIRED) if cost.must else cost for cost in beside),
        )
        self._position = course.roster.position
        self._known: dict[Members, SessionFit] = {}

    def of(self, groups: Sequence[Members]) -> list[SessionFit]:
        """Return how well each group goes together."""
        new = [group for group in dict.fromkeys(groups) if group not in self._known]
        rows = rows_of([[self._position[one] for one in group] for group in new])
        found = zip(new, self._apart.of(rows).tolist(), self._beside.of(rows).tolist(), strict=True)
        self._known.update({group: SessionFit(broken, 0, cost) for group, broken, cost in found})
        return [self._known[group] for group in groups]

    def joining(self, guests: Members, hosts: Sequence[Members]) -> list[SessionFit]:
        """Return how much worse each group gets when some come besides.

        Parameters
        ----------
        guests : tuple of str
        hosts : sequence of tuple of str
            Ids.

        Returns
        -------
        list of SessionFit
        """
        before = self.of(hosts)
        after = self.of([(*host, *guests) for host in hosts])
        return [
            SessionFit(now.broken - was.broken, int(len(host) >= LARGEST_WHOLE), now.cost - was.cost)
            for host, was, now in zip(hosts, before, after, strict=True)
        ]


class Alike:
    """Which answers of a student others share, in the columns of rules about who is with whom."""

    def __init__(self, course: Course) -> None:
        read = [rule.headings() for rule in course.rules.rule if rule.kind in ANSWERS]
        self._roster = course.roster
        self._headings = tuple(dict.fromkeys(heading for some in read for heading in some))

    def shared(self, student: str, others: Iterable[str]) -> list[tuple[str, str]]:
        """Return with whom a student shares an answer.

        Parameters
        ----------
        student : str
            Id.
        others : iterable of str
            Ids.

        Returns
        -------
        list of (str, str)
            Id and heading, by heading.
        """
        own, by_id = self._roster.by_id[student], self._roster.by_id
        return [
            (one, heading)
            for heading in self._headings
            for one in others
            if has(by_id[one].answer(heading), own.answer(heading))
        ]
