"""Tiny classes with topics, tutors, times and rooms, and groups that have them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from planner.model.domain import Group, Roster
from planner.rules import GroupSizes, Rules
from planner.rules.meeting_settings import Meetings, Room
from planner.rules.resources import Resources
from planner.rules.topic_settings import Need, Topic, Topics
from planner.rules.tutor_settings import Tutor
from tests.builders.classes import IDS, make_roster

TOPICS = ("Rover", "Brug", "Energie, water en klimaat")
MOMENTS = ("ma ochtend", "di middag", "wo 9-12")
CHOICE = st.sampled_from([*TOPICS, "rover ", "Brug; Rover", "Robot", "geen", "", ""])
SCORE = st.sampled_from(["1", "2", "3", "3,5", "", "veel"])
FREE = st.sampled_from(["ma ochtend", "di middag; ma ochtend", "wo 10-12", "wo 9-12", "wo", ""])
SCORED = "Voorkeur [{topic}]"


@st.composite
def topic_rosters(draw: st.DrawFn) -> Roster:
    """Draw a class of four to eight students who chose topics, scored them and said when they can."""
    headings = ("Keuze 1", "Keuze 2", *(SCORED.replace("{topic}", one) for one in TOPICS), "Vrij", "Prog")
    answers = (CHOICE, CHOICE, *(SCORE for _ in TOPICS), FREE, st.sampled_from(["ja", "Ja", "nee", ""]))
    rows = [
        {heading: draw(answer) for heading, answer in zip(headings, answers, strict=True)}
        for _ in range(draw(st.integers(4, 8)))
    ]
    return make_roster(rows)


def _range() -> st.SearchStrategy[tuple[int, int] | None]:
    return st.sampled_from([None, (0, 1), (0, 2), (1, 2), (2, 2)])


@st.composite
def topic_classes(draw: st.DrawFn) -> tuple[Rules, Roster]:
    """Draw a tiny class and any of topics, tutors, times and rooms for it."""
    roster = draw(topic_rosters())
    importance = st.sampled_from(["must", "important", "nice"])
    topics: list[Topic] = []
    chosen = None
    if draw(st.booleans()):
        need = Need(column="Prog", value="ja", at_least=1, importance=draw(importance))
        for name in TOPICS:
            topics.append(Topic(name=name, groups=draw(_range()), needs=draw(st.sampled_from([(), (need,)]))))
        way = draw(
            st.sampled_from([{"choices": ("Keuze 1", "Keuze 2")}, {"scores": SCORED, "best": "high"}, {}])
        )
        chosen = Topics.model_validate({**way, "importance": draw(importance)})
    some_moments = st.lists(st.sampled_from(MOMENTS), min_size=1, max_size=3, unique=True).map(tuple)
    meetings = None
    if draw(st.booleans()):
        columns = draw(st.sampled_from([("Vrij",), ()]))
        moments = () if columns else MOMENTS
        meetings = Meetings(columns=columns, moments=moments, importance=draw(importance))
    times = st.none() | some_moments if meetings is not None else st.none()
    about = st.none() | st.lists(st.sampled_from(TOPICS), min_size=1, unique=True).map(tuple)
    tutors = [
        Tutor(
            name=name,
            groups=draw(_range()),
            moments=draw(times),
            topics=draw(about) if topics else None,
            not_with=draw(st.sampled_from([(), ("a",), ("b", "c")])),
        )
        for name in ("Bakker", "Smit")[: draw(st.integers(0, 2))]
    ]
    rooms = [
        Room(name=name, moments=draw(times), groups=draw(st.integers(1, 2)))
        for name in ("B2.14", "C1")[: draw(st.integers(0, 2))]
    ]
    rules = Rules(
        groups=GroupSizes(size=(1, 8), prefer=4),
        topics=chosen,
        topic=topics,
        tutor=tutors,
        meetings=meetings,
        room=rooms,
    )
    return rules, roster


def with_taken(
    resources: Resources, roster: Roster, groups: Sequence[Group], taken: Sequence[Sequence[int]]
) -> tuple[Group, ...]:
    """Return groups with what each takes, by its place among those of each kind."""
    return tuple(
        group.model_copy(
            update={
                kind: resources.names(kind, roster)[place]
                for kind, place in zip(resources.kinds, places, strict=True)
            }
        )
        for group, places in zip(groups, taken, strict=True)
    )


def ids(count: int) -> tuple[str, ...]:
    """Return the ids of the first students."""
    return IDS[:count]
