"""What a refresh promises, held against the blocks of a plan: counted on names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from planner.model.domain import Group, Roster, group_of
from planner.model.reports import Finding, Importance, RuleReport
from planner.model.text import message, plural_message
from planner.model.wording import shortened
from planner.rules.settings import Rules

Groups = Sequence[Group]


def report_refresh(rules: Rules, roster: Roster, before: Sequence[Groups], groups: Groups) -> RuleReport:
    """Hold a block against the ones before it.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    before : sequence of groups
        Every earlier block of the term, the last one directly before this.
    groups : sequence of Group

    Returns
    -------
    RuleReport
        With `meet` "familiar" a must: units are familiar people short, students moved
        too many, and students who moved to people they all knew. With "new" a wish,
        counted in pairs who meet again.
    """
    met = met_in(before)
    first = tuple(
        pair for group in groups for pair in combinations(sorted(group.members), 2) if pair not in met
    )
    if rules.term.meet == "new":
        return _new_people(groups, len(first))
    was, now = group_of(before[-1]), group_of(groups)
    moved = tuple(s for s in now if s in roster.by_id and s in was and was[s] != now[s])
    findings = [
        *_short_of_familiar(rules, roster, before[-1], groups),
        *_too_many(rules, roster, moved),
        *_nobody_new(roster, met, groups, moved),
    ]
    summary = message(
        "{movers}; {meetings}.",
        movers=plural_message("One student moves", "{n} students move", len(moved)),
        meetings=plural_message(
            "one pair is in one group for the first time",
            "{n} pairs are in one group for the first time",
            len(first),
        ),
    )
    return RuleReport(
        kind="refresh",
        title=message("A light refresh"),
        importance=Importance.MUST,
        cost=0,
        units=sum(finding.units for finding in findings),
        findings=(Finding(message=summary), *findings),
    )


def met_in(blocks: Sequence[Groups]) -> set[tuple[str, str]]:
    """Return the pairs, ids in order, who were in one group in some block."""
    return {pair for groups in blocks for group in groups for pair in combinations(sorted(group.members), 2)}


def _new_people(groups: Groups, first: int) -> RuleReport:
    again = sum(len(group.members) * (len(group.members) - 1) // 2 for group in groups) - first
    sentence = (
        plural_message(
            "One pair is in the same group again.", "{n} pairs are in the same group again.", again
        )
        if again
        else message("No pair is in the same group again.")
    )
    return RuleReport(
        kind="refresh",
        title=message("Meeting new people"),
        importance=Importance.IMPORTANT,
        cost=0,
        units=again,
        findings=(Finding(message=sentence, units=again),),
    )


def _short_of_familiar(rules: Rules, roster: Roster, before: Groups, groups: Groups) -> list[Finding]:
    """Name who keeps fewer of their group members than was promised, of those still here."""
    mates = {
        student: {one for one in group.members if one in roster.by_id} - {student}
        for group in before
        for student in group.members
    }
    found = []
    for group in groups:
        for student in group.members:
            promised = min(rules.term.keep_familiar, len(mates.get(student, ())))
            short = promised - len(mates.get(student, set()) & set(group.members))
            if short > 0:
                sentence = plural_message(
                    "{name} keeps one group member fewer than asked for.",
                    "{name} keeps {n} group members fewer than asked for.",
                    short,
                    name=roster.shown_names.get(student, student),
                )
                found.append(Finding(message=sentence, group=group.name, students=(student,), units=short))
    return found


def _too_many(rules: Rules, roster: Roster, moved: Sequence[str]) -> list[Finding]:
    allowed = rules.term.most_moved(len(roster.students))
    if len(moved) <= allowed:
        return []
    sentence = plural_message(
        "One student moves; at most {allowed} may: {names}.",
        "{n} students move; at most {allowed} may: {names}.",
        len(moved),
        allowed=allowed,
        names=shortened(roster.names(moved)),
    )
    return [Finding(message=sentence, students=tuple(moved), units=len(moved) - allowed)]


def _nobody_new(
    roster: Roster, met: set[tuple[str, str]], groups: Groups, moved: Sequence[str]
) -> list[Finding]:
    members: Mapping[str, Group] = {student: group for group in groups for student in group.members}
    found = []
    for student in moved:
        group = members[student]
        others = [one for one in group.members if one != student]
        if all((min(student, one), max(student, one)) in met for one in others):
            sentence = message(
                "{name} moves to a group where they already know everyone.", name=roster.shown_names[student]
            )
            found.append(Finding(message=sentence, group=group.name, students=(student,), units=1))
    return found
