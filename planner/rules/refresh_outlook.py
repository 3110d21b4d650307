"""What the refreshes of a term cannot do, said before a run."""

from __future__ import annotations

from planner.model.problems import Level, Problem
from planner.model.term import TermSettings, nobody_can_move
from planner.model.text import message, plural_message


def refresh_outlook(term: TermSettings, size: tuple[int, int], students: int) -> tuple[Problem, ...]:
    """Say before a run what the refreshes of a term cannot do.

    Parameters
    ----------
    term : TermSettings
    size : tuple of (int, int)
        Least and most members of a group.
    students : int
        In the class.

    Returns
    -------
    tuple of Problem
        Empty where somebody can move.
    """
    smallest, largest = size
    if len(term.blocks()) == 1 or term.meet == "new":
        return ()
    if nobody_can_move(largest, term.keep_familiar):
        return (
            Problem(
                code="refresh-moves-nobody",
                level=Level.ASSUMED,
                message=plural_message(
                    "Nobody can move in a refresh: with groups of at most {largest}, nobody can meet new "
                    "people and keep one group member.",
                    "Nobody can move in a refresh: with groups of at most {largest}, nobody can meet new "
                    "people and keep {n} group members.",
                    term.keep_familiar,
                    largest=largest,
                ),
                hint=plural_message(
                    "Ask to keep fewer group members (keep_familiar), or allow groups of one.",
                    "Ask to keep fewer group members (keep_familiar), or allow groups of {n}.",
                    2 * (term.keep_familiar + 1),
                ),
            ),
        )
    fewest = 2 * min(term.keep_familiar + 1, smallest)
    allowed = term.most_moved(students)
    if allowed < fewest:
        return (
            Problem(
                code="refresh-moves-nobody",
                level=Level.ASSUMED,
                message=message(
                    "Nobody can move in a refresh: at least {fewest} students would have to move together, "
                    "and at most {allowed} may (max_moved).",
                    fewest=fewest,
                    allowed=allowed,
                ),
                hint=message("Let a larger part of the class move (max_moved)."),
            ),
        )
    return ()
