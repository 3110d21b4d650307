"""What is wrong with the term of a course."""

from __future__ import annotations

from planner.model.problems import Level, Problem
from planner.model.term import TermSettings
from planner.model.text import message, plural_message
from planner.model.time_zones import zone_name


def check_term(term: TermSettings, *, beside_members: bool = False) -> list[Problem]:
    """Return what is wrong with a term: a zone that is none, a refresh that cannot be.

    Parameters
    ----------
    term : TermSettings
    beside_members : bool, default False
        Whether groups have a topic, a tutor, a time or a room.

    Returns
    -------
    list of Problem
    """
    named = term.time_zone
    if named is not None and zone_name(named) is None:
        return [
            Problem(
                code="term-zone",
                level=Level.ERROR,
                message=message("“{typed}” is not a time zone that Hecht knows.", typed=named),
                hint=message("Write a zone such as “Europe/Amsterdam”, “UTC+2” or a city."),
            )
        ]
    if term.refresh_after and beside_members:
        return [
            Problem(
                code="refresh-beside-members",
                level=Level.ERROR,
                message=message("A refresh does not keep topics, tutors, times and rooms of groups yet."),
                hint=message("Leave out refresh_after under [term]."),
            )
        ]
    late = [week for week in term.refresh_after if not 1 <= week < term.weeks]
    if not late:
        return []
    return [
        Problem(
            code="refresh-outside-term",
            level=Level.ERROR,
            message=plural_message(
                "The term has one week; there can be no refresh after week {week}.",
                "The term has {n} weeks; there can be no refresh after week {week}.",
                term.weeks,
                week=late[0],
            ),
            hint=message("Choose a week before the last one."),
        )
    ]
