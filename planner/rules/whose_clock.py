"""What is said of the clock that moments are told on, and of how they were cut."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.clock_words import HOUR
from planner.model.domain import Roster
from planner.model.free_times import FreeTimes
from planner.model.problems import Level, Problem
from planner.model.term_clock import TermClock
from planner.model.text import message, plural_message
from planner.model.wording import shortened


def check_clock(times: FreeTimes, roster: Roster, heading: str, clock: TermClock) -> Iterator[Problem]:
    """Say how long a moment is where it was cut, and whose clock it is told on where that differs.

    Parameters
    ----------
    times : FreeTimes
    roster : Roster
    heading : str
        Of the first column with moments.
    clock : TermClock
        What the coordinator said of it.

    Yields
    ------
    Problem
    """
    if times.unknown:
        typed = tuple(dict.fromkeys(f"“{one}”" for one in times.unknown.values()))
        yield Problem(
            code="unknown-zone",
            level=Level.ASSUMED,
            message=message(
                "{typed} is not a time zone that Hecht knows; the times of {names} count as times in "
                "the time zone of the course.",
                typed=shortened(typed),
                names=shortened(roster.names(times.unknown)),
            ),
            hint=message("Write a zone such as “Europe/Amsterdam”, “UTC+2” or a city."),
            column=heading,
        )
    if times.elsewhere and times.zone is not None:
        yield from _moved(times, roster, heading, clock)
    if times.step is not None and not times.elsewhere:
        yield _cut(times.step, heading)


def _moved(times: FreeTimes, roster: Roster, heading: str, clock: TermClock) -> Iterator[Problem]:
    yield Problem(
        code="time-zones",
        level=Level.ASSUMED if clock.zone is None else Level.NOTE,
        message=plural_message(
            "Times are given in the time zone {zone}; those of {names}, who is elsewhere, are "
            "converted to it.",
            "Times are given in the time zone {zone}; those of {n} students who are elsewhere "
            "are converted to it: {names}.",
            len(times.elsewhere),
            zone=times.zone or "",
            names=shortened(roster.names(times.elsewhere)),
        ),
        hint=message(
            "Should it be another one? Choose it under “Roles and weeks”; in a rules file it is "
            "time_zone, under [term]."
        )
        if clock.zone is None
        else None,
        column=heading,
    )
    if clock.first is None:
        yield Problem(
            code="no-dates",
            level=Level.ASSUMED,
            message=message(
                "The dates of the term are not known, so a time counts only where it holds both in winter "
                "and in summer."
            ),
            hint=message(
                "Fill in the first day of the term under “Roles and weeks”; in a rules file it is starts, "
                "under [term]."
            ),
            column=heading,
        )


def _cut(step: int, heading: str) -> Problem:
    told = {
        HOUR: message("Times in “{column}” overlap; they are counted by the hour.", column=heading),
        30: message("Times in “{column}” overlap; they are counted by the half hour.", column=heading),
        15: message(
            "Times in “{column}” overlap; they are counted by the quarter of an hour.", column=heading
        ),
    }
    return Problem(
        code="times-cut",
        level=Level.NOTE,
        message=told[step],
        hint=message("You can ask for hours in one piece as well."),
        column=heading,
    )
