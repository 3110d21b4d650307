"""What a new plan means for each rule: what will be met and what not, beside the plan in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.model.domain import Plan, Roster
from planner.model.reports import Finding, RuleReport
from planner.model.text import Message, message
from planner.model.wording import shortened
from planner.plans.course import Course
from planner.reporting import standing
from planner.reporting.describe import placed_finding
from planner.reporting.standing import Standing
from planner.rules import Rule, Rules
from planner.rules.balance import Balance
from planner.rules.titles import title

MOST_NAMED = 3  # rules in a line of their own, or students
MOST_TOLD = 2  # students of whom it is said in words
MOST_IN_SHORT = 1  # rules in the bar, besides how many more


@dataclass(frozen=True)
class RuleEffect:
    """What a new plan means for a rule that is new or changed, or that stands otherwise than now.

    Attributes
    ----------
    rule : Message
        What it is called.
    standing : Standing
        In the new plan.
    message : Message
        In natural units, with the name of the rule.
    worse : bool
        Whether less of it is met than now, or it is asked anew and not met.
    """

    rule: Message
    standing: Standing
    message: Message
    worse: bool = False


@dataclass(frozen=True)
class RuleEffects:
    """What a new plan means for the rules.

    Attributes
    ----------
    changed : tuple of RuleEffect
        The worst first.
    as_before : tuple of Message
        Names of the other rules that are not met everywhere, neither now nor then.
    """

    changed: tuple[RuleEffect, ...] = ()
    as_before: tuple[Message, ...] = ()

    @property
    def lines(self) -> tuple[Message, ...]:
        """All there is to say, a sentence for each rule; never that all is well where it is not."""
        told = tuple(one.message for one in self.changed)
        if self.as_before:
            rules = shortened(self.as_before, most=MOST_NAMED)
            return (*told, message("As now, not met everywhere: {rules}.", rules=rules))
        return told or (message("Every rule is met in every group."),)

    @property
    def in_short(self) -> Message | None:
        """Which rules will be met less well than now, in a sentence; None where there are none."""
        short = [message("“{rule}”", rule=one.rule) for one in self.changed if one.worse]
        if not short:
            return None
        return message("Not met everywhere: {rules}.", rules=shortened(short, most=MOST_IN_SHORT))


@dataclass(frozen=True)
class _Short:
    """In how many groups of all people notice that a rule is not met, how many units that is, and for whom.

    `alone` are the findings that are about one student, by id.
    """

    groups: int
    units: int
    of: int = field(compare=False)
    roster: Roster = field(compare=False, repr=False)
    alone: Mapping[str, Finding] = field(compare=False)


def rule_effects(
    before: Rules | None, now: Course | None, rules: Rules, roster: Roster, plan: Plan
) -> RuleEffects:
    """Return what a new plan means for each rule.

    Parameters
    ----------
    before : Rules or None
        Those of the plan in use, with the ids of now; None where they are not known.
    now : Course or None
        With the plan in use, which was made with these rules.
    rules : Rules
        That the new plan was made with.
    roster : Roster
        Of the new plan.
    plan : Plan

    Returns
    -------
    RuleEffects
    """
    known = []
    if before is not None and now is not None:
        reports = zip(before.active(), now.plan.outcome.rules[1:], strict=False)
        known = [(rule, _short(report, now.plan, now.roster)) for rule, report in reports]
    found, same = [], []
    for rule, report in zip(rules.active(), plan.outcome.rules[1:], strict=False):
        was = next((short for one, short in known if one == rule), None)
        stands = standing.of_rule(plan.outcome, report, standing.sizes_of(plan.groups))
        since = _short(report, plan, roster)
        if was is None or _differs(rule, was, since):
            found.append(_effect(rule, stands, was, since))
        elif stands is not Standing.FINE:
            same.append(title(rule, roster))
    order = list(Standing)
    asked = [title(rule, roster) for rule in rules.active() if not any(one == rule for one, _ in known)]
    found.sort(key=lambda one: (not one.worse, one.rule not in asked, order.index(one.standing)))
    return RuleEffects(tuple(found), tuple(same))


def _differs(rule: Rule, was: _Short, since: _Short) -> bool:
    """Whether people notice that a rule stands otherwise; an average is never quite the same."""
    return was.groups != since.groups if isinstance(rule, Balance) else was != since


def _effect(rule: Rule, stands: Standing, was: _Short | None, since: _Short) -> RuleEffect:
    named, told = title(rule, since.roster), _met(rule, since)
    if was is not None:
        text = message(
            "{rule} – before: {before}; after: {effect}.",
            rule=named,
            before=_met(rule, was),
            effect=told,
        )
        for one in _new_to_it(was, since):
            text = message("{one} {other}", one=text, other=one)
        return RuleEffect(named, stands, text, worse=since.units > was.units)
    if not since.units:
        return RuleEffect(named, stands, message("{rule}: {effect}.", rule=named, effect=told))
    text = message(
        "{rule}: {effect}; {proof}.",
        rule=named,
        effect=told,
        proof=_PROVEN.get(stands, MAY_HELP),
    )
    return RuleEffect(named, stands, text, worse=True)


def _met(rule: Rule, short: _Short) -> Message:
    if not short.units:
        return message("met in every group")
    return rule.shortfall(short.groups, short.of, short.units, short.roster)


def _new_to_it(was: _Short, since: _Short) -> list[Message]:
    """Say for whom a rule is not met that was met for them before; many by name alone."""
    new = {student: one for student, one in since.alone.items() if student not in was.alone}
    if len(new) > MOST_TOLD:
        return [
            message("This is new for: {names}.", names=shortened(since.roster.names(new), most=MOST_NAMED))
        ]
    return [placed_finding(one) for one in new.values()]


def _short(report: RuleReport, plan: Plan, roster: Roster) -> _Short:
    sizes = standing.sizes_of(plan.groups)
    found = [
        one
        for one in report.findings
        if standing.of_finding(None, report, one, sizes.get(one.group or "", 0)) is not Standing.FINE
    ]
    return _Short(
        groups=len({one.group for one in found}),
        units=sum(one.units for one in found),
        of=len(plan.groups),
        roster=roster,
        alone={one.students[0]: one for one in found if len(one.students) == 1},
    )


MAY_HELP = message("more moves may help")
_PROVEN = {
    Standing.BROKEN: message("this rule is required"),
    Standing.WHOLE: message("no plan is better as a whole (proven)"),
    Standing.RULE: message("no plan does better (proven)"),
}
