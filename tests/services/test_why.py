"""Why a student is in this group: what can be sent says no answer of others; beside it what else there is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.domain import Column, ColumnKind, Group, Roster
from planner.model.handover import Change
from planner.model.problems import InputError
from planner.model.text import LANGUAGES, message
from planner.plans.course import Course, Locks
from planner.reporting.why import WhyHere, none_better, what_is_here
from planner.rules.base import Company
from planner.rules.similar import Similar
from planner.services.places import PlacesRequest, best_places, swap_partners
from planner.services.why import why_here
from tests.builders.classes import make_roster, make_rules
from tests.builders.edited_courses import course_of, courses

RULES = """language = "en"
[groups]
size = [3, 3]
[[rule]]
kind = "mix"
column = "Programme"
[[rule]]
kind = "never-alone"
column = "Gender"
[[rule]]
kind = "wish"
columns = ["Wish"]
[[rule]]
kind = "balance"
column = "Grade"
[[rule]]
kind = "apart"
students = ["a", "d"]
"""
KINDS = {"Programme": "category", "Gender": "category", "Wish": "peer", "Grade": "number"}
ROWS = [
    {"Programme": "Law", "Gender": "f", "Wish": "c", "Grade": "6"},
    {"Programme": "Bio", "Gender": "f", "Wish": "Noor", "Grade": "7"},
    {"Programme": "Bio", "Gender": "m", "Wish": "", "Grade": "8"},
    {"Programme": "Law", "Gender": "m", "Wish": "Noor", "Grade": "7"},
    {"Programme": "Bio", "Gender": "m", "Wish": "", "Grade": "7"},
    {"Programme": "Bio", "Gender": "m", "Wish": "", "Grade": "7"},
]
HERE = [
    "Noor is in Otters with Sem and Ali.",
    "The answers in Programme are spread over the groups as evenly as possible.",
    "Where possible, nobody is on their own in a group with their answer in Gender.",
    "Noor is with Ali, as wished.",
    "Groups are made to differ as little as possible in their average on Grade.",
]


def course() -> Course:
    columns = tuple(Column(heading=heading, kind=ColumnKind(kind)) for heading, kind in KINDS.items())
    roster = Roster(students=make_roster(ROWS).students, columns=columns)
    groups = (Group(name="Otters", members=("a", "b", "c")), Group(name="Beavers", members=("d", "e", "f")))
    return course_of(make_rules(RULES), roster, groups)


def elsewhere(found: WhyHere) -> list[str]:
    return [line.text("en") for line in found.elsewhere]


def test_what_a_student_has_is_told_rule_by_rule_and_that_no_place_is_better() -> None:
    """Nothing on the page said why somebody is in a group, though every placement can be explained."""
    found = why_here(PlacesRequest(course(), "Noor"))
    assert found.text("en").splitlines() == [*HERE, none_better().text("en")]
    assert found.text("nl").splitlines()[:3] == [
        "Noor zit in Otters met Sem en Ali.",
        "De antwoorden bij Programme zijn zo gelijk mogelijk over de groepen verdeeld.",
        "Waar dat kan, staat niemand in een groep alleen met een antwoord bij Gender.",
    ]
    told = elsewhere(found)
    assert told[0] == "Apart: Noor and Juul: met."
    assert told[1].startswith("No other place is better overall. The closest is Beavers, in exchange for")
    assert "Worse: Sem is the only one with “f” in Otters." in told[2:]


def test_what_can_be_sent_says_no_wish_gender_or_number_of_others() -> None:
    found = why_here(PlacesRequest(course(), "c"))  # Noor wished for Ali, and Sem for Noor
    assert "Ali is in Otters with Noor and Sem." in found.text("en")
    for word in ("wish", "Noor", "Sem", "6", "7", "8", "apart"):
        assert word not in "\n".join(found.text("en").splitlines()[1:])


ABOUT_ANSWERS = """language = "en"
[groups]
size = [2, 8]
[[rule]]
kind = "mix"
column = "How"
[[rule]]
kind = "similar"
column = "How"
[[rule]]
kind = "never-alone"
column = "How"
[[rule]]
kind = "never-alone"
column = "How"
at_least_share = 0.5
[[rule]]
kind = "limit"
column = "How"
value = "online"
at_most = 2
[[rule]]
kind = "participation"
column = "How"
[[rule]]
kind = "balance"
column = "Grade"
"""
CLASS = "abcdefgh"


def sent(answers: Sequence[tuple[str, str]], group: str) -> list[str]:
    """Return what the first of a group can be sent, by the answers of the class."""
    roster = make_roster([{"How": how, "Grade": grade} for how, grade in answers])
    groups = tuple(
        Group(name=name, members=tuple(ids))
        for name, ids in (("Otters", group), ("Beavers", sorted({*CLASS} - {*group})))
        if ids
    )
    here = course_of(make_rules(ABOUT_ANSWERS), roster, groups)
    return [one.text(language) for one in what_is_here(here, "a", groups[0], ()) for language in LANGUAGES]


@settings(max_examples=12, deadline=None)
@given(st.integers(2, 6), st.sampled_from(["online", "on site"]), st.integers(0, 2**12))
def test_from_what_can_be_sent_follows_the_answer_of_nobody_else(size: int, own: str, seed: int) -> None:
    """“1 of the 3 others has the same answer” was to be sent to a student, who knows these three by name.

    Of all classes in which a student is sent the same text, each other member gives another answer in some.
    """
    drawn = Random(seed)
    rest = [(drawn.choice(["online", "on site"]), str(drawn.randint(1, 9))) for _ in CLASS[size:]]
    given_by: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for others in product(["online", "on site"], repeat=size - 1):
        answers = [(own, "6"), *((how, "7") for how in others), *rest]
        given_by.setdefault(tuple(sent(answers, CLASS[:size])), []).append(others)
    for alike in given_by.values():
        assert all(len(set(answers)) > 1 for answers in zip(*alike, strict=True)), alike


def test_a_number_is_told_where_it_points_at_nobody() -> None:
    two_of_four = [
        (how, "7") for how in ("online", "online", "online", "on site", "on site", "online", "on site", "")
    ]
    told = sent(two_of_four, CLASS[:5])
    assert "How: 3 in Otters with “online”, Noor included." in told
    assert "Noor has the same answer in How as 2 of the 4 others in Otters." in told
    assert "Noor is not the only one with “online” in How." in told
    assert "Otters has 3 × How = online, Noor included." in told
    one_of_four = [*two_of_four[:2], ("on site", "7"), *two_of_four[3:]]
    general = sent(one_of_four, CLASS[:5])
    assert not {line for line in told if "2 of the 4" in line or "3 in" in line or "3 ×" in line} & {*general}
    assert "Where possible, nobody is on their own in a group with their answer in How." in general
    assert "Where possible, every group has this: “At most 2 × How = online”." in general


def test_the_coordinator_still_reads_the_number() -> None:
    roster = make_roster([{"Goal": goal} for goal in ("a", "a", "b", "b")])
    similar = Similar(column="Goal")
    company = Company("a", ("b", "c", "d"), group="Otters")
    told = similar.in_company(roster, company)
    assert told is not None
    assert told.text("en") == "Noor has the same answer in Goal as 1 of the 3 others in Otters."
    for_student = similar.for_student(roster, company)
    assert for_student is not None
    assert for_student.text("en") == "Where possible, students with the same answer in Goal are together."


def test_how_somebody_came_there_is_told_with_the_reason_of_the_replan() -> None:
    moved = Change("a", "Noor", "Beavers", "Otters", message("{why}", why="Otters had a place left."))
    found = why_here(PlacesRequest(course(), "a"), (moved,))
    assert found.text("en").splitlines()[1] == "Noor comes from Beavers. Otters had a place left."
    new = Change("a", "Noor", None, "Otters", message("{why}", why="Otters had a place left."))
    assert "Noor is new. Otters had a place left." in why_here(PlacesRequest(course(), "a"), (new,)).text(
        "en"
    )
    since = Change("a", "Noor", "Otters", "Beavers", message("{why}", why="It was so before."))
    assert "before" not in why_here(PlacesRequest(course(), "a"), (since,)).text("en")
    by_hand = course().model_copy(update={"placed": {"a": "by-hand"}})
    assert "Placed here by hand." in why_here(PlacesRequest(by_hand, "a")).text("en")


def test_a_place_that_is_better_is_told_and_then_nothing_else_is_claimed() -> None:
    here = course()
    groups = (Group(name="Otters", members=("a", "b", "d")), Group(name="Beavers", members=("c", "e", "f")))
    rules = make_rules(RULES.replace('students = ["a", "d"]', 'students = ["a", "d"]\nimportance = "nice"'))
    found = why_here(PlacesRequest(course_of(rules, here.roster, groups), "d"))
    assert none_better().text("en") not in found.text("en")
    told = elsewhere(found)
    assert told[0] == "Apart: Noor and Juul: not met. Noor and Juul are in one group."
    assert told[1] == "One place is better overall: Beavers, in exchange for Ali."
    assert "Better: Noor and Juul are no longer all in one group." in told


def test_who_is_locked_or_nobody_is_told_so() -> None:
    locked = course().model_copy(update={"locks": Locks(students=("a",))})
    found = why_here(PlacesRequest(locked, "a"))
    assert found.text("en").splitlines() == HERE
    assert elsewhere(found) == ["Noor is locked in Otters."]
    with pytest.raises(InputError, match="No student in these groups"):
        why_here(PlacesRequest(course(), "Nobody"))


def test_of_who_stopped_it_can_be_asked_too_and_others_who_stopped_are_not_there() -> None:
    found = why_here(PlacesRequest(course(), "a", gone=frozenset({"a", "b"})))
    assert found.text("en").splitlines()[0] == "Noor is in Otters with Ali."


@settings(max_examples=40)
@given(courses(), st.data())
def test_that_no_place_is_better_is_only_said_where_it_is_so(here: Course, data: st.DataObject) -> None:
    student = data.draw(st.sampled_from(sorted(here.plan.group_of)))
    found = why_here(PlacesRequest(here, student))
    every = PlacesRequest(here, student, most=None)
    places = (*best_places(every).places, *swap_partners(every).places)
    costs = [one.effect.cost for one in places if not one.breaks]
    said = none_better() in found.here
    assert not said or all(cost >= 0 for cost in costs)
    assert all(
        line.text(language).strip() for line in (*found.here, *found.elsewhere) for language in LANGUAGES
    )
