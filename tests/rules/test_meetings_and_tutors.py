"""Tutors, times and rooms: which there are, what goes with what, and what is found in groups."""

from __future__ import annotations

import pytest

from planner.model.domain import Group
from planner.rules import Rules
from planner.rules.go_together import GoTogether
from planner.rules.meeting_settings import Meetings, Room
from planner.rules.meeting_time import MeetingTime
from planner.rules.resource_checks import check_resources
from planner.rules.resources import Resources
from planner.rules.taken_once import TakenOnce
from planner.rules.topic_settings import Topic, Topics
from planner.rules.tutor_apart import TutorApart
from planner.rules.tutor_settings import Tutor
from tests.builders.classes import column_of, found

ROSTER = column_of("Vrij", "ma ochtend; di middag", "maandagochtend", "di middag", "")
RESOURCES = Resources(
    topic=(Topic(name="Rover", groups=(0, 1)), Topic(name="Brug")),
    tutor=(
        Tutor(name="Bakker", groups=(1, 4), moments=("Monday morning",), topics=("rover",), not_with=("b",)),
        Tutor(name="Smit"),
    ),
    meetings=Meetings(columns=("Vrij",)),
    room=(Room(name="B2", moments=("di middag",)), Room(name="C1", groups=2)),
)


def having(**taken: str) -> list[Group]:
    """Return two groups of two that have the same of each kind."""
    return [
        Group.model_validate({"name": f"Groep {place}", "members": those, **taken})
        for place, those in ((1, ("a", "b")), (2, ("c", "d")))
    ]


def test_only_what_is_asked_for_is_there() -> None:
    assert Rules().resources.kinds == ()
    assert Rules(tutor=[Tutor(name="Bakker")]).beside_members == ("tutor",)
    assert RESOURCES.kinds == ("topic", "tutor", "moment", "room")
    assert RESOURCES.pairs == (("topic", "tutor"), ("tutor", "moment"), ("moment", "room"))


def test_times_are_those_of_the_students_however_they_are_written() -> None:
    assert RESOURCES.moments(ROSTER) == ("ma ochtend", "di middag")
    assert RESOURCES.held(("Monday morning",), ROSTER) == ("ma ochtend",)
    assert RESOURCES.held(None, ROSTER) == ("ma ochtend", "di middag")
    fewer = RESOURCES.model_copy(update={"meetings": Meetings(columns=("Vrij",), moments=("dinsdagmiddag",))})
    assert fewer.moments(ROSTER) == ("di middag",)


def test_without_columns_the_times_are_those_of_tutors_and_rooms() -> None:
    alone = Resources(tutor=(Tutor(name="Bakker", moments=("ma 9-12",)),), meetings=Meetings())
    assert alone.moments(ROSTER) == ("ma 9-12",)


def test_what_goes_together() -> None:
    assert RESOURCES.at_once(("tutor", "moment"), ROSTER)["Bakker", "di middag"] == 0
    assert RESOURCES.at_once(("tutor", "moment"), ROSTER)["Bakker", "ma ochtend"] == 1
    assert RESOURCES.at_once(("moment", "room"), ROSTER)["ma ochtend", "B2"] == 0
    assert RESOURCES.at_once(("moment", "room"), ROSTER)["ma ochtend", "C1"] == 2
    assert RESOURCES.at_once(("topic", "tutor"), ROSTER)["Brug", "Bakker"] == 0


def test_rooms_without_times_hold_so_many_groups_in_all() -> None:
    rooms = Resources(room=(Room(name="B2", groups=2),))
    assert rooms.number("room", "B2") == (0, 2)
    assert RESOURCES.number("room", "C1")[1] > 2


def test_a_tutor_for_one_group_at_a_time() -> None:
    rule = GoTogether(resources=RESOURCES, pair=("tutor", "moment"))
    assert found(rule, ROSTER, having(tutor="Smit", moment="di middag")) == [
        (
            None,
            1,
            "Smit, di middag: Groep 1 en Groep 2 tegelijk; mogelijk: 1.",
            "Smit, di middag: Groep 1 and Groep 2 at once; possible: 1.",
        )
    ]
    assert found(rule, ROSTER, having(tutor="Bakker", moment="di middag"))[0][1:] == (
        2,
        "Bakker en di middag gaan niet samen (Groep 1 en Groep 2).",
        "Bakker and di middag do not go together (Groep 1 and Groep 2).",
    )


def test_every_group_has_one_and_none_is_taken_too_often() -> None:
    topics, tutors = (TakenOnce(resources=RESOURCES, of=kind) for kind in ("topic", "tutor"))
    assert found(topics, ROSTER, having(topic="Brug")) == []
    assert found(topics, ROSTER, having()) == [
        ("Groep 1", 1, "Geen onderwerp.", "No topic."),
        ("Groep 2", 1, "Geen onderwerp.", "No topic."),
    ]
    assert found(topics, ROSTER, having(topic="Robot"))[0] == (
        "Groep 1",
        1,
        "Dit onderwerp is er niet: Robot.",
        "There is no such topic: Robot.",
    )
    assert found(topics, ROSTER, having(topic="Rover")) == [
        (None, 1, "Rover heeft 2 groepen; gevraagd: 0–1.", "Rover has 2 groups; asked for: 0–1.")
    ]
    assert found(tutors, ROSTER, having(tutor="Smit")) == [
        (None, 1, "Bakker heeft 0 groepen; gevraagd: 1–4.", "Bakker has 0 groups; asked for: 1–4.")
    ]


def test_who_is_not_free_or_has_the_wrong_tutor_is_named() -> None:
    assert found(MeetingTime(resources=RESOURCES), ROSTER, having(moment="ma ochtend")) == [
        ("Groep 2", 1, "ma ochtend: Ali is dan niet vrij.", "ma ochtend: Ali is not free then.")
    ]
    assert found(TutorApart(tutors=RESOURCES.tutor), ROSTER, having(tutor="Bakker")) == [
        ("Groep 1", 1, "Bakker hoort niet de tutor te zijn van Sem.", "Bakker is not to be the tutor of Sem.")
    ]


@pytest.mark.parametrize(
    ("changes", "code", "sentence", "way_out"),
    [
        (
            {"topics": Topics(), "topic": ()},
            "no-topics",
            "There are choices of topics, and no topics.",
            "[[topic]]",
        ),
        (
            {"tutor": (Tutor(name="Bakker", topics=("Rover",)),)},
            "topic-untutored",
            "No tutor can have a group on “Brug”.",
            "Add the topic",
        ),
        (
            {"tutor": (Tutor(name="Bakker", topics=("Rover", "Brugg", "Brug")),)},
            "tutor-topic",
            "Bakker is down for “Brugg”, which is no topic.",
            "Did you mean “Brug”?",
        ),
        (
            {"tutor": (Tutor(name="Bakker", not_with=("z",)),)},
            "tutor-not-with",
            "Bakker is kept apart from z, who is not in the class list.",
            "student number",
        ),
        (
            {"meetings": None},
            "moments-alone",
            "Bakker has times, and nothing says that groups meet.",
            "[meetings]",
        ),
        (
            {"room": (Room(name="B2", moments=("wo avond",)),)},
            "no-such-time",
            "B2: “wo avond” is none of the times of the students.",
            "Times: ma ochtend and di middag.",
        ),
        (
            {"meetings": Meetings(columns=("Vrij",), moments=("wo avond", "di middag"))},
            "meetings-moment",
            "Meetings: “wo avond” is none of the times of the students.",
            "Times",
        ),
        ({"meetings": Meetings(), "tutor": (), "room": ()}, "no-moments", "There are no times", "[meetings]"),
    ],
)
def test_what_names_something_that_is_not_there_is_refused(
    changes: dict[str, object], code: str, sentence: str, way_out: str
) -> None:
    problems = check_resources(RESOURCES.model_copy(update=changes), ROSTER)
    first = next(problem for problem in problems if problem.code == code)
    assert sentence in first.message.text("en")
    assert first.hint is not None
    assert way_out in first.hint.text("en")
    assert first.text("nl") != first.text("en")
    assert check_resources(RESOURCES, ROSTER) == []
