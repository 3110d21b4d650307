"""Which plan gives the calmest term: the figures of simulated terms, and what may be said of them."""

from __future__ import annotations

from collections.abc import Sequence

from planner.chances import AS_ASKED, Option, Row
from planner.domain import Frozen
from planner.intervals import FEWEST, Interval, mean_interval, share_interval
from planner.rules.size import sizes
from planner.text import Message, say, say_many


class Figures(Frozen):
    """What became of an option, over all its terms, each figure with its interval.

    Attributes
    ----------
    row : Row
    moved : Interval
        Students who have to move.
    touched : Interval
        Groups that somebody leaves or joins by a move.
    kept : Interval
        Share of familiar pairs that survive.
    calm : Interval
        Share of terms in which nobody has to move.
    stuck : Interval
        Share of terms in which at some moment no plan holds every `must` rule.
    against : Interval or None
        Students who have to move, less those with what the rules ask in the same
        terms; None for that one itself.
    """

    row: Row
    moved: Interval
    touched: Interval
    kept: Interval
    calm: Interval
    stuck: Interval
    against: Interval | None = None


def figures(rows: Sequence[Row]) -> tuple[Figures, ...]:
    """Return the figures of every option that has a plan, and enough terms."""
    base = next((row for row in rows if row.option == AS_ASKED and row.fates), None)
    return tuple(_figures(row, base) for row in rows if len(row.fates) >= FEWEST)


def _figures(row: Row, base: Row | None) -> Figures:
    fates, terms = row.fates, len(row.fates)
    return Figures(
        row=row,
        moved=mean_interval([f.moved for f in fates]).within(0, float("inf")),
        touched=mean_interval([f.touched for f in fates]).within(0, float("inf")),
        kept=mean_interval([f.share_kept for f in fates]).within(0, 1),
        calm=share_interval(sum(f.moved == 0 and not f.stuck for f in fates), terms),
        stuck=share_interval(sum(f.stuck for f in fates), terms),
        against=None if base is None or base is row else more_moves(row, base),
    )


def more_moves(row: Row, other: Row) -> Interval:
    """Return how many more students move than with another option, term by term with the same dropouts."""
    theirs = {fate.term: fate.moved for fate in other.fates}
    return mean_interval([fate.moved - theirs[fate.term] for fate in row.fates if fate.term in theirs])


def calmest(found: Sequence[Figures]) -> tuple[Figures, ...]:
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
    """Return how an option is called; `planned`: the first one is a plan that exists."""
    if option.size is not None:
        return say("Groups of {size}", size=option.size)
    if option.count is not None:
        return say_many("One group", "{n} groups", option.count)
    return say("This plan") if planned else say("As the rules ask")


def verdict(found: Sequence[Figures], *, planned: bool) -> Message:
    """Return which option gives the calmest term, no more than the terms show."""
    best = calmest(found)
    if not best:
        return say("There are too few simulated terms to say anything.")
    called = [name(figure.row.option, planned=planned) for figure in best]
    moved = shown_number(best[0].moved)
    if len(found) == 1:
        return say(
            "{option}: {moved} students have to move in a term, on average.", option=called[0], moved=moved
        )
    if len(best) == 1:
        return say(
            "Calmest: {option}. On average {moved} students have to move in a term; the difference with "
            "every other choice is more than chance.",
            option=called[0],
            moved=moved,
        )
    return say(
        "Calmest: {option}, with {moved} students who have to move in a term on average. The difference with "
        "these may be chance: {others}.",
        option=called[0],
        moved=moved,
        others=tuple(called[1:]),
    )


def shown_number(interval: Interval) -> Message:
    """Return a mean with its limits."""
    return say(
        "{value} ({low} to {high})",
        value=_tenths(interval.value),
        low=_tenths(interval.low),
        high=_tenths(interval.high),
    )


def _tenths(value: float) -> float:
    return round(value, 1) + 0.0  # never -0


def shown_share(interval: Interval) -> Message:
    """Return a share with its limits, in per cent."""
    return say(
        "{value}% ({low} to {high})",
        value=round(100 * interval.value),
        low=round(100 * interval.low),
        high=round(100 * interval.high),
    )


def refused(row: Row, *, planned: bool) -> Message:
    """Return why an option has no figures."""
    called = name(row.option, planned=planned)
    if row.groups:
        return say("{option}: too few simulated terms to say anything.", option=called)
    if not row.reasons:
        return say("{option}: no plan that holds every must rule was found with quick effort.", option=called)
    if row.proven:
        return say(
            "{option}: no plan can hold every must rule. {reasons}", option=called, reasons=row.reasons
        )
    return say(
        "{option}: no plan that holds every must rule was found with quick effort. What was in the way: "
        "{reasons}",
        option=called,
        reasons=row.reasons,
    )


def allowed(row: Row) -> Message:
    """Return the group sizes that the rules of an option allow."""
    return sizes(*row.allowed)


def basis(terms: int, left: float) -> Message:
    """Return what the figures rest on."""
    return say(
        "{terms} simulated terms for each choice, with the same dropouts ({left} students on average); "
        "between brackets where the true figure is with 95% confidence.",
        terms=terms,
        left=round(left, 1),
    )
