"""What one rule that must hold asks for, and no number of groups can give: told by counting."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.domain import Roster
from planner.model.problems import Level, Problem
from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text
from planner.rules.base import Rule
from planner.rules.column_values import has, holders_of
from planner.rules.group_settings import GroupSizes
from planner.rules.limit import Limit
from planner.rules.never_alone import NeverAlone
from planner.rules.new_faces import NewFaces, groups_of
from planner.rules.similar import Similar
from planner.rules.size import sizes as sizes_said
from planner.rules.titles import title


def out_of_reach(rule: Rule, sizes: GroupSizes, counts: Sequence[int], roster: Roster) -> list[Problem]:
    """Find what a rule must have and cannot, however many groups there are.

    Parameters
    ----------
    rule : Rule
    sizes : GroupSizes
    counts : sequence of int
        The numbers of groups that fit.
    roster : Roster

    Returns
    -------
    list of Problem
    """
    if not rule.must or not counts or any(one.level is Level.ERROR for one in rule.check(roster)):
        return []
    if isinstance(rule, Limit):
        return _limit(rule, counts, roster)
    if isinstance(rule, NeverAlone) and rule.at_least_share is not None:
        return _share(rule, sizes.size[0], roster)
    if isinstance(rule, NewFaces) and not rule.keep_one:
        return _new_faces(rule, max(counts), roster)
    if isinstance(rule, Similar):
        return _similar(rule, sizes, roster)
    return []


def parts(heading: str, roster: Roster) -> dict[str, int]:
    """Return the answers in a column as first written, in their order, and how many gave each.

    Parameters
    ----------
    heading : str
    roster : Roster

    Returns
    -------
    dict of str to int
    """
    holders = holders_of(roster, heading)
    named = {roster.students[those[0]].answer(heading).strip(): len(those) for those in holders.values()}
    return dict(sorted(named.items()))


def _similar(rule: Similar, sizes: GroupSizes, roster: Roster) -> list[Problem]:
    """Find an answer whose students cannot form groups on their own; who gave none can help out."""
    smallest, largest = sizes.size
    known = parts(rule.column, roster)
    free = len(roster.students) - sum(known.values())
    for value, count in known.items() if len(known) > 1 else ():
        if not any(-(-n // largest) <= n // smallest for n in range(count, count + free + 1)):
            sentence = plural_message(
                "Rule “{rule}”: one student has “{value}”, who cannot form groups of {sizes} alone.",
                "Rule “{rule}”: {n} students have “{value}”, and they cannot form groups of {sizes}.",
                count,
                rule=title(rule, roster),
                value=value,
                sizes=sizes_said(smallest, largest),
            )
            hint = message("Allow other group sizes, or make the rule important.")
            return [Problem(code="section-out-of-reach", level=Level.ERROR, message=sentence, hint=hint)]
    return []


def _limit(rule: Limit, counts: Sequence[int], roster: Roster) -> list[Problem]:
    wanted = rule.wanted(roster)
    holders = sum(has(student.answer(rule.column), wanted) for student in roster.students)
    fewest, most = (rule.at_least or 0) * min(counts), (rule.at_most or 0) * max(counts)
    if holders < fewest:
        groups, hint = min(counts), message("Ask for fewer in a group, or make the rule important.")
    elif rule.at_most is not None and holders > most:
        groups, hint = max(counts), message("Allow more in a group, or make the rule important.")
    else:
        return []
    sentence = plural_message(
        "Rule “{rule}”: one student has this answer, and that is not possible with {groups}.",
        "Rule “{rule}”: {n} students have this answer, and that is not possible with {groups}.",
        holders,
        rule=rule.label(),
        groups=groups_said(groups),
    )
    return [Problem(code="limit-out-of-reach", level=Level.ERROR, message=sentence, hint=hint)]


def _share(rule: NeverAlone, smallest: int, roster: Roster) -> list[Problem]:
    """Find an answer that too few have to be the share that must be, even of the smallest group."""
    holders, least = holders_of(roster, rule.column), rule.least(smallest)
    found = []
    for value in rule.minded(roster):
        count = len(holders[normalize_text(value)])
        if count < min(least, len(roster.students)):
            sentence = plural_message(
                "Rule “{rule}”: one student has “{value}”, and in a group of {size} there would have to be "
                "{least}.",
                "Rule “{rule}”: {n} students have “{value}”, and in a group of {size} there would have to be "
                "{least}.",
                count,
                rule=rule.label(),
                value=value,
                size=smallest,
                least=least,
            )
            hint = message(
                "Leave this answer out of the rule, or make the rule important instead of required."
            )
            found.append(Problem(code="share-out-of-reach", level=Level.ERROR, message=sentence, hint=hint))
    return found


def _new_faces(rule: NewFaces, most: int, roster: Roster) -> list[Problem]:
    """Find an earlier group with more members than there can be groups to part them over."""
    for heading in reversed(rule.columns):
        for those in groups_of(roster, heading).values():
            if len(those) > most:
                sentence = message(
                    "Rule “{rule}”: {count} students were in “{group}” ({column}), and there are at most "
                    "{groups}.",
                    rule=rule.label(),
                    count=len(those),
                    group=roster.students[those[0]].answer(heading).strip(),
                    column=heading,
                    groups=groups_said(most),
                )
                hint = message("Leave this column out of the rule, or make the rule important.")
                return [Problem(code="faces-out-of-reach", level=Level.ERROR, message=sentence, hint=hint)]
    return []


def groups_said(count: int) -> Message:
    """Return a number of groups in words."""
    return plural_message("{n} group", "{n} groups", count)
