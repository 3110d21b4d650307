"""Roles can be filled: for every set of roles enough members can take one."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.instance import SumCost
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.rules.base import Shape
from planner.rules.role_coverage import RoleCoverage
from tests.builders.classes import column_of, found, make_groups, make_rules, texts

TWO = RoleCoverage(roles=("Voorzitter", "Schrijver"), opt_out="Rol")
THREE = RoleCoverage(roles=("Voorzitter", "Schrijver", "Spreker"), opt_out="Rol")


def test_where_everyone_takes_every_role_nothing_is_asked() -> None:
    roster = column_of("Rol", "", "nee", "-", "geen voorkeur")
    assert TWO.compile(roster, Shape(groups=2, smallest=2, largest=2)) == []
    assert found(TWO, roster, make_groups("ab", "cd")) == []


def test_two_roles_and_one_person_who_can_take_both() -> None:
    roster = column_of("Rol", "", "geen")
    # Each role alone has a taker; together they have one too few (Hall).
    assert found(TWO, roster, make_groups("ab")) == [
        (
            "Groep 1",
            1,
            "Eén persoon te weinig voor Voorzitter en Schrijver.",
            "One person short for Voorzitter and Schrijver.",
        )
    ]
    assert TWO.report(roster, make_groups("ab")).cost == 500


def test_each_of_two_leaves_another_role() -> None:
    roster = column_of("Rol", "Voorzitter", "schrijver ")
    assert found(TWO, roster, make_groups("ab")) == []


def test_a_role_that_nobody_takes_is_short_by_itself_and_in_company() -> None:
    roster = column_of("Rol", "Voorzitter", "voorzitter; Spreker", "")
    assert [(units, dutch) for _, units, dutch, _ in found(THREE, roster, make_groups("ab", "c"))] == [
        (1, "Eén persoon te weinig voor Voorzitter."),
        # The second and third role have a taker each: a both, b the second.
    ]
    nobody = column_of("Rol", "geen", "Geen rol")
    assert [(units, dutch) for _, units, dutch, _ in found(TWO, nobody, make_groups("ab"))] == [
        (1, "Eén persoon te weinig voor Voorzitter."),
        (1, "Eén persoon te weinig voor Schrijver."),
        (2, "2 mensen te weinig voor Voorzitter en Schrijver."),
    ]


def test_a_small_group_fills_the_first_roles_only() -> None:
    roster = column_of("Rol", "Schrijver", "Schrijver")
    assert found(TWO, roster, make_groups("a", "b")) == []
    assert [units for _, units, _, _ in found(TWO, roster, make_groups("ab"))] == [1]


def test_what_is_compiled_counts_takers_from_the_size_that_fills_the_roles() -> None:
    roster = column_of("Rol", "", "geen", "Voorzitter")
    costs = THREE.compile(roster, Shape(groups=1, smallest=3, largest=3))
    assert all(isinstance(cost, SumCost) for cost in costs)
    assert [(c.weights.tolist(), c.low, c.from_size, c.price) for c in costs if isinstance(c, SumCost)] == [
        ([1, 0, 0], 1, 1, 500),  # first role
        ([1, 0, 1], 1, 2, 500),  # second
        ([1, 0, 1], 1, 3, 500),  # third
        ([1, 0, 1], 2, 2, 500),  # first and second
        ([1, 0, 1], 2, 3, 500),  # first and third
        ([1, 0, 1], 2, 3, 500),  # second and third
        ([1, 0, 1], 3, 3, 500),  # all
    ]


def test_sets_with_a_role_that_no_group_fills_are_left_out() -> None:
    roster = column_of("Rol", "", "geen", "Voorzitter")
    costs = THREE.compile(roster, Shape(groups=1, smallest=1, largest=2))
    assert [cost.from_size for cost in costs if isinstance(cost, SumCost)] == [1, 2, 2]


@given(
    st.lists(
        st.sampled_from(["", "Voorzitter", "Schrijver", "Spreker", "Voorzitter;Spreker", "geen"]),
        min_size=1,
        max_size=4,
    )
)
def test_no_finding_means_exactly_that_the_roles_can_be_filled(answers: list[str]) -> None:
    roster = column_of("Rol", *answers)
    members = "abcd"[: len(answers)]
    able = [THREE.can_take(student) for student in roster.students]
    roles = range(min(3, len(answers)))
    fillable = any(
        all(role in able[member] for role, member in zip(roles, holders, strict=True))
        for holders in permutations(range(len(answers)), len(roles))
    )
    assert (not THREE.findings(roster, make_groups(members))) == fillable


@pytest.mark.parametrize(
    ("answer", "roles"),
    [
        ("", {0, 1, 2}),
        ("nee", {0, 1, 2}),
        ("VOORZITTER", {1, 2}),
        ("Voorzitter, Spreker", {1}),
        ("geen", set()),
        ("ja", set()),
        ("Spreker; geen rol", set()),
        ("Zanger", {0, 1, 2}),
    ],
)
def test_what_an_answer_leaves(answer: str, roles: set[int]) -> None:
    assert THREE.can_take(column_of("Rol", answer).students[0]) == roles


def test_a_role_of_the_catalogue_is_the_same_role_in_the_other_language() -> None:
    """Once a list in English gave a line for each student: a role of that name was not in the course."""
    rule = RoleCoverage(roles=("Gespreksleider", "Notulist", "Woordvoerder"), opt_out="Rol")
    roster = column_of("Rol", "Spokesperson", "note-taker; Spokesperson", "woordvoerder")
    assert rule.check(roster) == []
    assert [rule.can_take(one) for one in roster.students] == [{0, 1}, {0}, {0, 1}]
    both = RoleCoverage(roles=("Note-taker", "Notulist"), opt_out="Rol")
    assert both.can_take(column_of("Rol", "NOTULIST").students[0]) == {0}


def test_an_answer_that_is_no_role_is_told_with_the_nearest() -> None:
    roster = column_of("Rol", "Voorziter", "Zanger", "geen", "nee", "")
    problems = TWO.check(roster)
    assert [(p.code, p.level, p.column) for p in problems] == [("unknown-role", Level.ASSUMED, "Rol")] * 2
    assert texts(problems, "nl") == [
        "Noor is liever geen “Voorziter”, maar dat is geen rol in dit vak; dit telt niet mee. "
        "Bedoelde je “Voorzitter”?",
        "Sem is liever geen “Zanger”, maar dat is geen rol in dit vak; dit telt niet mee. "
        "Rollen: Voorzitter en Schrijver.",
    ]
    assert texts(problems, "en")[0] == (
        "Noor would rather not be “Voorziter”, but this course does not have that role; it does not count. "
        "Did you mean “Voorzitter”?"
    )


def test_an_unknown_column_is_refused_with_the_nearest() -> None:
    (problem,) = RoleCoverage(roles=("A",), opt_out="Rollen").check(column_of("Rol", ""))
    assert problem.text("nl") == (
        "Regel “Elke groep kan de rollen vervullen”: de klassenlijst heeft geen kolom “Rollen”. "
        "Bedoelde je “Rol”?"
    )


def test_label() -> None:
    assert TWO.label().text("nl") == "Elke groep kan de rollen vervullen"
    assert TWO.label().text("en") == "Every group can fill its roles"


def test_it_is_asked_only_where_people_may_opt_out() -> None:
    asked = make_rules('[roles]\nnames = ["A", "B"]\nopt_out = "Rol"').active()[-1]
    assert isinstance(asked, RoleCoverage)
    assert (asked.roles, asked.opt_out, asked.importance) == (("A", "B"), "Rol", Importance.IMPORTANT)
    for toml in ('[roles]\nnames = ["A", "B"]', '[roles]\nnames = []\nopt_out = "Rol"'):
        assert not any(isinstance(rule, RoleCoverage) for rule in make_rules(toml).active())


def test_every_set_of_roles_is_looked_at() -> None:
    roster = column_of("Rol", "geen", "geen", "geen")
    named = {
        tuple(finding.message.values["roles"])  # type: ignore[arg-type]
        for finding in THREE.findings(roster, make_groups("abc"))
    }
    assert named == {chosen for size in (1, 2, 3) for chosen in combinations(THREE.roles, size)}
