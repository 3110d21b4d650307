"""What a plan comes to in one sentence: the first thing that a coordinator reads of it."""

from __future__ import annotations

from collections.abc import Sequence

from planner.edit import BY_HAND
from planner.model.domain import Plan, Roster
from planner.model.reports import RuleReport, Status
from planner.model.text import Message, message, plural_message
from planner.reporting import standing
from planner.reporting.standing import Standing
from planner.rules import Rule, Rules
from planner.rules.titles import title
from planner.rules.wish import Wish

MOST_NAMED = 3  # rules that are not met; all of them are listed below the sentence


def sentence(
    rules: Rules, roster: Roster, plan: Plan, *, outdated: bool = False, waits: bool = False
) -> Message:
    """Return what a plan comes to: places, required rules, wishes, and what is proven of them.

    Parameters
    ----------
    rules : Rules
    roster : Roster
        The class list that the plan was made of.
    plan : Plan
    outdated : bool
        Whether the rules or the class list are others by now.
    waits : bool
        Whether changes wait to be carried out: then it says that it is about the rest.

    Returns
    -------
    Message
    """
    edited = plan.effort == BY_HAND
    told = _clauses(rules, roster, plan, begins=not (edited or outdated or waits))
    if waits:
        return message("Without the pending changes: {told}.", told=told)
    if outdated and edited:
        return message(
            "Edited by hand, and the rules or the class list have changed since. With the "
            "earlier ones: {told}.",
            told=told,
        )
    if outdated:
        return message(
            "The rules or the class list have changed since these groups were made. With the "
            "earlier ones: {told}.",
            told=told,
        )
    return message("Edited by hand: {told}.", told=told) if edited else message("{told}.", told=told)


def _clauses(rules: Rules, roster: Roster, plan: Plan, *, begins: bool) -> Message:
    places, musts = _places(roster, plan, begins=begins), _musts(rules, roster, plan)
    rest, told = _preferences(rules, roster, plan), message("{places}; {musts}", places=places, musts=musts)
    if rest is not None:
        told = message("{told}; {rest}", told=told, rest=rest)
    if plan.outcome.cut_short and standing.of_plan(plan.outcome) is Standing.OPEN:
        told = message("{told}; the calculation ended early", told=told)
    return told


def _places(roster: Roster, plan: Plan, *, begins: bool) -> Message:
    missing = _missing(roster, plan)
    if missing:
        return plural_message("{n} student has no place", "{n} students have no place", missing)
    return message("Everyone has a place") if begins else message("everyone has a place")


def _musts(rules: Rules, roster: Roster, plan: Plan) -> Message:
    missing = _missing(roster, plan)
    names = [
        _name(rules, roster, place, one)
        for place, one in _broken(plan)
        if not (missing and one.kind == "placement")  # told already
    ]
    if names:
        return plural_message(
            "a required rule is not met: {rules}",
            "{n} required rules are not met: {rules}",
            len(names),
            rules=_listed(names),
        )
    if plan.outcome.status is Status.BROKEN and not _broken(plan):
        return message("later in the term a required rule is not met")
    if _broken(plan):
        return message("every other required rule is met")
    return message("every required rule is met")


def _broken(plan: Plan) -> list[tuple[int, RuleReport]]:
    return [(place, report) for place, report in enumerate(plan.outcome.rules) if report.broken]


def _missing(roster: Roster, plan: Plan) -> int:
    return sum(student.id not in plan.group_of for student in roster.students)


def _name(rules: Rules, roster: Roster, place: int, report: RuleReport) -> Message:
    active = rules.active()
    name = title(active[place - 1], roster) if 0 < place <= len(active) else report.title
    return message("“{rule}”", rule=name)


def _listed(names: Sequence[Message]) -> tuple[Message, ...]:
    if len(names) <= MOST_NAMED:
        return tuple(names)
    return (*names[:MOST_NAMED], plural_message("one more", "{n} more", len(names) - MOST_NAMED))


def _preferences(rules: Rules, roster: Roster, plan: Plan) -> Message | None:
    """Say how many wishes are granted; where nobody wished for anyone, how many preferences are met."""
    asked = [
        (rule, report)
        for rule, report in zip(rules.active(), plan.outcome.rules[1:], strict=False)
        if not rule.must
    ]
    for rule, report in asked:
        if isinstance(rule, Wish):
            wishers = len(rule.wishers(roster))
            if wishers:
                return _wishes(report, wishers, plan)
    return _counted(asked, plan) if asked else None


def _wishes(report: RuleReport, wishers: int, plan: Plan) -> Message:
    told = _granted(wishers - report.units, wishers)
    proven = _of_wishes(report, wishers, plan) if report.units else _of_whole(plan)
    return told if proven is None else message("{what}, and {proven}", what=told, proven=proven)


def _granted(granted: int, wishers: int) -> Message:
    if granted == wishers:
        return plural_message(
            "the one student with a wish is with someone they wished for",
            "all {n} students with a wish are with someone they wished for",
            wishers,
        )
    if not granted:
        return plural_message(
            "the one student with a wish is not with someone they wished for",
            "none of {n} students with a wish is with someone they wished for",
            wishers,
        )
    return plural_message(
        "one of {wishers} students with a wish is with someone they wished for",
        "{n} of {wishers} students with a wish are with someone they wished for",
        granted,
        wishers=wishers,
    )


def _of_wishes(report: RuleReport, wishers: int, plan: Plan) -> Message | None:
    """Say whether a plan can grant more wishes."""
    stands = standing.of_rule(plan.outcome, report, standing.sizes_of(plan.groups))
    groups = len(plan.groups)
    if stands is Standing.RULE:
        return plural_message(
            "no plan with one group grants more", "no plan with {n} groups grants more", groups
        )
    if stands is Standing.OPEN and report.bound:
        return plural_message(
            "no plan with one group grants more than {most}",
            "no plan with {n} groups grants more than {most}",
            groups,
            most=wishers - report.bound,
        )
    return _of_whole(plan)


def _counted(asked: Sequence[tuple[Rule, RuleReport]], plan: Plan) -> Message:
    sizes = standing.sizes_of(plan.groups)
    met = sum(standing.of_rule(plan.outcome, report, sizes) is Standing.FINE for _, report in asked)
    if met == len(asked):
        return plural_message("the one preference is met", "all {n} preferences are met", met)
    what = plural_message(
        "one of {asked} preferences is fully met",
        "{n} of {asked} preferences are fully met",
        met,
        asked=len(asked),
    )
    if not met:
        what = plural_message(
            "the one preference is not fully met", "none of {n} preferences is fully met", len(asked)
        )
    proven = _of_whole(plan)
    return what if proven is None else message("{what}, and {proven}", what=what, proven=proven)


def _of_whole(plan: Plan) -> Message | None:
    """Say whether a plan can be better, no more than is proven; nothing where all is met or a rule broken."""
    stands = standing.of_plan(plan.outcome)
    if stands is Standing.WHOLE:
        return plural_message(
            "no plan with one group is better as a whole",
            "no plan with {n} groups is better as a whole",
            len(plan.groups),
        )
    if stands is Standing.FEW_MOVES:
        return message("no plan with this few changes is better")
    return message("a better plan may exist") if stands is Standing.OPEN else None
