"""Plans with topics, tutors, times and rooms: what they have to hold, and no better one left."""

from __future__ import annotations

from itertools import product

import pytest

from planner.audit.plan_audit import audit
from planner.model.domain import Group, Roster
from planner.model.no_plan import NoPlan
from planner.model.reports import Status
from planner.planning.formation import form
from planner.rules import Rules, read_rules
from tests.builders.classes import make_roster, partitions
from tests.builders.topic_classes import with_taken

ROSTER = make_roster(
    [
        {"K1": first, "K2": second, "Vrij": free, "Prog": prog}
        for first, second, free, prog in (
            ("Rover", "Brug", "ma ochtend; di middag", "ja"),
            ("Rover", "Brug", "di middag", "nee"),
            ("Brug", "", "ma ochtend", "nee"),
            ("Brug", "Rover", "ma ochtend; di middag", "ja"),
            ("", "", "", "nee"),
            ("Rover", "", "di middag", "nee"),
        )
    ]
)
TOML = """language = "en"
[groups]
size = [2, 3]
count = 2
[topics]
choices = ["K1", "K2"]
[[topic]]
name = "Rover"
groups = [0, 1]
needs = [{ column = "Prog", value = "ja", at_least = 1 }]
[[topic]]
name = "Brug"
[[tutor]]
name = "Bakker"
not_with = ["e"]
[[tutor]]
name = "Smit"
moments = ["di middag"]
[meetings]
columns = ["Vrij"]
[[room]]
name = "B2"
[[room]]
name = "C1"
moments = ["ma ochtend"]
[roles]
names = []
"""


def least(rules: Rules, roster: Roster) -> int | None:
    """Return the least audited cost over all divisions and all that groups can take."""
    resources = rules.resources
    ids = [student.id for student in roster.students]
    some = [range(len(resources.names(kind, roster))) for kind in resources.kinds]
    every = list(product(*some))
    costs = []
    for division in partitions(ids, 2, 2, 3):
        groups = [Group(name=str(place), members=tuple(those)) for place, those in enumerate(division)]
        for one, other in product(every, repeat=2):
            checked = audit(rules, roster, with_taken(resources, roster, groups, [one, other]))
            if checked.holds:
                costs.append(checked.cost)
    return min(costs, default=None)


def test_everything_asked_for_holds_and_no_plan_is_cheaper() -> None:
    rules = read_rules(TOML.encode())
    plan = form(rules, ROSTER, effort="quick")
    assert audit(rules, ROSTER, plan.groups).holds
    assert plan.outcome.cost == least(rules, ROSTER)
    assert plan.outcome.bound <= plan.outcome.cost
    assert all(group.has(kind) for group in plan.groups for kind in ("topic", "tutor", "moment", "room"))
    assert form(rules, ROSTER, effort="normal").outcome.status is Status.OPTIMAL
    assert form(rules, ROSTER, effort="quick").groups == plan.groups  # the same seed


@pytest.mark.parametrize("part", ["topic", "tutor", "meetings", "room"])
def test_every_part_works_alone(part: str) -> None:
    alone = {
        "topic": '[[topic]]\nname = "Rover"\ngroups = [1, 1]\n[[topic]]\nname = "Brug"',
        "tutor": '[[tutor]]\nname = "Bakker"\ngroups = [2, 2]',
        "meetings": '[meetings]\ncolumns = ["Vrij"]',
        "room": '[[room]]\nname = "B2"\n[[room]]\nname = "C1"',
    }
    rules = read_rules(f"[groups]\nsize = [2, 4]\ncount = 2\n[roles]\nnames = []\n{alone[part]}".encode())
    plan = form(rules, ROSTER, effort="quick")
    assert plan.outcome.cost == plan.outcome.bound == 0
    assert audit(rules, ROSTER, plan.groups).holds


def test_where_nothing_holds_the_nearest_says_what_is_broken() -> None:
    """Counting finds room enough; who is free when, and kept apart, does not go with it."""
    rules = read_rules(
        b'[groups]\nsize = [3, 3]\n[meetings]\ncolumns = ["Vrij"]\n[roles]\nnames = []\n'
        b'[[tutor]]\nname = "Bakker"\ngroups = [2, 2]\n[[rule]]\nkind = "together"\nstudents = ["b", "c"]\n'
    )
    with pytest.raises(NoPlan) as caught:
        form(rules, ROSTER, effort="quick")
    assert [report.kind for report in caught.value.broken]
    assert caught.value.proven
