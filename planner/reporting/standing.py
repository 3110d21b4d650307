"""How a rule stands in a plan: one answer, for every place that tells of it.

A rule is met, as good as it gets (and that is proven), or it could be better by so much; a required
rule is met or it is not. Of a group, of a rule, in a table, a picture or a sentence: all of them ask
here, so that no two of them are at odds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from planner.model.domain import Group, Roster
from planner.model.reports import Finding, Importance, Outcome, RuleReport, Status
from planner.model.text import Message, message
from planner.rules import Rule
from planner.rules.balance import UNNOTICED

UNPRICED = "roles"  # shared out once the groups are made: a proof about the groups says nothing of them


class Standing(StrEnum):
    """How a rule stands, in a plan or in one of its groups; the worst first."""

    BROKEN = "broken"  # a rule that no plan may break
    OPEN = "open"  # whether there is a better plan is not known
    FEW_MOVES = "few-moves"  # there is none with so few changes; of plans with more nothing is known
    WHOLE = "whole"  # no plan is better
    RULE = "rule"  # this rule cannot be met better in any plan
    FINE = "fine"

    @property
    def proven(self) -> bool:
        """Whether it is proven that better is not possible, at the least with this few changes."""
        return self in (Standing.FEW_MOVES, Standing.RULE, Standing.WHOLE)


def is_best(outcome: Outcome) -> bool:
    """Whether it is proven that no plan with as many groups is better, moves left aside."""
    return outcome.status is not Status.BROKEN and outcome.cost <= outcome.bound


def is_closest(report: RuleReport) -> bool:
    """Whether it is proven that a rule cannot be met better in any plan with as many groups."""
    return not report.units or (report.bound is not None and report.units <= report.bound)


def sizes_of(groups: Iterable[Group]) -> Mapping[str, int]:
    """Return how many members each group has, by its label."""
    return {group.name: len(group.members) for group in groups}


def of_finding(outcome: Outcome | None, report: RuleReport, finding: Finding, members: int) -> Standing:
    """Return how a finding stands in a group of so many members.

    What people would not notice of a preference is fine: an average that is a tenth of the class's
    spread off.

    Parameters
    ----------
    outcome : Outcome or None
        Of the plan that the report is about; None where nothing is known but the report.
    report : RuleReport
    finding : Finding
        One of those in the report.
    members : int
        Of the group that it is about.

    Returns
    -------
    Standing
    """
    unnoticed = UNNOTICED * members if report.kind == "balance" and not report.broken else 0
    return Standing.FINE if finding.units <= unnoticed else _short(outcome, report)


def of_rule(outcome: Outcome | None, report: RuleReport, sizes: Mapping[str, int]) -> Standing:
    """Return how a rule stands in a plan: as the worst that it finds.

    Parameters
    ----------
    outcome : Outcome or None
        Of the plan that the report is about; None where nothing is known but the report.
    report : RuleReport
    sizes : mapping
        Members of each group, by its label.

    Returns
    -------
    Standing
    """
    if not report.units:
        return Standing.FINE
    found = (of_finding(outcome, report, one, sizes.get(one.group or "", 0)) for one in report.findings)
    return worst(found if report.findings else (_short(outcome, report),))


def _short(outcome: Outcome | None, report: RuleReport) -> Standing:
    """How a rule stands that is not all met."""
    if report.broken:
        return Standing.BROKEN
    if is_closest(report):
        return Standing.RULE
    if outcome is None or report.kind == UNPRICED:
        return Standing.OPEN
    return _priced(outcome)


def _priced(outcome: Outcome) -> Standing:
    """How a plan stands that costs something: what is proven of all that it costs."""
    if is_best(outcome):
        return Standing.WHOLE
    return Standing.FEW_MOVES if outcome.status is Status.OPTIMAL else Standing.OPEN


def of_plan(outcome: Outcome) -> Standing:
    """Return how a plan stands as a whole."""
    if outcome.status is Status.BROKEN:
        return Standing.BROKEN
    return Standing.FINE if outcome.cost == 0 else _priced(outcome)


def worst(found: Iterable[Standing]) -> Standing:
    """Return the worst of some; fine where there are none."""
    seen = set(found)
    return next((one for one in Standing if one in seen), Standing.FINE)


def gain(rule: Rule, report: RuleReport, roster: Roster) -> Message:
    """Return by how much a rule could be better at the most, as people would say it.

    Parameters
    ----------
    rule : Rule
    report : RuleReport
        Of the rule in a plan.
    roster : Roster

    Returns
    -------
    Message
    """
    return rule.natural(max(0, report.units - (report.bound or 0)), roster)


def describe(standing: Standing, gained: Message | None = None) -> Message:
    """Return how a rule stands, as strong as it is proven.

    Parameters
    ----------
    standing : Standing
    gained : Message, optional
        By how much it could be better at the most, where that is open.

    Returns
    -------
    Message
    """
    if standing is Standing.OPEN and gained is not None:
        return message("could be better by at most {gain}", gain=gained)
    return _WORDS[standing]


def describe_group(standing: Standing) -> Message:
    """Return how a group stands, by the worst that was found in it."""
    return _IN_A_GROUP[standing]


_WORDS: Mapping[Standing, Message] = {
    Standing.BROKEN: message("not met"),
    Standing.OPEN: message("could be better"),
    Standing.FEW_MOVES: message("better only with more changes (proven)"),
    Standing.RULE: message("as good as it gets (proven)"),
    Standing.WHOLE: message("as good as it gets with the other rules (proven)"),
    Standing.FINE: message("met"),
}
_IN_A_GROUP: Mapping[Standing, Message] = {
    Standing.BROKEN: message("Not met here"),
    Standing.OPEN: message("Could be better"),
    Standing.FEW_MOVES: message("Better only with more changes"),
    Standing.RULE: message("As good as it gets"),
    Standing.WHOLE: message("As good as it gets; no plan is better"),
    Standing.FINE: message("All is well here"),
}


def proof(report: RuleReport, standing: Standing) -> Message | None:
    """Return how good a rule could be by itself, as far as it is proven; never at odds with how it stands.

    What a rule could still gain in a plan that is proven best, others would lose.

    Parameters
    ----------
    report : RuleReport
    standing : Standing
        Of the rule in the plan.

    Returns
    -------
    Message or None
        None where nothing was asked, or where nothing is to be added.
    """
    if report.importance is Importance.MUST or report.proof is None or is_closest(report):
        return report.proof
    if standing is Standing.FINE:
        return None
    if standing is Standing.WHOLE:
        return _at_the_expense(report, message("better only at the expense of other rules"))
    if standing is Standing.FEW_MOVES:
        return _at_the_expense(report, message("better only with more changes"))
    return report.proof


def _at_the_expense(report: RuleReport, of: Message) -> Message:
    if report.bound is None or report.proof is None:
        return of
    return message("{proof}, and {of}", proof=report.proof, of=of)
