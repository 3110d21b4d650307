"""The specification of a plan: what every rule finds in finished groups. No engine is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planner.audit.turns import report_turns
from planner.model.base import Frozen
from planner.model.domain import Group, Roster, Turn, group_of
from planner.model.reports import Finding, Importance, RuleReport
from planner.model.text import message, plural_message
from planner.model.wording import shortened
from planner.rules.settings import Rules


class Audit(Frozen):
    """The audit of groups: every rule's report, and their sums.

    Attributes
    ----------
    reports : tuple of RuleReport
        The placement of students first, then the rules in their order.
    """

    reports: tuple[RuleReport, ...]

    @property
    def holds(self) -> bool:
        """Whether everyone is placed once and every `must` rule holds."""
        return not self.broken

    @property
    def broken(self) -> tuple[RuleReport, ...]:
        """The `must` rules that do not hold."""
        return tuple(report for report in self.reports if report.broken)

    @property
    def cost(self) -> int:
        """Sum of what the other rules cost."""
        return sum(report.cost for report in self.reports)


def audit(
    rules: Rules,
    roster: Roster,
    groups: Sequence[Group],
    turns: Sequence[Turn] | None = None,
    from_week: int = 1,
    until: int | None = None,
) -> Audit:
    """Hold finished groups against every rule.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    groups : sequence of Group
        May be incomplete, doubled or strange: made by hand or by another tool.
    turns : sequence of Turn, optional
        Roles of the whole term, where there are any to check.
    from_week : int
        First and last week in which these groups hold; None is the end of the term.
    until : int
        First and last week in which these groups hold; None is the end of the term.

    Returns
    -------
    Audit
    """
    placement = _placement(rules, roster, groups)
    known = [group.only(s for s in group.members if s in roster.by_id) for group in groups]
    roles = (
        ()
        if turns is None or not rules.role_names
        else (report_turns(rules, roster, known, turns, from_week, until),)
    )
    return Audit(reports=(placement, *rules.audit(roster, known), *roles))


def moves(previous: Sequence[Group], groups: Sequence[Group]) -> tuple[str, ...]:
    """Return the continuing students whose group label differs from before, in order of id.

    Parameters
    ----------
    previous : sequence of Group
        With the labels of before.
    groups : sequence of Group
        With the labels of now.

    Returns
    -------
    tuple of str
        Ids.
    """
    before, after = group_of(previous), group_of(groups)
    return tuple(sorted(s for s, label in after.items() if s in before and before[s] != label))


def _placement(rules: Rules, roster: Roster, groups: Sequence[Group]) -> RuleReport:
    """Everyone in exactly one group, nobody from elsewhere, and as many groups as asked for."""
    seen = Counter(student for group in groups for student in group.members)
    findings = []
    missing = [student.id for student in roster.students if seen[student.id] == 0]
    if missing:
        findings.append(
            Finding(
                message=plural_message(
                    "{names} is not in a group.",
                    "{n} students are not in a group: {names}.",
                    len(missing),
                    names=shortened(roster.names(missing)),
                ),
                students=tuple(missing),
                units=len(missing),
            )
        )
    for student, times in sorted(seen.items()):
        if times > 1:
            findings.append(
                Finding(
                    message=message(
                        "{name} is in {times} groups.",
                        name=roster.shown_names.get(student, student),
                        times=times,
                    ),
                    students=(student,),
                    units=times - 1,
                )
            )
    strangers = sorted(student for student in seen if student not in roster.by_id)
    if strangers:
        findings.append(
            Finding(
                message=message("Not in the class list: {names}.", names=shortened(strangers)),
                students=tuple(strangers),
                units=len(strangers),
            )
        )
    wanted = rules.groups.count
    if wanted is not None and wanted != len(groups):
        findings.append(
            Finding(
                message=plural_message(
                    "There is one group; asked for: {wanted}.",
                    "There are {n} groups; asked for: {wanted}.",
                    len(groups),
                    wanted=wanted,
                ),
                units=abs(len(groups) - wanted),
            )
        )
    return RuleReport(
        kind="placement",
        title=message("Everyone in one group"),
        importance=Importance.MUST,
        cost=0,
        units=sum(finding.units for finding in findings),
        findings=tuple(findings),
    )
