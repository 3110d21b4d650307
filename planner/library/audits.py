"""Groups from any tool, held against the rules."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from planner.engines.common.watch import Watch
from planner.library import arguments
from planner.library.groupings import Groups, groups_of
from planner.library.html import paragraph, reports_table
from planner.library.tables import moved_frame, report_frame
from planner.model.domain import Roster, group_of
from planner.model.labels import as_named
from planner.model.text import Language, Message, message, plural_message
from planner.rosters import GroupList
from planner.rules import Rules
from planner.services.audit import AuditRequest, AuditResult
from planner.services.audit import audit as hold_against


@dataclass(frozen=True)
class GroupingAudit:
    """What every rule finds in groups, wherever they come from.

    Attributes
    ----------
    request : AuditRequest
    result : AuditResult
    listed : GroupList
        The groups as they were read, with what was worth saying about them.

    Examples
    --------
    >>> import planner
    >>> roster = planner.read_class_list("data/klas-28.csv")
    >>> by_hand = {one.id: f"Group {place % 7 + 1}" for place, one in enumerate(roster.students)}
    >>> rules = planner.Rules(language="en", groups=planner.GroupSizes(size=(5, 6)))
    >>> found = planner.audit(roster, rules, by_hand)
    >>> found.holds, found.broken
    (False, ('Groups of 5–6',))
    """

    request: AuditRequest
    result: AuditResult
    listed: GroupList = field(repr=False)

    def __repr__(self) -> str:
        """Say it in a line."""
        return f"<GroupingAudit: {self.summary}>"

    @property
    def holds(self) -> bool:
        """Whether everyone is placed once and every `must` rule holds."""
        return self.result.found.holds

    @property
    def broken(self) -> tuple[str, ...]:
        """The `must` rules that do not hold, as the coordinator would name them."""
        return tuple(report.title.text(self._language) for report in self.result.found.broken)

    @property
    def cost(self) -> int:
        """What the other rules cost together, in the cost that a plan keeps low."""
        return self.result.found.cost

    @cached_property
    def report(self) -> pd.DataFrame:
        """What every rule finds, as in `GroupPlan.report`; bounds only where every `must` rule holds."""
        return report_frame(self.result.reports, self._language)

    @cached_property
    def moved(self) -> pd.DataFrame:
        """Who is in another group than before: ``student``, ``name``, ``from_group``, ``to_group``.

        Groups that only have another name are the same groups. It is empty where no groups of before
        were given.
        """
        before = as_named(self.request.previous or (), self.result.renamed)
        was = group_of(before)
        now = group_of(self.request.groups)
        moved = self.result.moved or ()
        return moved_frame(self.request.roster, [(one, was[one], now[one]) for one in moved])

    @property
    def remarks(self) -> tuple[str, ...]:
        """What was found while the groups were read: people who are unknown, matched by name, or missing."""
        return tuple(problem.text(self._language) for problem in self.listed.problems)

    @property
    def summary(self) -> str:
        """Whether every `must` rule holds, and how many moved, in words."""
        return " ".join(line.text(self._language) for line in self._summary())

    @property
    def _language(self) -> Language:
        return self.request.rules.language

    def _summary(self) -> tuple[Message, ...]:
        found, moved = self.result.found, self.result.moved
        told = (
            message("Every required rule is met.")
            if found.holds
            else message(
                "Not every required rule is met: {rules}.", rules=tuple(one.title for one in found.broken)
            )
        )
        return (told,) if moved is None else (told, _moves(moved, self.request.roster))

    def _repr_html_(self) -> str:
        return paragraph(self.summary) + reports_table(
            self.result.reports, self.listed.groups, None, self.request.rules.language
        )


def _moves(moved: tuple[str, ...], roster: Roster) -> Message:
    if not moved:
        return message("No student moved.")
    return plural_message(
        "One student moved: {names}.", "{n} students moved: {names}.", len(moved), names=roster.names(moved)
    )


def audit(
    roster: Roster,
    rules: Rules,
    groups: Groups,
    previous: Groups | None = None,
    *,
    student: str | None = None,
    group: str | None = None,
    time_limit: float | None = None,
) -> GroupingAudit:
    """Hold groups that any tool made against every rule.

    Parameters
    ----------
    roster : Roster
    rules : Rules
    groups : DataFrame, mapping, GroupPlan or path
        A table with a column of ids (number, e-mail or user name) and one of groups, a mapping from
        student to group or from group to students, a plan, or a file such as ``groups.csv``.
    previous : DataFrame, mapping, GroupPlan or path, optional
        The groups of before, to see who moved.
    student, group : str, optional
        Headings of these columns in a DataFrame; looked for as in a file where left out.
    time_limit : float, optional
        Seconds after which no more is bounded.

    Returns
    -------
    GroupingAudit

    Raises
    ------
    InputError
        Where the groups cannot be read, somebody is in two of them, or a rule does not fit.
    TypeError, ValueError
        Where an argument is not what it takes; its text names the argument.

    Examples
    --------
    >>> import pandas as pd
    >>> import planner
    >>> roster = planner.read_class_list("data/klas-28.csv")
    >>> clusters = pd.DataFrame({"who": list(roster.by_id), "cluster": [n // 4 for n in range(28)]})
    >>> rules = planner.Rules(language="en", rules=[planner.Balance(column="Vooropleiding cijfer")])
    >>> planner.audit(roster, rules, clusters, student="who", group="cluster").holds
    True
    """
    arguments.roster_and_rules(roster, rules)
    time_limit = arguments.seconds("time_limit", time_limit)
    listed = groups_of(groups, roster, student, group, beside=rules.beside_members)
    before = (
        None if previous is None else groups_of(previous, roster, *_there(previous, student, group)).groups
    )
    request = AuditRequest(rules, roster, listed.groups, before, time_limit)
    return GroupingAudit(request, hold_against(request, watch=Watch()), listed)


def _there(groups: Groups, *headings: str | None) -> list[str | None]:
    """Return headings as far as the groups of before have them too: often these are a plan's own."""
    known = set(groups.columns) if isinstance(groups, pd.DataFrame) else set()
    return [heading if heading in known else None for heading in headings]
