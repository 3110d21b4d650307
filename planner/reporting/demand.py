"""What students want, before there are groups: who chose which topic, and when most can meet."""

from __future__ import annotations

from planner.model.domain import Roster
from planner.model.reports import Importance
from planner.model.text import Message, message, plural_message
from planner.rules import Rules
from planner.rules.demand import TopicDemand, time_demand, topic_demand
from planner.rules.resources import PLENTY
from planner.rules.topic_choice import said_step

MOST_TIMES = 5  # that are named


def demand_lines(rules: Rules, roster: Roster) -> tuple[Message, ...]:
    """Say how many want each topic, and at which times most students are free.

    Parameters
    ----------
    rules : Rules
    roster : Roster

    Returns
    -------
    tuple of Message
        A sentence each; none where no topics or meetings are asked for.
    """
    topics = [_topic(one, rules) for one in topic_demand(rules, roster)]
    times = time_demand(rules, roster)[:MOST_TIMES]
    if not times:
        return tuple(topics)
    named = tuple(message("{moment} ({free})", moment=one.moment, free=one.free) for one in times)
    most = message(
        "Most students are free at these times, of {n}: {times}.", n=len(roster.students), times=named
    )
    return (*topics, most)


def _topic(demand: TopicDemand, rules: Rules) -> Message:
    scored = rules.topics is not None and rules.topics.scores is not None
    parts = [
        message("{n} × {what}", n=count, what=said_step(step, scored=scored))
        for step, count in enumerate(demand.by_step)
        if count
    ]
    if not parts:
        return message("{topic}: nobody chose it.", topic=demand.name)
    smallest, largest = rules.groups.size
    must = rules.topics is not None and rules.topics.importance is Importance.MUST
    if must and demand.students < smallest:
        return plural_message(
            "{topic}: {parts}. One student chose it, and a group needs {smallest}: no group can have it.",
            "{topic}: {parts}. {n} students chose it, and a group needs {smallest}: no group can have it.",
            demand.students,
            topic=demand.name,
            parts=parts,
            smallest=smallest,
        )
    most = demand.groups[1]
    if most >= PLENTY:
        return message("{topic}: {parts}.", topic=demand.name, parts=parts)
    return message("{topic}: {parts}; room for {room}.", topic=demand.name, parts=parts, room=most * largest)
