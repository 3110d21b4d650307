"""Who wants which topic and can meet when, before there are groups."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from planner.model.domain import Roster
from planner.rules.settings import Rules
from planner.rules.topic_values import topic_steps


@dataclass(frozen=True)
class TopicDemand:
    """How many want a topic.

    Attributes
    ----------
    name : str
    by_step : tuple of int
        How many have it as their first choice, their second, and so on; or as their best score, one step
        below it, and so on.
    groups : tuple of (int, int)
        How many groups take it on, at the least and at the most.
    """

    name: str
    by_step: tuple[int, ...]
    groups: tuple[int, int]

    @property
    def students(self) -> int:
        """How many chose it at all."""
        return sum(self.by_step)


@dataclass(frozen=True)
class TimeDemand:
    """How many are free at a time, tutors and rooms left aside."""

    moment: str
    free: int


def topic_demand(rules: Rules, roster: Roster) -> tuple[TopicDemand, ...]:
    """Return how many want each topic, in the coordinator's order; nothing where nobody chose.

    Parameters
    ----------
    rules : Rules
    roster : Roster

    Returns
    -------
    tuple of TopicDemand
    """
    resources, topics = rules.resources, rules.topics
    if topics is None or not topics.asked:
        return ()
    steps = topic_steps(topics, resources.topic_names, roster)
    counts = {name: Counter[int]() for name in resources.topic_names}
    for chosen in steps.of.values():
        for name, step in chosen.items():
            counts[name][step] += 1
    return tuple(
        TopicDemand(name, tuple(found[step] for step in range(steps.beyond)), resources.number("topic", name))
        for name, found in counts.items()
    )


def time_demand(rules: Rules, roster: Roster) -> tuple[TimeDemand, ...]:
    """Return how many are free at each time, most first; nothing where nobody was asked.

    Parameters
    ----------
    rules : Rules
    roster : Roster

    Returns
    -------
    tuple of TimeDemand
    """
    resources = rules.resources
    times = resources.times(roster)
    if times is None:
        return ()
    free = times.free(roster.students).sum(axis=0)
    every = dict(zip(times.every, free.tolist(), strict=True))
    found = [TimeDemand(moment, every[moment]) for moment in resources.moments(roster)]
    return tuple(sorted(found, key=lambda one: -one.free))
