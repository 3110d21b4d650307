"""What simulated terms show, in words: no more than the figures allow."""

from __future__ import annotations

from collections.abc import Sequence

from planner.forecast.intervals import (
    Interval,
)
from planner.forecast.scenarios import Option, OptionResult
from planner.forecast.summary import OptionSummary, best_options
from planner.model.text import Message, message, plural_message
from planner.rules.size import sizes


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
            "{option}: a quick search found no plan that meets every required rule.", option=called
        )
    if row.proven:
        return message(
            "{option}: no plan can meet every required rule. {reasons}", option=called, reasons=row.reasons
        )
    return message(
        "{option}: a quick search found no plan that meets every required rule. What was in the way: "
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
        "{terms} simulated terms for each choice, in which the same students leave ({left} on average); "
        "between brackets where the true figure is with 95% confidence.",
        terms=terms,
        left=round(left, 1),
    )
