"""Everything asked for one course, together."""

from __future__ import annotations

import numpy as np
import pytest

from planner.model.base import MOST_STUDENTS
from planner.model.domain import ColumnKind, Group, Student
from planner.model.instance import CompanyCost, PairCost, SumCost
from planner.model.problems import InputError, Level
from planner.planning.formation import form
from planner.rules import KINDS, Rules, build_instance, settings
from planner.rules.base import Shape
from planner.rules.mix import MOST_VALUES
from planner.rules.never_alone import NeverAlone
from tests.builders.classes import make_groups, make_roster, make_rules


def test_groups_are_named_in_the_language_or_as_asked() -> None:
    assert make_rules("").group_names(2) == ("Groep 1", "Groep 2")
    assert make_rules('language = "en"').group_names(1) == ("Group 1",)
    assert make_rules('[groups]\nnames = "T{n}a"').group_names(3) == ("T1a", "T2a", "T3a")


def test_active_rules_are_sizes_then_the_rules_asked_for_then_roles() -> None:
    rules = make_rules("""
        [[rule]]
        kind = "wish"
        columns = ["W"]
        [[rule]]
        kind = "mix"
        column = "M"
        [roles]
        opt_out = "R"
    """)
    assert [rule.kind for rule in rules.active()] == [
        "size",
        "preferred-size",
        "wish",
        "mix",
        "role-coverage",
    ]
    assert rules.headings() == ("W", "M", "R")


def test_every_kind_has_words_for_the_coordinator_in_both_languages() -> None:
    for kind, rule in KINDS.items():
        assert rule.model_fields["kind"].default == kind
        for text in (rule.title, rule.help):
            assert text.text("nl") != ""
            assert text.text("nl") != text.text("en")


def test_problems_of_every_rule_are_told_together() -> None:
    rules = make_rules("""
        [[rule]]
        kind = "mix"
        column = "Opl"
        [[rule]]
        kind = "apart"
        students = ["a", "zz"]
        [roles]
        opt_out = "Rol"
        [term]
        weeks = 6
        refresh_after = [3, 6]
    """)
    problems = rules.check(make_roster([{"Opleiding": "bio"}]))
    assert [problem.code for problem in problems] == [
        "unknown-column",
        "unknown-student",
        "unknown-column",
        "refresh-outside-term",
    ]
    assert all(problem.level is Level.ERROR for problem in problems)
    assert problems[-1].text("nl") == (
        "De periode heeft 6 weken; na week 6 kan er geen wissel komen. Kies een week vóór de laatste."
    )
    assert problems[-1].text("en") == (
        "The term has 6 weeks; there can be no refresh after week 6. Choose a week before the last one."
    )


def test_every_cost_knows_which_rule_it_came_from() -> None:
    rules = make_rules("""
        [groups]
        size = [2, 3]
        prefer = 2
        [[rule]]
        kind = "similar"
        column = "Leerdoel"
        importance = "must"
        [[rule]]
        kind = "never-alone"
        column = "Leerdoel"
        importance = "nice"
    """)
    roster = make_roster([{"Leerdoel": goal} for goal in ("x", "x", "y", "y", "y")])
    instance = build_instance(rules, roster, 2)
    assert (instance.students, instance.groups, instance.smallest, instance.largest) == (5, 2, 2, 3)
    assert [(type(cost), cost.rule, cost.must, cost.price) for cost in instance.costs] == [
        (SumCost, 1, False, 500),
        (PairCost, 2, True, 100),
        (CompanyCost, 3, False, 100),
        (CompanyCost, 3, False, 100),
    ]
    sizes = instance.costs[0]
    assert isinstance(sizes, SumCost)
    assert np.array_equal(sizes.weights, np.ones(5))


def test_a_roster_shows_numbers_beside_shared_names() -> None:
    roster = make_roster([{"name": "Noor Bos"}, {"name": "noor bos"}, {"name": "Sem"}])
    assert roster.names(["a", "b", "c", "zz"]) == ("Noor Bos (a)", "noor bos (b)", "Sem", "zz")
    assert roster.kind("x") is None
    assert make_roster([{"x": "1"}]).kind("x") is ColumnKind.TEXT


def test_a_rule_reports_its_cost_by_importance() -> None:
    roster = make_roster([{"M": "x"}, {"M": "x"}, {"M": "y"}, {"M": "y"}])
    for importance, cost in (("nice", 400), ("important", 2000), ("must", 0)):
        rules = make_rules(f'[[rule]]\nkind = "mix"\ncolumn = "M"\nimportance = "{importance}"')
        report = rules.audit(roster, make_groups("ab", "cd"))[-1]
        assert (report.kind, report.units, report.cost) == ("mix", 4, cost)
        assert report.broken == (importance == "must")
        assert report.title.text("nl") == "M mengen"


def test_defaults_are_those_of_the_contract() -> None:
    rules = Rules()
    assert (rules.groups.size, rules.groups.preferred, rules.groups.count) == ((3, 5), 4, None)
    assert (rules.roles.rotate_every, rules.term.keep_familiar, rules.term.max_moved) == (1, 1, 0.25)


def test_more_to_count_than_there_is_memory_for_is_refused_before_it_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A rule over thousands of different answers took all the memory of the process that planned."""
    rules = make_rules("""
        [[rule]]
        kind = "mix"
        column = "Opleiding"
        [[rule]]
        kind = "never-alone"
        column = "Woonplaats"
        importance = "nice"
    """)
    rows = [{"Opleiding": "ab"[n % 2], "Woonplaats": f"plaats {n // 2}"} for n in range(20)]
    roster = make_roster(rows, headings=["Opleiding", "Woonplaats"])
    counted = sum(rule.counted(roster) for rule in rules.active())
    assert counted >= len(build_instance(rules, roster, 5).costs) == 13
    monkeypatch.setattr(settings, "MOST_COUNTED", counted * 20)
    assert rules.check(roster) == []
    monkeypatch.setattr(settings, "MOST_COUNTED", counted * 20 - 1)
    monkeypatch.setattr(NeverAlone, "compile", None)
    with pytest.raises(InputError) as error:
        form(rules, roster)
    (problem,) = error.value.problems
    assert (problem.code, problem.level) == ("too-much-to-count", Level.ERROR)
    assert problem.text("en").startswith(
        f"With 20 students the rules can count {counted - 1} different answers together; "
        f"these are {counted}, most of them in “Never alone on Woonplaats”. Leave that rule out"
    )
    assert problem.text("nl").startswith(f"Bij 20 studenten kunnen de regels samen {counted - 1} ")


def test_the_largest_class_may_ask_what_large_classes_ask() -> None:
    """Twelve columns to mix, with as many answers as there can be, for 20,000 students."""
    assert 12 * MOST_VALUES * MOST_STUDENTS < settings.MOST_COUNTED


def test_answers_are_looked_at_once_whatever_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every answer was looked for in the whole class: minutes for thousands of them."""
    rule = NeverAlone(column="Woonplaats", importance="nice")
    roster = make_roster([{"Woonplaats": f"plaats {n // 2}"} for n in range(200)], headings=["Woonplaats"])
    groups = tuple(
        Group(name=f"Groep {g}", members=tuple(s.id for s in roster.students[4 * g : 4 * g + 4]))
        for g in range(50)
    )
    asked, answer = [], Student.answer

    def counted(student: Student, heading: str) -> str:
        asked.append(heading)
        return answer(student, heading)

    monkeypatch.setattr(Student, "answer", counted)
    assert len(rule.compile(roster, Shape(groups=50, smallest=3, largest=5))) == 100
    assert rule.findings(roster, groups) == []
    assert rule.check(roster) == []
    assert len(asked) <= 10 * len(roster.students)
