"""Which rules come of the topics, tutors, times and rooms of a course."""

from __future__ import annotations

from planner.model.reports import Importance
from planner.rules.base import Rule
from planner.rules.go_together import GoTogether
from planner.rules.meeting_time import MeetingTime
from planner.rules.resources import Resources
from planner.rules.taken_once import TakenOnce
from planner.rules.topic_choice import TopicChoice, TopicChosen
from planner.rules.topic_need import TopicNeed
from planner.rules.tutor_apart import TutorApart


def resource_rules(resources: Resources) -> tuple[Rule, ...]:
    """Return the rules about what groups have besides members; none where nothing is asked for.

    Parameters
    ----------
    resources : Resources

    Returns
    -------
    tuple of Rule
        What may be taken and what goes together first, then what students want and need.
    """
    taken = [TakenOnce(resources=resources, of=kind) for kind in resources.kinds]
    together = [GoTogether(resources=resources, pair=pair) for pair in resources.pairs]
    return (*taken, *together, *_about_topics(resources), *_about_people(resources))


def _about_topics(resources: Resources) -> list[Rule]:
    """Return the rules about who is on which topic; a list of choices that must hold still has an order."""
    names = resources.topic_names
    found: list[Rule] = [
        TopicNeed(topic=topic.name, topics=names, **need.model_dump())
        for topic in resources.topic
        for need in topic.needs
    ]
    topics = resources.topics
    if topics is None or not topics.asked or not names:
        return found
    must = topics.importance is Importance.MUST
    weight = Importance.IMPORTANT if must else topics.importance
    chosen = [TopicChosen(topics=topics, names=names)] if must else []
    return [*chosen, TopicChoice(topics=topics, names=names, importance=weight), *found]


def _about_people(resources: Resources) -> list[Rule]:
    """Return the rules about who can meet when, and with whom."""
    found: list[Rule] = []
    if any(tutor.not_with for tutor in resources.tutor):
        found.append(TutorApart(tutors=resources.tutor))
    meetings = resources.meetings
    if meetings is not None and meetings.columns:
        found.append(MeetingTime(resources=resources, importance=meetings.importance))
    return found
