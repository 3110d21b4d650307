"""Before planning: how many want each topic, and when most students are free."""

from __future__ import annotations

from planner.reporting.demand import demand_lines
from planner.rules import Rules, read_rules
from planner.rules.demand import time_demand, topic_demand
from tests.builders.classes import make_roster

ROSTER = make_roster(
    [
        {"K1": "Rover", "K2": "Brug", "Vrij": "ma ochtend; di middag"},
        {"K1": "Rover", "K2": "", "Vrij": "di middag"},
        {"K1": "Brug", "K2": "Rover", "Vrij": ""},
    ]
)
RULES = read_rules(
    b'[groups]\nsize = [3, 3]\n[topics]\nchoices = ["K1", "K2"]\nimportance = "must"\n'
    b'[[topic]]\nname = "Rover"\ngroups = [0, 2]\n[[topic]]\nname = "Brug"\n[[topic]]\nname = "Zon"\n'
    b'[meetings]\ncolumns = ["Vrij"]\n'
)


def test_demand_is_counted() -> None:
    assert [(one.name, one.by_step, one.students) for one in topic_demand(RULES, ROSTER)] == [
        ("Rover", (2, 1), 3),
        ("Brug", (1, 1), 2),
        ("Zon", (0, 0), 0),
    ]
    assert [(one.moment, one.free) for one in time_demand(RULES, ROSTER)] == [
        ("di middag", 3),
        ("ma ochtend", 2),
    ]
    assert topic_demand(Rules(), ROSTER) == ()
    assert time_demand(Rules(), ROSTER) == ()


def test_demand_is_said_in_both_languages() -> None:
    lines = demand_lines(RULES, ROSTER)
    assert [line.text("en") for line in lines] == [
        "Rover: 2 × first choice and 1 × second choice; room for 6.",
        "Brug: 1 × first choice and 1 × second choice. 2 students chose it, and a group needs 3: "
        "no group can have it.",
        "Zon: nobody chose it.",
        "Most students are free at these times, of 3: di middag (3) and ma ochtend (2).",
    ]
    assert lines[0].text("nl") == "Rover: 2 × eerste keuze en 1 × tweede keuze; plaats voor 6."
