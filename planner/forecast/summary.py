"""Which plan gives the calmest term: the figures of simulated terms, and what may be said of them."""

from __future__ import annotations

from collections.abc import Sequence

from planner.forecast.intervals import (
    FEWEST,
    Interval,
    mean_interval,
    share_interval,
)
from planner.forecast.scenarios import AS_ASKED, OptionResult
from planner.model.base import Frozen


class OptionSummary(Frozen):
    """What became of an option, over all its terms, each figure with its interval.

    Attributes
    ----------
    row : OptionResult
    moved : Interval
        Students who have to move.
    touched : Interval
        Groups that somebody leaves or joins by a move.
    kept : Interval
        Share of familiar pairs that survive.
    no_moves : Interval
        Share of terms in which nobody has to move.
    stuck : Interval
        Share of terms in which at some moment no plan holds every `must` rule.
    against : Interval or None
        Students who have to move, less those with what the rules ask in the same
        terms; None for that one itself.
    """

    row: OptionResult
    moved: Interval
    touched: Interval
    kept: Interval
    no_moves: Interval
    stuck: Interval
    against: Interval | None = None


def option_summaries(rows: Sequence[OptionResult]) -> tuple[OptionSummary, ...]:
    """Return the figures of every option that has a plan, and enough terms."""
    base = next((row for row in rows if row.option == AS_ASKED and row.outcomes), None)
    return tuple(_figures(row, base) for row in rows if len(row.outcomes) >= FEWEST)


def _figures(row: OptionResult, base: OptionResult | None) -> OptionSummary:
    outcomes, terms = row.outcomes, len(row.outcomes)
    return OptionSummary(
        row=row,
        moved=mean_interval([f.moved for f in outcomes]).within(0, float("inf")),
        touched=mean_interval([f.touched for f in outcomes]).within(0, float("inf")),
        kept=mean_interval([f.share_kept for f in outcomes]).within(0, 1),
        no_moves=share_interval(sum(f.moved == 0 and not f.stuck for f in outcomes), terms),
        stuck=share_interval(sum(f.stuck for f in outcomes), terms),
        against=None if base is None or base is row else more_moves(row, base),
    )


def more_moves(row: OptionResult, other: OptionResult) -> Interval:
    """Return how many more students move than with another option, term by term with the same dropouts.

    Parameters
    ----------
    row : OptionResult
    other : OptionResult
        It is held against this one.

    Returns
    -------
    Interval
        Mean over the terms that both went through; below zero where fewer move.
    """
    theirs = {outcome.term: outcome.moved for outcome in other.outcomes}
    return mean_interval(
        [outcome.moved - theirs[outcome.term] for outcome in row.outcomes if outcome.term in theirs]
    )


def best_options(found: Sequence[OptionSummary]) -> tuple[OptionSummary, ...]:
    """Return the options with the fewest moves that cannot be told apart, the best one first.

    An option that is clearly more often without any plan than another is not among them:
    where nobody can be helped, nobody moves.
    """
    if not found:
        return ()
    seldom = min(figure.stuck.high for figure in found)
    able = [figure for figure in found if figure.stuck.low <= seldom]
    best = min(able, key=lambda figure: figure.moved.value)
    rest = [f for f in able if f is not best and not more_moves(f.row, best.row).excludes_zero]
    return (best, *sorted(rest, key=lambda figure: figure.moved.value))
