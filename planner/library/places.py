"""The best places for somebody new, or for a student who wants to be elsewhere; and who is away today."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from planner.edit.best_places import TOLD, PlaceInGroup
from planner.edit.newcomer import new_student
from planner.handouts.away import AwaySession, session_of, session_text
from planner.library import arguments
from planner.library.group_plan import GroupPlan
from planner.plans.course import Course
from planner.plans.folder import timeless
from planner.reporting.places import in_one_line
from planner.services import places as ranking
from planner.services.places import PlacesRequest, PlacesResult


@dataclass(frozen=True)
class Places:
    """Places for one student, the best first.

    It is made by `planner.best_places` and `planner.swap_partners`.

    Attributes
    ----------
    plan : GroupPlan
        As it was.
    result : PlacesResult
    """

    plan: GroupPlan
    result: PlacesResult = field(repr=False)

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row for each place, the best first.

        The columns are ``group``, ``partner`` (an id; None without a swap), ``size`` of the group then,
        ``penalty`` (how much it goes up), ``breaks`` (whether a required rule would), ``full``, ``locked``
        and ``meaning``: what it means, in words.
        """
        rows = [
            (
                one.group,
                one.partner,
                one.size,
                one.effect.cost,
                one.breaks,
                one.full,
                one.locked,
                in_one_line(self.result.lines(one), self.plan.rules.language),
            )
            for one in self.result.places
        ]
        columns = ["group", "partner", "size", "penalty", "breaks", "full", "locked", "meaning"]
        return pd.DataFrame(rows, columns=columns).astype({"partner": object})

    def place(self, number: int = 0) -> GroupPlan:
        """Return the plan with the student in one of these places; nobody else moves, but for who swaps.

        Parameters
        ----------
        number : int
            Row of the table.

        Returns
        -------
        GroupPlan
            Its `changes` say who is where now.

        Raises
        ------
        InputError
            Where the group is locked.
        IndexError
            Where there is no such row.
        """
        before = self.plan.handover
        made = self.result.placed(self._place(number), None if before.previous is None else before)
        return GroupPlan(timeless(made.course), handover=made.handover)

    def _place(self, number: int) -> PlaceInGroup:
        return self.result.places[arguments.whole("number", number)]

    def _repr_html_(self) -> str:
        return self.table.to_html(index=False, escape=True)


def best_places(
    plan: GroupPlan,
    student: str | int,
    name: str | None = None,
    answers: Mapping[str, str] | None = None,
    *,
    email: str | None = None,
    week: int | None = None,
    most: int | None = TOLD,
) -> Places:
    """Rank the groups for somebody new in the class, or for a student who wants to be elsewhere.

    Groups in which a required rule would break come last, and locked ones after them; then the lowest
    penalty counts, then the smallest group, then the order of the plan.

    Parameters
    ----------
    plan : GroupPlan
    student : str
        Id: of a student in the class, or, with a `name`, of somebody new.
    name : str, optional
        Full name of somebody new.
    answers : mapping, optional
        What somebody new answered, by heading of the columns that the rules read.
    email : str, optional
    week : int, optional
        First week in which the place holds; that of the plan where left out.
    most : int, optional
        How many places at the most; None is all of them.

    Returns
    -------
    Places

    Raises
    ------
    InputError
        Where a number is taken or nobody's, a heading is not in use, or nothing can be changed from that
        week on.
    TypeError, ValueError
        Where an argument is not what it takes; its text names the argument.

    Examples
    --------
    >>> import planner
    >>> roster = planner.read_class_list("data/klas-28.csv")
    >>> rules = planner.Rules(language="en", rules=[planner.Mix(column="Opleiding")])
    >>> plan = planner.plan(roster, rules, effort="quick")
    >>> found = planner.best_places(plan, "0999999", "Ada Bakker", {"Opleiding": "Wiskunde"})
    >>> after = found.place()
    >>> after.changes[["student", "from_group", "reason"]].to_dict("records")
    [{'student': '0999999', 'from_group': None, 'reason': 'Placed here by hand.'}]
    """
    course = _course_of(plan)
    (one,) = arguments.texts("student", [student])
    someone = one if name is None else new_student(course, one, name, answers or {}, email)
    request = PlacesRequest(course, someone, _week(week), _most(most))
    return Places(plan, ranking.best_places(request))


def swap_partners(
    plan: GroupPlan, student: str | int, *, week: int | None = None, most: int | None = TOLD
) -> Places:
    """Rank with whom a student can swap so that every required rule that is met stays so.

    Parameters
    ----------
    plan : GroupPlan
    student : str
        Id of who wants to be elsewhere.
    week : int, optional
        First week in which the swap holds; that of the plan where left out.
    most : int, optional
        How many at the most; None is all of them.

    Returns
    -------
    Places
        Empty where there is nobody.

    Raises
    ------
    InputError
        Where a number is nobody's, the student or the group is locked, or nothing can be changed from that
        week on.
    TypeError, ValueError
        Where an argument is not what it takes; its text names the argument.

    Examples
    --------
    >>> import planner
    >>> roster = planner.read_class_list("data/klas-28.csv")
    >>> rules = planner.Rules(language="en", rules=[planner.Mix(column="Opleiding")])
    >>> plan = planner.plan(roster, rules, effort="quick")
    >>> planner.swap_partners(plan, roster.students[0].id, most=3).table["breaks"].tolist()
    [False, False, False]
    """
    course = _course_of(plan)
    (one,) = arguments.texts("student", [student])
    request = PlacesRequest(course, one, _week(week), _most(most))
    return Places(plan, ranking.swap_partners(request))


@dataclass(frozen=True)
class SessionPlan:
    """The groups of one session in which some are away; it is made by `planner.away_today`.

    Attributes
    ----------
    session : AwaySession
    """

    session: AwaySession = field(repr=False)

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row for everyone who is there.

        The columns are ``group`` and ``part`` (they work together who have the same), ``student``, ``name``,
        ``guest`` (whether they are from another group) and ``role``.
        """
        roster = self.session.course.roster
        rows = []
        for group in self.session.groups:
            roles = {role.student: role.role for role in group.roles}
            rows += [
                (group.of, group.part, one, roster.by_id[one].name, one in group.guests, roles.get(one, ""))
                for one in group.members
            ]
        return pd.DataFrame(rows, columns=["group", "part", "student", "name", "guest", "role"])

    @property
    def text(self) -> str:
        """A page to print or to show: the groups that are not as usual, and which ones are."""
        return session_text(self.session, self.session.course.rules.language)

    def _repr_html_(self) -> str:
        return self.table.to_html(index=False, escape=True)


def away_today(plan: GroupPlan, absent: Iterable[str | int], *, week: int | None = None) -> SessionPlan:
    """Make groups for one session in which some are away; the plan stays as it is.

    Groups that are whole work as usual. Of the others, those who are there work in twos and threes; whoever
    is left alone joins the group that fits best.

    Parameters
    ----------
    plan : GroupPlan
    absent : iterable of str
        Who is away: ids, names or e-mail addresses.
    week : int, optional
        Of the session; the first week of the plan where left out.

    Returns
    -------
    SessionPlan

    Raises
    ------
    InputError
        Where a name is nobody's, or the week is not in the plan.
    TypeError, ValueError
        Where an argument is not what it takes; its text names the argument.

    Examples
    --------
    >>> import planner
    >>> roster = planner.read_class_list("data/klas-28.csv")
    >>> plan = planner.plan(roster, planner.Rules(language="en"), effort="quick")
    >>> away = [one.id for one in roster.students[:2]]
    >>> len(planner.away_today(plan, away).table)
    26
    """
    return SessionPlan(session_of(_course_of(plan), arguments.texts("absent", absent), _week(week)))


def _course_of(plan: GroupPlan) -> Course:
    arguments.is_a("plan", plan, GroupPlan, "a planner.GroupPlan, as planner.plan makes it")
    return plan.course


def _week(week: int | None) -> int | None:
    return None if week is None else arguments.whole("week", week, least=1)


def _most(most: int | None) -> int | None:
    return None if most is None else arguments.whole("most", most, least=1)
