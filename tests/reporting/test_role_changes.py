"""What a rerun says of roles: only what changed, in both languages."""

from __future__ import annotations

import pytest

from planner.model.domain import Plan, Roster
from planner.model.reports import Outcome, Status
from planner.planning.roles import plan_turns
from planner.plans.course import Course
from planner.replanning.changes import Changes, Same
from planner.replanning.previous_assignment import PreviousAssignment, previous_assignment
from planner.reporting.role_changes import role_changes
from planner.rules import Rules
from tests.builders.classes import make_groups, make_roster, make_rules

GROUPS = make_groups("abc", "def")


def asking(roles: str, weeks: int = 10, language: str = "en") -> Rules:
    return make_rules(f'language = "{language}"\n[roles]\n{roles}\n[term]\nweeks = {weeks}')


THREE = asking('names = ["A", "B", "C"]\nopt_out = "Niet"\nwish = "Graag"')


def people(ids: str = "abcdef", niet: str = "", graag: str = "", who: str = "a") -> Roster:
    rows = [{"id": one, "Niet": niet * (one in who), "Graag": graag * (one in who)} for one in ids]
    return make_roster(rows, ["Niet", "Graag"])


def before(rules: Rules = THREE, roster: Roster | None = None) -> PreviousAssignment:
    """Return a plan in use, for the same six people."""
    roster = roster or people()
    outcome = Outcome(status=Status.OPTIMAL, cost=0, bound=0, seconds=0)
    turns = plan_turns(rules, roster, GROUPS, 1)
    plan = Plan(language="en", seed=1, version="", effort="", groups=GROUPS, turns=turns, outcome=outcome)
    same = tuple(Same(old_id=one, new_id=one) for one in "abcdef")
    return previous_assignment(
        GROUPS, turns, Course(roster=roster, rules=rules, plan=plan), Changes(same=same)
    )


def told(rules: Rules, roster: Roster | None = None, earlier: PreviousAssignment | None = None) -> list[str]:
    lines = role_changes(rules, roster or people(), earlier or before(), 5)
    assert all(line.text("nl") != line.text("en") for line in lines)
    return [line.text("en") for line in lines]


def test_nothing_changed_nothing_is_said() -> None:
    assert told(THREE) == []
    assert told(THREE, people("abcdefn", "B", "C", who="n")) == []  # somebody new asks for what they like
    assert (
        role_changes(THREE, people(), PreviousAssignment(groups=GROUPS), 5) == ()
    )  # nothing is known of before


@pytest.mark.parametrize(
    ("roles", "weeks", "expected"),
    [
        ('names = ["A", "B"]', 10, "Roles from week 5 on: A and B. Before that: A, B, and C."),
        ('names = ["B", "A", "C"]', 10, "Roles from week 5 on: B, A, and C. Before that: A, B, and C."),
        ("names = []", 12, "From week 5 on there are no roles."),
        (
            'names = ["A", "B", "C"]\nrotate_every = 1',
            12,
            "The term now has 12 weeks; there were roles for 10.",
        ),
        ('names = ["A", "B", "C"]\nrotate_every = 2', 10, "From week 5 on, roles rotate every 2 weeks."),
        (
            'names = ["A", "B", "C"]\nrotate_every = 0',
            10,
            "From week 5 on everyone keeps their role as long as the groups stay.",
        ),
    ],
)
def test_settings(roles: str, weeks: int, expected: str) -> None:
    assert told(asking(f'{roles}\nopt_out = "Niet"\nwish = "Graag"', weeks)) == [expected]


def test_roles_there_were_not() -> None:
    assert told(THREE, earlier=before(asking("names = []"))) == [
        "From week 5 on there are roles: A, B, and C."
    ]


def test_who_leaves_other_roles_to_others() -> None:
    assert told(THREE, people(niet="B")) == ["From week 5 on, Noor would rather not be: B."]
    assert told(THREE, earlier=before(roster=people(niet="B; C"))) == [
        "From week 5 on, Noor may again be: B and C."
    ]
    assert told(THREE, people(niet="B", who="abcdef")) == [
        "From week 5 on, these students have changed which roles they would rather not have: "
        "Noor, Sem, Ali, Juul, Bram, and Yara."
    ]


def test_who_wishes_for_other_roles() -> None:
    assert told(THREE, people(graag="B", who="ab")) == [
        "These students wish for other roles than before: Noor and Sem."
    ]


def test_a_role_that_is_there_no_more_is_nobody_s_answer() -> None:
    """Who left the third role to others did not change their mind when it went."""
    rules = asking('names = ["A", "B"]\nopt_out = "Niet"\nwish = "Graag"')
    (line,) = told(rules, people(niet="C", graag="C"), before(roster=people(niet="C", graag="C")))
    assert line.startswith("Roles from week 5 on: A and B.")


def test_another_language_is_no_other_role() -> None:
    dutch = asking("rotate_every = 1", language="nl")
    assert told(asking("rotate_every = 1"), earlier=before(dutch)) == []
