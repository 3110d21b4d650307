"""The rounds of roles in a plan: from which week to which, as the rules ask and as its turns show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from planner.model.domain import Turn
from planner.rules.settings import Rules


def rounds_of(
    rules: Rules, from_week: int = 1, until: int | None = None, counted_from: int | None = None
) -> list[tuple[int, int]]:
    """Return the first and last week of every round of roles in a run of weeks.

    Where roles stay as long as the groups do, all weeks are one round.

    Parameters
    ----------
    rules : Rules
    from_week : int, default 1
        The first one that counts.
    until : int, optional
        The last one; None is that of the term.
    counted_from : int, optional
        The week that rounds are counted from, before which there may be some as well; None is `from_week`.

    Returns
    -------
    list of tuple of (int, int)
        First and last week, both included.
    """
    last, every = until or rules.term.weeks, rules.roles.rotate_every
    if not every:
        return [(from_week, last)] if from_week <= last else []
    under_way = 0 if counted_from is None else (from_week - counted_from) % every
    firsts = range(from_week - under_way, last + 1, every)
    return [(max(week, from_week), min(week + every - 1, last)) for week in firsts]


def counted_from(rules: Rules, turns: Sequence[Turn], from_week: int, until: int | None = None) -> int:
    """Return a week from which the rounds of a block are counted, as its turns show.

    That is its first week, so that a block opens with a whole round. Where roles went round
    at another pace before, it is the week from which they go round at this one: rounds
    begin in the weeks in which most roles change hands.

    Parameters
    ----------
    rules : Rules
    turns : sequence of Turn
        Of the block.
    from_week : int
        A week of the block.
    until : int, optional
        The last one that is looked at; None is that of the block.

    Returns
    -------
    int
    """
    (start, end), every = _block(rules, from_week), rules.roles.rotate_every
    if every < 2:
        return start
    last = until or end
    held = _by_week(turns, start, last)
    changed = [week for week in range(start + 1, last + 1) if _most_changed(held, week)]
    begun = Counter((week - start) % every for week in changed if week >= from_week)
    latest = (changed[-1] - start) % every if changed else 0
    return start + max(range(every), key=lambda later: (begun[later], later == latest, -later))


def _block(rules: Rules, week: int) -> tuple[int, int]:
    return max(weeks for weeks in rules.term.blocks() if weeks[0] <= max(1, week))


def past_rounds(
    rules: Rules, turns: Sequence[Turn], from_week: int, counted: int | None = None
) -> list[tuple[int, int]]:
    """Return the rounds of a block that are over when a week begins.

    Where roles went round faster then, most changed within what is one round now: each stretch
    in between was a round. A round that goes on is not over.

    Parameters
    ----------
    rules : Rules
    turns : sequence of Turn
        Of the weeks that are over, at least.
    from_week : int
        The one that begins.
    counted : int, optional
        The week that rounds are counted from; None is what the turns show.

    Returns
    -------
    list of tuple of (int, int)
        First and last week, both included, oldest first.
    """
    counted = counted_from(rules, turns, from_week) if counted is None else counted
    return _rounds_between(rules, turns, _block(rules, from_week)[0], from_week, counted)


def rounds_before(rules: Rules, turns: Sequence[Turn], from_week: int) -> list[tuple[int, int]]:
    """Return every round that began before a week, in whatever block; one that goes on ends there.

    Parameters
    ----------
    rules : Rules
    turns : sequence of Turn
        Of the weeks before, at least.
    from_week : int

    Returns
    -------
    list of tuple of (int, int)
        First and last week, both included, oldest first.
    """
    found: list[tuple[int, int]] = []
    for first, last in rules.term.blocks():
        end = min(last + 1, from_week)
        if first < end:
            counted = counted_from(rules, turns, first, last)
            over = _rounds_between(rules, turns, first, end, counted)
            goes_on = over[-1][1] + 1 if over else first
            found += [*over, (goes_on, end - 1)] if goes_on < end else over
    return found


def _rounds_between(
    rules: Rules, turns: Sequence[Turn], start: int, end: int, counted: int
) -> list[tuple[int, int]]:
    held = _by_week(turns, start, end)
    every = rules.roles.rotate_every
    ends = [
        week
        for week in range(start + 1, end + 1)
        if (every and (week - counted) % every == 0) or _most_changed(held, week)
    ]
    return [(first, week - 1) for first, week in pairwise([start, *ends])]


def _by_week(turns: Sequence[Turn], first: int, last: int) -> dict[int, set[tuple[str, str]]]:
    held: dict[int, set[tuple[str, str]]] = {}
    for turn in turns:
        if first <= turn.week <= last and not turn.minds:
            held.setdefault(turn.week, set()).add((turn.student_id, turn.role))
    return held


def _most_changed(held: Mapping[int, set[tuple[str, str]]], week: int) -> bool:
    before, now = held.get(week - 1, set()), held.get(week, set())
    return bool(now) and 2 * len(before & now) < len(before)
