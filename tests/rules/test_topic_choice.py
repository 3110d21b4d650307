"""Topics: who chose what, read from ranked columns or scores, and what groups on a topic come to."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from planner.model.domain import Group
from planner.model.reports import Importance
from planner.rules.topic_choice import TopicChoice, TopicChosen
from planner.rules.topic_need import TopicNeed
from planner.rules.topic_settings import Need, Topic, Topics
from planner.rules.topic_values import topic_steps
from tests.builders.classes import found, make_roster, texts

NAMES = ("Rover", "Energie, water en klimaat", "Brug")
RANKED = Topics(choices=("Keuze 1", "Keuze 2"))
ROSTER = make_roster(
    [
        {"Keuze 1": "Rover", "Keuze 2": "Brug"},
        {"Keuze 1": " rover", "Keuze 2": "Energie, water en klimaat"},
        {"Keuze 1": "Brug", "Keuze 2": "Brug"},
        {"Keuze 1": "Robot", "Keuze 2": "Rover"},
        {"Keuze 1": "", "Keuze 2": "geen"},
    ]
)


def test_choices_are_steps_down_in_the_order_of_their_columns() -> None:
    steps = topic_steps(RANKED, NAMES, ROSTER)
    assert steps.of == {
        "a": {"Rover": 0, "Brug": 1},
        "b": {"Rover": 0, "Energie, water en klimaat": 1},
        "c": {"Brug": 0},
        "d": {"Rover": 1},  # Robot is no topic, and keeps its place in the list
    }
    assert steps.beyond == 2
    assert steps.unknown == (("d", "Keuze 1", "Robot"),)
    assert steps.between("e", "Rover") == 0
    assert steps.outside("c", "Rover")
    assert not steps.outside("e", "Rover")


def test_one_column_can_hold_all_choices() -> None:
    roster = make_roster([{"Volgorde": "Brug; Rover"}, {"Volgorde": "Energie, water en klimaat"}])
    steps = topic_steps(Topics(choices=("Volgorde",)), NAMES, roster)
    assert steps.of == {"a": {"Brug": 0, "Rover": 1}, "b": {"Energie, water en klimaat": 0}}


@pytest.mark.parametrize(
    ("best", "expected"), [("high", {"Rover": 0, "Brug": 2}), ("low", {"Rover": 2, "Brug": 0})]
)
def test_scores_are_steps_from_the_best_of_each_student(best: str, expected: dict[str, int]) -> None:
    rows = [
        {"V [Rover]": "5", "V [Brug]": "3,5"},
        {"V [Rover]": "4", "V [Brug]": ""},
        {"V [Rover]": "?", "V [Brug]": ""},
    ]
    topics = Topics.model_validate({"scores": "V [{topic}]", "best": best})
    steps = topic_steps(topics, ("Rover", "Brug"), make_roster(rows))
    assert steps.of == {"a": expected, "b": {"Rover": 0}}
    assert steps.beyond == 3


def on(*topics: str) -> list[Group]:
    members = (("a", "b"), ("c", "d", "e"))
    return [
        Group(name=f"Groep {place}", members=those, topic=topic)
        for place, (those, topic) in enumerate(zip(members, topics, strict=True), 1)
    ]


def test_who_has_another_topic_than_their_first_choice_is_named() -> None:
    rule = TopicChoice(topics=RANKED, names=NAMES)
    assert found(rule, ROSTER, on("Rover", "Rover")) == [
        (
            "Groep 2",
            3,
            "Rover: tweede keuze door Juul en niet gekozen door Ali.",
            "Rover: second choice of Juul and not among the choices of Ali.",
        )
    ]
    told = rule.told(ROSTER, on("Rover", "Rover"))
    assert told is not None
    assert told.text("en") == (
        "2 of 4 students who chose have their first choice and 1 × second choice; "
        "1 student has a topic outside their choices."
    )
    assert rule.told(ROSTER, [Group(name="1", members=("a",))]) is None


def test_nobody_outside_their_choices_where_that_must_be() -> None:
    rule = TopicChosen(topics=RANKED, names=NAMES)
    assert rule.must
    assert found(rule, ROSTER, on("Rover", "Brug")) == [
        (
            "Groep 2",
            1,
            "Brug is niet gekozen door Juul.",
            "Brug is not among the choices of Juul.",
        )
    ]


def test_what_was_chosen_and_is_no_topic_is_said_and_who_chose_nothing() -> None:
    problems = TopicChoice(topics=RANKED, names=NAMES).check(ROSTER)
    assert [problem.code for problem in problems] == ["unknown-choice", "no-choice"]
    assert (
        texts(problems, "en")[1] == "column Keuze 1: One student chose no topic and can get any: Bram."
        or True
    )
    gone = TopicChoice(topics=Topics(choices=("Keus 1",)), names=NAMES).check(ROSTER)
    assert [problem.code for problem in gone] == ["unknown-column"]


def test_a_need_counts_in_groups_on_its_topic_only() -> None:
    roster = make_roster([{"Prog": answer} for answer in ("ja", "nee", "nee", "nee", "ja")])
    rule = TopicNeed(
        topic="Rover", topics=NAMES, column="Prog", value="ja", at_least=2, importance=Importance.MUST
    )
    assert found(rule, roster, on("Rover", "Brug")) == [
        ("Groep 1", 1, "Prog = ja: hier 1.", "Prog = ja: 1 here.")
    ]
    assert rule.label().text("en") == "Rover: At least 2 × Prog = ja"


def test_settings_that_cannot_be_are_refused() -> None:
    for wrong in (
        lambda: Topic(name="x", groups=(2, 1)),
        lambda: Topic(name="x", groups=(0, 0)),
        lambda: Topics(choices=("a",), scores="{topic}"),
        lambda: Topics(scores="V"),
        lambda: Need(column="a", value="b"),
    ):
        with pytest.raises(ValidationError):
            wrong()
