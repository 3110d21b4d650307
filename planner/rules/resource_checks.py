"""What is wrong with topics, tutors, times and rooms, before anything is counted or planned."""

from __future__ import annotations

from collections.abc import Iterator

from planner.model.domain import Roster
from planner.model.problems import Level, Problem
from planner.model.text import Message, message
from planner.model.values import normalize_text
from planner.model.wording import did_you_mean, shortened
from planner.rules.meeting_settings import Room
from planner.rules.people import did_you_mean_student
from planner.rules.resources import Resources
from planner.rules.tutor_settings import Tutor

ADD_TOPICS = message("Add each topic: [[topic]] on a row, and its name below.")


def check_resources(resources: Resources, roster: Roster) -> list[Problem]:
    """Return what topics, tutors, times and rooms name that is not there, and what nobody can have.

    Parameters
    ----------
    resources : Resources
    roster : Roster

    Returns
    -------
    list of Problem
        The gap ``{tutor}``, ``{topic}`` or ``{room}`` of each says which of them it is about.
    """
    if any(heading not in roster.headings for heading in _time_headings(resources)):
        return []  # said by the rule about these columns
    return [
        *_topics(resources),
        *(problem for tutor in resources.tutor for problem in _tutor(tutor, resources, roster)),
        *_moments(resources, roster),
    ]


def _time_headings(resources: Resources) -> tuple[str, ...]:
    return () if resources.meetings is None else resources.meetings.columns


def _topics(resources: Resources) -> Iterator[Problem]:
    """Refuse choices of topics that are not there, and topics that no tutor has."""
    if resources.topics is not None and not resources.topic:
        yield _error(
            "no-topics",
            message("There are choices of topics, and no topics."),
            ADD_TOPICS,
        )
    for topic in resources.topic if resources.tutor else ():
        if not any(resources.knows(tutor, topic.name) for tutor in resources.tutor):
            yield _error(
                "topic-untutored",
                message("No tutor can have a group on “{topic}”.", topic=topic.name),
                message("Add the topic to the list of a tutor, or leave the topic out."),
            )


def _tutor(tutor: Tutor, resources: Resources, roster: Roster) -> Iterator[Problem]:
    """Refuse topics and students of a tutor that are not there."""
    known = {normalize_text(one) for one in resources.topic_names}
    for topic in tutor.topics or ():
        if normalize_text(topic) not in known:
            yield _error(
                "tutor-topic",
                message("{tutor} is down for “{wanted}”, which is no topic.", tutor=tutor.name, wanted=topic),
                did_you_mean(
                    topic,
                    resources.topic_names,
                    message("Topics: {names}.", names=shortened(resources.topic_names))
                    if resources.topic
                    else ADD_TOPICS,
                ),
            )
    for student in tutor.not_with:
        if student not in roster.by_id:
            yield _error(
                "tutor-not-with",
                message(
                    "{tutor} is kept apart from {wanted}, who is not in the class list.",
                    tutor=tutor.name,
                    wanted=student,
                ),
                did_you_mean_student(
                    student, roster, message("Write the student number as it is in the class list.")
                ),
            )


def _moments(resources: Resources, roster: Roster) -> Iterator[Problem]:
    """Refuse times that are not there."""
    if resources.meetings is None:
        for one in resources.timed:
            yield _error(
                "moments-alone",
                message("{whose} has times, and nothing says that groups meet.", whose=_whose(one)),
                message("Write [meetings] on a row of its own, or leave these times out."),
            )
        return
    for written in resources.meetings.moments:
        if not resources.known((written,), roster):
            yield _no_such_time(message("Meetings"), written, "meetings-moment", resources, roster)
    for one in resources.timed:
        for written in one.moments or ():
            if not resources.known((written,), roster):
                yield _no_such_time(_whose(one), written, "no-such-time", resources, roster)
    if not resources.moments(roster):
        yield _error(
            "no-moments",
            message("There are no times at which groups could meet."),
            message("Name columns with times under [meetings], or give tutors or rooms times."),
        )


def _no_such_time(whose: Message, written: str, code: str, resources: Resources, roster: Roster) -> Problem:
    every = resources.every(roster)
    return _error(
        code,
        message("{whose}: “{written}” is none of the times of the students.", whose=whose, written=written)
        if resources.meetings is not None and resources.meetings.columns
        else message(
            "{whose}: “{written}” is none of the times under [meetings].", whose=whose, written=written
        ),
        did_you_mean(written, every, message("Times: {names}.", names=shortened(every))),
    )


def _whose(one: Tutor | Room) -> Message:
    return message("{tutor}", tutor=one.name) if isinstance(one, Tutor) else message("{room}", room=one.name)


def _error(code: str, sentence: Message, hint: Message | None) -> Problem:
    return Problem(code=code, level=Level.ERROR, message=sentence, hint=hint)
