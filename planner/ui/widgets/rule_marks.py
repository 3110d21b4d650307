"""How a rule stands in a plan, on its card and in the table: no more than is proven, and never two at odds.

A rule is met, not met, or partly met. Partly met can be as good as it gets: proven of the rule
alone, or of the plan as a whole. What a rule could then still gain, others would lose.
"""

from __future__ import annotations

from enum import StrEnum

from planner.model.domain import (
    Finding,
    Outcome,
    RuleReport,
    Status,
)
from planner.model.text import Message, message
from planner.reporting import describe as words
from planner.ui.session.language import badge

UNNOTICED = 10  # units of balance for each member: hundredths of the class's standard deviation
HOLDS, PARTLY, BROKEN = ":material/check: ", ":material/trending_flat: ", ":material/close: "
PROVEN, WITHIN, UNKNOWN = ":material/verified: ", ":material/straighten: ", ":material/help: "
NONE = "–"


class Standing(StrEnum):
    """How something that a rule found stands, the worst first."""

    BROKEN = "broken"  # a rule that no plan may break
    OPEN = "open"  # whether there is a better plan is not known
    FEW_MOVES = "few-moves"  # there is none with so few moves
    RULE = "rule"  # this rule cannot be met better in any plan
    WHOLE = "whole"  # no plan is better
    FINE = "fine"


def of_finding(outcome: Outcome, report: RuleReport, finding: Finding, members: int) -> Standing:
    """Return how a finding stands in a group of so many members of a plan.

    What people would not notice is fine: a mean that is a tenth of the class's spread off.
    """
    if finding.units <= (UNNOTICED * members if report.kind == "balance" else 0):
        return Standing.FINE
    if report.broken:
        return Standing.BROKEN
    if words.is_best(outcome):
        return Standing.WHOLE
    if report.bound is not None and report.units <= report.bound:
        return Standing.RULE
    return Standing.FEW_MOVES if outcome.status is Status.OPTIMAL else Standing.OPEN


def of_group(found: list[Standing]) -> str:
    """Return the badge of a group in which these were found."""
    worst = next((one for one in Standing if one in found), Standing.FINE)
    if worst is Standing.FINE:
        return badge("green", ":material/check:", message("All is well here"))
    if worst is Standing.BROKEN:
        return badge("red", ":material/close:", message("Not met here"))
    if worst is Standing.OPEN:
        return badge("orange", ":material/trending_flat:", message("Partly met"))
    if worst is Standing.FEW_MOVES:
        return badge("gray", ":material/trending_flat:", message("Partly met"))
    if worst is Standing.RULE:
        return badge("gray", ":material/verified:", message("Partly met, as well as possible"))
    return badge("gray", ":material/verified:", message("Partly met; no plan is better"))


def standing(report: RuleReport) -> tuple[str, Message]:
    """Return a sign and a word or two for how a rule stands in a plan."""
    sign = BROKEN if report.broken else PARTLY if report.units else HOLDS
    return sign, words.standing(report)


def proof(report: RuleReport, outcome: Outcome) -> tuple[str, Message] | None:
    """Return how good a rule could be, as far as it is proven, with a sign; None where nothing was asked."""
    said = words.proof(report, outcome)
    if said is None:
        return None
    if words.is_best(outcome) or (report.bound is not None and report.units <= report.bound):
        return PROVEN, said
    return (UNKNOWN if report.bound is None else WITHIN), said
