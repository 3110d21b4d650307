"""Who is not where a hand, or the refresh of the week, had put them: a rerun placed them elsewhere."""

from __future__ import annotations

from collections.abc import Container, Sequence

from planner.model.domain import Plan, Roster
from planner.model.reports import RuleReport
from planner.model.text import Message, message, plural_message
from planner.replanning.previous_assignment import PreviousAssignment, without_leavers
from planner.replanning.replan import broken_now
from planner.reporting import describe
from planner.rules import Rules


def overruled(rules: Rules, roster: Roster, earlier: PreviousAssignment, plan: Plan) -> dict[str, Message]:
    """Return what to say of everybody who is elsewhere than they were to go, by their id.

    They count among the moves, as those are counted from the groups they were to be in.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list.
    earlier : PreviousAssignment
    plan : Plan
        What the rerun made.

    Returns
    -------
    dict of str to Message
    """
    held, home, now = earlier.held_by, earlier.group_of, plan.group_of
    those = [one for one, group in now.items() if home.get(one, group) not in (group, held.get(one))]
    if not those:
        return {}
    broken = broken_now(without_leavers(rules, roster, earlier), roster, earlier)
    by_hand = earlier.placed_by_hand
    found = {}
    for one in those:
        line = _line(roster.shown_names[one], held.get(one), home[one], now[one], by_hand=one in by_hand)
        touched = {home[one], held.get(one)}
        found[one] = _with_reason(line, broken, one, touched) if one in by_hand else line
    return found


def heading(count: int) -> Message:
    """Return what stands above the lines of so many students, after the number of all moves."""
    return plural_message(
        "One of them could not be in the group that was planned:",
        "{n} of them could not be in the group that was planned:",
        count,
    )


def _line(name: str, held: str | None, home: str, now: str, *, by_hand: bool) -> Message:
    if by_hand and now == held:
        return message(
            "{name} was placed in {group} by hand and stays in {now}, as everyone was told.",
            name=name,
            group=home,
            now=now,
        )
    if by_hand:
        return message(
            "{name} was placed in {group} by hand and goes to {now} instead.", name=name, group=home, now=now
        )
    if now == held:
        return message(
            "{name} was going to move to {group} with the refresh and stays in {now}.",
            name=name,
            group=home,
            now=now,
        )
    return message(
        "{name} was going to move to {group} with the refresh and goes to {now} instead.",
        name=name,
        group=home,
        now=now,
    )


def _with_reason(
    line: Message, broken: Sequence[RuleReport], student: str, touched: Container[str | None]
) -> Message:
    """Return a line with the must rule that the edited groups break for somebody, where that is known."""
    about = [
        (report, finding)
        for report in broken
        for finding in report.findings
        if finding.units and (student in finding.students or (finding.group or "") in touched)
    ]
    about.sort(key=lambda one: student not in one[1].students)
    if not about:
        return line
    report, finding = about[0]
    return message(
        "{line} After that edit, this was not met: {rule} – {finding}",
        line=line,
        rule=report.title,
        finding=describe.placed_finding(finding),
    )
