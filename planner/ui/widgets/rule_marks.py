"""The signs for how a rule stands in a plan, on its card and in tables (`planner.reporting.standing`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.model.domain import RuleReport
from planner.model.text import Message, message
from planner.reporting import standing
from planner.reporting.standing import Standing
from planner.ui.session.language import badge, shown

PROVEN, WITHIN, UNKNOWN = ":material/verified: ", ":material/straighten: ", ":material/help: "
NONE = "–"
SIGNS: Mapping[Standing, str] = {
    Standing.BROKEN: ":material/close: ",
    Standing.OPEN: ":material/trending_flat: ",
    Standing.FEW_MOVES: PROVEN,
    Standing.WHOLE: PROVEN,
    Standing.RULE: PROVEN,
    Standing.FINE: ":material/check: ",
}


def of_group(found: Iterable[Standing]) -> str:
    """Return the badge of a group in which these were found."""
    worst = standing.worst(found)
    if worst is Standing.FINE:
        return badge("green", ":material/check:", message("All is well here"))
    if worst is Standing.BROKEN:
        return badge("red", ":material/close:", message("Not met here"))
    if worst is Standing.OPEN:
        return badge("orange", ":material/trending_flat:", message("Could be better"))
    if worst is Standing.FEW_MOVES:
        return badge("gray", ":material/verified:", message("As good as it gets with this few changes"))
    if worst is Standing.RULE:
        return badge("gray", ":material/verified:", message("As good as it gets"))
    return badge("gray", ":material/verified:", message("As good as it gets; no plan is better"))


def proof(report: RuleReport, stands: Standing) -> str:
    """Return how good a rule could be, as far as it is proven, with a sign; else a dash."""
    said: Message | None = standing.proof(report, stands)
    if said is None:
        return NONE
    if stands.proven or standing.is_closest(report):
        return PROVEN + shown(said)
    return (UNKNOWN if report.bound is None else WITHIN) + shown(said)
