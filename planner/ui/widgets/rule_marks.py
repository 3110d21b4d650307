"""The signs for how a rule stands in a plan, on its card and in tables (`planner.reporting.standing`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.model.reports import RuleReport
from planner.model.text import Message
from planner.reporting import standing
from planner.reporting.standing import Standing
from planner.ui.session.language import badge, shown

PROVEN, WITHIN, UNKNOWN = ":material/verified: ", ":material/straighten: ", ":material/help: "
FEW_MOVES = ":material/move_group: "  # proven of plans with so few changes, and of no others
NONE = "–"
SIGNS: Mapping[Standing, str] = {
    Standing.BROKEN: ":material/close: ",
    Standing.OPEN: ":material/trending_flat: ",
    Standing.FEW_MOVES: FEW_MOVES,
    Standing.WHOLE: PROVEN,
    Standing.RULE: PROVEN,
    Standing.FINE: ":material/check: ",
}
COLOURS: Mapping[Standing, str] = {
    Standing.BROKEN: "red",
    Standing.OPEN: "orange",
    Standing.FEW_MOVES: "orange",
    Standing.WHOLE: "gray",
    Standing.RULE: "gray",
    Standing.FINE: "green",
}


def of_group(found: Iterable[Standing]) -> str:
    """Return the badge of a group in which these were found."""
    worst = standing.worst(found)
    return badge(COLOURS[worst], SIGNS[worst].strip(), standing.describe_group(worst))


def proof(report: RuleReport, stands: Standing) -> str:
    """Return how good a rule could be, as far as it is proven, with a sign; else a dash."""
    said: Message | None = standing.proof(report, stands)
    if said is None:
        return NONE
    if stands.proven and not standing.is_closest(report):
        return SIGNS[stands] + shown(said)
    if standing.is_closest(report):
        return PROVEN + shown(said)
    return (UNKNOWN if report.bound is None else WITHIN) + shown(said)
