"""Where topics, tutors, times and rooms cannot suffice, whatever the groups: told by counting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from planner.model.domain import Roster
from planner.model.problems import Level, Problem
from planner.model.reports import Importance
from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened
from planner.planning.reach import groups_said
from planner.rules.column_values import as_answered, has
from planner.rules.resources import PLENTY, Resources
from planner.rules.settings import Rules
from planner.rules.topic_values import TopicSteps, topic_steps

# Codes of what is told here: no plan can hold.
SHORT = frozenset(
    {"resources-short", "resources-many", "topic-short", "choices-short", "time-short", "need-short"}
)
ROOM_FOR: Mapping[str, Message] = {
    "topic": message("The topics"),
    "tutor": message("The tutors"),
    "room": message("The rooms"),
    "moment": message("Tutors and rooms, at the times that they share,"),
}


def check_resource_counts(rules: Rules, counts: Sequence[int], roster: Roster) -> list[Problem]:
    """Return what topics, tutors, times and rooms cannot give, however many groups there are.

    Parameters
    ----------
    rules : Rules
    counts : sequence of int
        The numbers of groups that fit.
    roster : Roster

    Returns
    -------
    list of Problem
    """
    resources = rules.resources
    if not counts or not resources.kinds or any(one.level is Level.ERROR for one in rules.check(roster)):
        return []
    return [
        *_room(resources, min(counts), roster),
        *_asked(resources, max(counts)),
        *_chosen(rules, roster),
        *_free(resources, roster),
        *_needed(resources, roster),
    ]


def _room(resources: Resources, fewest: int, roster: Roster) -> Iterator[Problem]:
    """Find what has room for fewer groups than there are at the least."""
    for kind, room in _capacities(resources, roster).items():
        if room < fewest:
            yield _problem(
                "resources-short",
                plural_message(
                    "{what} have room for one group, and there are at least {groups}.",
                    "{what} have room for {n} groups, and there are at least {groups}.",
                    room,
                    what=ROOM_FOR[kind],
                    groups=groups_said(fewest),
                ),
                message("Allow one of them more groups, add one, or ask for fewer and larger groups."),
            )


def _capacities(resources: Resources, roster: Roster) -> dict[str, int]:
    """Return how many groups topics, tutors, rooms, and tutors and rooms together have room for."""
    found = {
        kind: sum(resources.number(kind, name)[1] for name in resources.names(kind, roster))
        for kind in resources.kinds
        if kind != "moment"
    }
    if resources.meetings is None:
        return found
    moments = resources.moments(roster)
    tutors = [set(resources.held(one.moments, roster)) for one in resources.tutor]
    rooms = [(set(resources.held(one.moments, roster)), one.groups) for one in resources.room]
    if tutors:
        most = [resources.number("tutor", one.name)[1] for one in resources.tutor]
        found["tutor"] = sum(min(many, len(those)) for many, those in zip(most, tutors, strict=True))
    if rooms:
        found["room"] = sum(groups * len(those) for those, groups in rooms)
    if tutors and rooms:
        at_tutors = {moment: sum(moment in those for those in tutors) for moment in moments}
        in_rooms = {moment: sum(groups for those, groups in rooms if moment in those) for moment in moments}
        found["moment"] = sum(min(at_tutors[moment], in_rooms[moment]) for moment in moments)
    return found


def _asked(resources: Resources, most: int) -> Iterator[Problem]:
    """Find topics or tutors that together have to have more groups than there can be."""
    listed = (("topic", message("The topics")), ("tutor", message("The tutors")))
    for kind, what in listed:
        least = sum(resources.number(kind, one.name)[0] for one in getattr(resources, kind))
        if least > most:
            yield _problem(
                "resources-many",
                message(
                    "{what} are to have at least {least} groups together, and there are at most {groups}.",
                    what=what,
                    least=least,
                    groups=groups_said(most),
                ),
                message("Lower the first number of `groups` for some of them, or allow smaller groups."),
            )


def _chosen(rules: Rules, roster: Roster) -> Iterator[Problem]:
    """Find topics that too few chose for a group that must be, and that too many chose alone."""
    resources, topics = rules.resources, rules.topics
    if topics is None or not topics.asked or topics.importance is not Importance.MUST:
        return
    steps = topic_steps(topics, resources.topic_names, roster)
    smallest, largest = rules.groups.size
    for topic in resources.topic:
        least = 0 if topic.groups is None else topic.groups[0]
        able = sum(not steps.outside(student.id, topic.name) for student in roster.students)
        if able < least * smallest:
            yield _too_few(topic.name, able, least, smallest)
    room = {name: min(PLENTY, resources.number("topic", name)[1] * largest) for name in resources.topic_names}
    yield from _too_many(steps, room, roster)


def _too_few(topic: str, able: int, least: int, smallest: int) -> Problem:
    sentence = plural_message(
        "One student chose “{topic}” or nothing, and {groups} on it would need at least {needed}.",
        "{n} students chose “{topic}” or nothing, and {groups} on it would need at least {needed}.",
        able,
        topic=topic,
        groups=groups_said(least),
        needed=least * smallest,
    )
    hint = message(
        "Let “{topic}” have fewer groups, or make the choices important instead of required.", topic=topic
    )
    return _problem("topic-short", sentence, hint)


def _too_many(steps: TopicSteps, room: Mapping[str, int], roster: Roster) -> Iterator[Problem]:
    """Find topics that more students have to be on than fit, by Hall's theorem: a place for each in turn.

    Where somebody finds none, whoever is on the topics that were tried chose no other.
    """
    on: dict[str, list[str]] = {topic: [] for topic in room}
    for student in (one.id for one in roster.students if one.id in steps.of):
        tried: set[str] = set()
        if not _placed(student, steps, room, on, tried):
            only = [one for one, chosen in steps.of.items() if set(chosen) <= tried]
            places = sum(room[topic] for topic in tried)
            names = tuple(f"“{topic}”" for topic in room if topic in tried)
            sentence = plural_message(
                "{count} students chose nothing but {topics}, which has room for one.",
                "{count} students chose nothing but {topics}, where there is room for {n}.",
                places,
                count=len(only),
                topics=shortened(names),
            )
            hint = message(
                "Let one of them have more groups, or make the choices important instead of required."
            )
            yield _problem("choices-short", sentence, hint)
            return


def _placed(
    student: str, steps: TopicSteps, room: Mapping[str, int], on: dict[str, list[str]], tried: set[str]
) -> bool:
    """Put a student on a topic of choice, others on another of theirs where that makes room."""
    for topic in steps.of[student]:
        if topic in tried:
            continue
        tried.add(topic)
        if len(on[topic]) < room[topic]:
            on[topic].append(student)
            return True
        for place, other in enumerate(on[topic]):
            if _placed(other, steps, room, on, tried):
                on[topic][place] = student
                return True
    return False


def _free(resources: Resources, roster: Roster) -> Iterator[Problem]:
    """Find students who are free at no time at which tutors and rooms are there."""
    times, meetings = resources.times(roster), resources.meetings
    if times is None or meetings is None or meetings.importance is not Importance.MUST:
        return
    there = set(resources.moments(roster))
    for some in (resources.tutor, resources.room):
        if some:
            there &= {moment for one in some for moment in resources.held(one.moments, roster)}
    said = {student.id: times.of(student) for student in roster.students}
    never = [one for one, free in said.items() if free is not None and there.isdisjoint(free)]
    if never:
        sentence = plural_message(
            "{names} is free at none of the times at which a group could meet.",
            "{n} students are free at none of the times at which a group could meet: {names}.",
            len(never),
            names=shortened(roster.names(never)),
        )
        hint = message("Ask them for more times, or make the meetings important instead of required.")
        yield _problem("time-short", sentence, hint)


def _needed(resources: Resources, roster: Roster) -> Iterator[Problem]:
    """Find topics that must be taken and need more of an answer than the class has."""
    for topic in resources.topic:
        least = 0 if topic.groups is None else topic.groups[0]
        for need in topic.needs:
            wanted = as_answered(need.value, need.column, roster)
            holders = sum(has(one.answer(need.column), wanted) for one in roster.students)
            asked = least * (need.at_least or 0)
            if need.importance is Importance.MUST and holders < asked:
                sentence = plural_message(
                    "“{topic}” needs {asked} × {column} = {value} in all, and one student has this answer.",
                    "“{topic}” needs {asked} × {column} = {value} in all, and {n} students have this answer.",
                    holders,
                    topic=topic.name,
                    asked=asked,
                    column=need.column,
                    value=need.value,
                )
                hint = message("Ask for fewer, or let the topic have fewer groups.")
                yield _problem("need-short", sentence, hint)


def _problem(code: str, sentence: Message, hint: Message) -> Problem:
    return Problem(code=code, level=Level.ERROR, message=sentence, hint=hint)
