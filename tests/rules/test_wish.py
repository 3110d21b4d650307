"""Wish: everyone who named peers has one of them in the group."""

from __future__ import annotations

from planner.model.domain import Column, ColumnKind, Roster, Student
from planner.model.instance import CompanyCost
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.rules.base import Shape
from planner.rules.people import lookup
from planner.rules.wish import Wish
from tests.builders.classes import found, make_groups, make_roster, texts

SHAPE = Shape(groups=2, smallest=2, largest=3)
RULE = Wish(columns=("Wens 1", "Wens 2"))
ROSTER = make_roster(
    [
        {"name": "Noor Bos", "Wens 1": "Sem", "Wens 2": "c"},
        {"name": "Sem Vos", "Wens 1": "noor  BOS", "Wens 2": ""},
        {"name": "Ali Mol", "Wens 1": "", "Wens 2": ""},
        {"name": "Juul Das", "Wens 1": "Noor Bos; Ali Mol", "Wens 2": ""},
    ]
)


def test_no_wishes_ask_nothing() -> None:
    roster = make_roster([{"Wens 1": "", "Wens 2": ""} for _ in range(4)])
    assert RULE.compile(roster, SHAPE) == []
    assert found(RULE, roster, make_groups("ab", "cd")) == []
    assert RULE.check(roster) == []


def test_one_of_the_peers_is_enough() -> None:
    assert found(RULE, ROSTER, make_groups("ab", "cd")) == []


def test_whoever_is_with_none_is_named() -> None:
    groups = make_groups("ad", "bc")
    assert found(RULE, ROSTER, groups) == [
        (
            "Groep 1",
            1,
            "Niemand om wie Noor Bos vroeg, zit in deze groep.",
            "No one Noor Bos asked for is in this group.",
        ),
        (
            "Groep 2",
            1,
            "Niemand om wie Sem Vos vroeg, zit in deze groep.",
            "No one Sem Vos asked for is in this group.",
        ),
    ]
    assert RULE.report(ROSTER, groups).cost == 2 * 500
    assert Wish(columns=("Wens 1",), importance=Importance.MUST).report(ROSTER, groups).broken


def test_what_is_compiled_is_the_company_wished_for() -> None:
    costs = [cost for cost in RULE.compile(ROSTER, SHAPE) if isinstance(cost, CompanyCost)]
    assert [(c.students.tolist(), c.others.tolist(), c.at_least) for c in costs] == [
        ([0], [1, 2], 1),
        ([1], [0], 1),
        ([3], [0, 2], 1),
    ]


def test_wishes_for_nobody_are_left_out_and_told() -> None:
    roster = make_roster(
        [
            {"name": "Noor Bos", "Wens 1": "Sam Vos"},
            {"name": "Sem Vos", "Wens 1": "Sem Vos"},
            {"name": "Ali Mol", "Wens 1": "qqqq"},
        ]
    )
    rule = Wish(columns=("Wens 1",))
    problems = rule.check(roster)
    assert [(p.code, p.level, p.column) for p in problems] == [("unknown-wish", Level.ASSUMED, "Wens 1")] * 3
    assert texts(problems, "nl") == [
        "De wens “Sam Vos” van Noor Bos wijst niet precies één andere student aan en telt niet mee. "
        "Bedoelde je b (Sem Vos)?",
        "De wens “Sem Vos” van Sem Vos wijst niet precies één andere student aan en telt niet mee. Schrijf "
        "liever een studentnummer.",
        "De wens “qqqq” van Ali Mol wijst niet precies één andere student aan en telt niet mee. Schrijf "
        "liever een studentnummer.",
    ]
    assert texts(problems, "en")[0] == (
        "Noor Bos's wish “Sam Vos” does not point to exactly one other student; it does not count. "
        "Did you mean b (Sem Vos)?"
    )
    assert rule.compile(roster, SHAPE) == []


def test_a_name_that_two_people_share_points_at_nobody() -> None:
    roster = make_roster(
        [
            {"name": "Noor Bos", "Wens": ""},
            {"name": "Noor Bos", "Wens": ""},
            {"name": "Ali", "Wens": "Noor Bos"},
        ]
    )
    (problem,) = Wish(columns=("Wens",)).check(roster)
    assert problem.code == "unknown-wish"


def test_a_key_that_is_also_somebodys_number_means_its_owner() -> None:
    students = (
        Student(id="12", name="Noor", call_name="Noor", sort_name="Noor", keys={"canvas_user_id": "34"}),
        Student(id="34", name="Sem", call_name="Sem", sort_name="Sem", email="Sem@school.example"),
    )
    assert lookup(Roster(students=students)) == {
        "12": "12",
        "34": "34",
        "noor": "12",
        "sem": "34",
        "sem@school.example": "34",
    }


def test_a_wish_may_be_an_address_or_a_key() -> None:
    students = tuple(
        Student(
            id=number,
            name=name,
            call_name=name,
            sort_name=name,
            email=f"{number}@school.example",
            keys={"login_id": f"u{number}"},
            answers={"Wens": wish},
        )
        for number, name, wish in (("1", "Noor", "u2"), ("2", "Sem", "3@SCHOOL.example"), ("3", "Ali", ""))
    )
    roster = Roster(students=students, columns=(Column(heading="Wens", kind=ColumnKind.PEER),))
    costs = Wish(columns=("Wens",)).compile(roster, SHAPE)
    assert [cost.others.tolist() for cost in costs if isinstance(cost, CompanyCost)] == [[1], [2]]


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    (problem,) = Wish(columns=("Wens 1", "Wens2")).check(ROSTER)
    assert (problem.code, problem.column) == ("unknown-column", "Wens2")
    assert problem.text("nl").endswith("Bedoelde je “Wens 2”?")


def test_label() -> None:
    assert RULE.label().text("nl") == "Eén wens vervuld (Wens 1 en Wens 2)"
    assert RULE.label().text("en") == "One wish granted (Wens 1 and Wens 2)"
