"""Which plan gives the calmest term: the figures of simulated terms, and what may be said of them."""

from __future__ import annotations

from collections.abc import Sequence

from planner.forecast.intervals import (
    FEWEST,
    Interval,
    mean_interval,
    share_interval,
)
from planner.forecast.scenarios import AS_ASKED, Option, OptionResult
from planner.model.domain import Frozen
from planner.model.text import Message, message, plural_message
from planner.rules.size import sizes


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


# In words


def name(option: Option, *, planned: bool) -> Message:
    """Return how an option is called; `planned`: the first one is a plan that exists.

    Parameters
    ----------
    option : Option
    planned : bool
        Whether the first option is a plan that exists.

    Returns
    -------
    Message
    """
    if option.size is not None:
        return message("Groups of {size}", size=option.size)
    if option.count is not None:
        return plural_message("One group", "{n} groups", option.count)
    return message("This plan") if planned else message("As the rules ask")


def verdict(found: Sequence[OptionSummary], *, planned: bool) -> Message:
    """Return which option gives the calmest term, no more than the terms show.

    Parameters
    ----------
    found : sequence of OptionSummary
        In the order of the options.
    planned : bool
        Whether the first option is a plan that exists.

    Returns
    -------
    Message
    """
    best = best_options(found)
    if not best:
        return message("There are too few simulated terms to say anything.")
    called = [name(figure.row.option, planned=planned) for figure in best]
    moved = shown_number(best[0].moved)
    if len(found) == 1:
        return message(
            "{option}: {moved} students have to move in a term, on average.", option=called[0], moved=moved
        )
    if len(best) == 1:
        return message(
            "Calmest: {option}. On average {moved} students have to move in a term; the difference with "
            "every other choice is more than chance.",
            option=called[0],
            moved=moved,
        )
    return message(
        "Calmest: {option}, with {moved} students who have to move in a term on average. The difference with "
        "these may be chance: {others}.",
        option=called[0],
        moved=moved,
        others=tuple(called[1:]),
    )


def shown_number(interval: Interval) -> Message:
    """Return a mean with its limits."""
    return message(
        "{value} ({low} to {high})",
        value=_tenths(interval.value),
        low=_tenths(interval.low),
        high=_tenths(interval.high),
    )


def _tenths(value: float) -> float:
    return round(value, 1) + 0.0  # never -0


def shown_share(interval: Interval) -> Message:
    """Return a share with its limits, in per cent."""
    return message(
        "{value}% ({low} to {high})",
        value=round(100 * interval.value),
        low=round(100 * interval.low),
        high=round(100 * interval.high),
    )


def refused(row: OptionResult, *, planned: bool) -> Message:
    """Return why an option has no figures.

    Parameters
    ----------
    row : OptionResult
    planned : bool
        Whether the first option is a plan that exists.

    Returns
    -------
    Message
    """
    called = name(row.option, planned=planned)
    if row.groups:
        return message("{option}: too few simulated terms to say anything.", option=called)
    if not row.reasons:
        return message(
            "{option}: no plan that holds every must rule was found with quick effort.", option=called
        )
    if row.proven:
        return message(
            "{option}: no plan can hold every must rule. {reasons}", option=called, reasons=row.reasons
        )
    return message(
        "{option}: no plan that holds every must rule was found with quick effort. What was in the way: "
        "{reasons}",
        option=called,
        reasons=row.reasons,
    )


def allowed(row: OptionResult) -> Message:
    """Return the group sizes that the rules of an option allow."""
    return sizes(*row.allowed)


def basis(terms: int, left: float) -> Message:
    """Return what the figures rest on.

    Parameters
    ----------
    terms : int
        How many were lived through.
    left : float
        How many students left in a term, on average.

    Returns
    -------
    Message
    """
    return message(
        "{terms} simulated terms for each choice, with the same dropouts ({left} students on average); "
        "between brackets where the true figure is with 95% confidence.",
        terms=terms,
        left=round(left, 1),
    )
