"""Learning goals: linked by words or by hand, and read by rules like any other column."""

from __future__ import annotations

import inspect

import pytest

from planner.audit.plan_audit import audit
from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.planning.formation import form
from planner.plans.course import only_used
from planner.rules import Rules, build_instance, read_rules, write_rules
from planner.rules.base import Rule
from planner.rules.goal_words import suggested_goal
from planner.rules.goals import GoalSettings, Linked, with_goals
from tests.builders.classes import make_groups, make_roster, make_rules, texts

DUTCH = ("Presentaties geven", "Onderzoek doen", "Samenwerken in een team", "Academisch schrijven")
ENGLISH = ("Giving presentations", "Doing research", "Working together", "Academic writing")
GOALS = """
    [groups]
    size = [2, 2]
    [goals]
    column = "Wat wil je leren"
    course = ["Presenteren", "Onderzoek doen"]
"""
SIMILAR = """
    [[rule]]
    kind = "similar"
    column = "Leerdoel van het vak"
    importance = "must"
"""
WORDS = ("rustig presenteren", "een onderzoek opzetten", "presentaties", "Onderzoek doen")


def four(*words: str) -> list[dict[str, str]]:
    return [{"Wat wil je leren": one} for one in words or WORDS]


@pytest.mark.parametrize(
    ("words", "goal"),
    [
        ("Ik wil rustiger leren presenteren", "Presentaties geven"),
        ("onderzoeken opzetten", "Onderzoek doen"),
        ("Onderzoek doen", "Onderzoek doen"),
        ("beter samenwerken", "Samenwerken in een team"),
        ("schrijven in academische stijl", "Academisch schrijven"),
        ("presenteren en onderzoeken", ""),  # two goals alike: for people to decide
        ("statistiek", ""),
        ("ik wil het graag goed leren", ""),  # no word that tells anything
        ("", ""),
    ],
)
def test_dutch_words_suggest_a_goal(words: str, goal: str) -> None:
    assert suggested_goal(words, DUTCH) == goal


@pytest.mark.parametrize(
    ("words", "goal"),
    [
        ("I want to present with more calm", "Giving presentations"),
        ("reasearch skills", "Doing research"),
        ("working in teams", "Working together"),
        ("write better", "Academic writing"),
        ("learn more", ""),
    ],
)
def test_english_words_suggest_a_goal(words: str, goal: str) -> None:
    assert suggested_goal(words, ENGLISH) == goal


def test_what_is_set_by_hand_wins_and_may_be_nothing() -> None:
    roster = make_roster(four())
    goals = GoalSettings(
        column="Wat wil je leren",
        course=("Presenteren", "Onderzoek doen"),
        links={"a": "Onderzoek doen", "c": ""},
    )
    assert [goals.goal(one) for one in roster.students] == [
        "Onderzoek doen",
        "Onderzoek doen",
        "",
        "Onderzoek doen",
    ]
    linked = with_goals(roster, goals, "nl")
    assert [one.answer("Leerdoel van het vak") for one in linked.students][2] == ""
    assert linked.kind("Leerdoel van het vak") is ColumnKind.CATEGORY
    assert linked.headings == ("Wat wil je leren", "Leerdoel van het vak")


def test_similar_brings_people_with_one_goal_together() -> None:
    rules, roster = make_rules(GOALS + SIMILAR), make_roster(four())
    plan = form(rules, roster, effort="quick")
    assert sorted(sorted(group.members) for group in plan.groups) == [["a", "c"], ["b", "d"]]
    apart = audit(rules, roster, make_groups("ab", "cd"))
    assert [report.kind for report in apart.broken] == ["similar"]
    assert apart.broken[0].findings[0].message.text("nl") == (
        "Leerdoel van het vak: Presenteren en Onderzoek doen."
    )


def test_mix_spreads_the_goals() -> None:
    rules, roster = make_rules(GOALS + SIMILAR.replace("similar", "mix")), make_roster(four())
    for group in form(rules, roster, effort="quick").groups:
        assert set(group.members) in ({"a", "b"}, {"a", "d"}, {"b", "c"}, {"c", "d"})


def test_the_costs_and_the_account_are_those_of_the_rule_itself() -> None:
    rules, roster = make_rules(GOALS + SIMILAR.replace("must", "nice")), make_roster(four())
    plain = make_rules(SIMILAR.replace("must", "nice") + "\n[groups]\nsize = [2, 2]")
    linked = with_goals(roster, rules.goals, "nl")
    here, there = build_instance(rules, roster, 2), build_instance(plain, linked, 2)
    assert [type(cost) for cost in here.costs] == [type(cost) for cost in there.costs]
    groups = make_groups("ab", "cd")
    assert rules.audit(roster, groups) == plain.audit(linked, groups)


def test_suggested_links_are_for_people_to_look_at() -> None:
    rules, roster = make_rules(GOALS + SIMILAR), make_roster(four())
    found = [problem for problem in rules.check(roster) if problem.code == "goals-suggested"]
    assert texts(found, "nl") == [
        "Regel “Zelfde Leerdoel van het vak bij elkaar”: 4 studenten zijn aan een leerdoel gekoppeld door de "
        "woorden die ze delen. Controleer de koppelingen op de pagina Kaarten, of zet ze onder "
        "[goals.links]."
    ]
    looked_at = rules.goals.model_copy(
        update={"links": {one.id: rules.goals.goal(one) for one in roster.students}}
    )
    by_hand = rules.model_copy(update={"goals": looked_at})
    assert not [problem for problem in by_hand.check(roster) if problem.code == "goals-suggested"]


def test_a_class_list_without_the_column_is_told_of() -> None:
    roster = make_roster([{"Wat wil je lezen": "x"}] * 4)
    (problem,) = make_rules(GOALS + SIMILAR).check(roster)
    assert (problem.code, problem.level, problem.column) == (
        "unknown-column",
        Level.ERROR,
        "Wat wil je leren",
    )
    shared = make_rules(GOALS.replace('column = "Wat', 'shareable = true\n    column = "Wat'))
    (problem,) = shared.check(roster)
    assert (problem.code, problem.level) == ("goals-column", Level.ASSUMED)
    assert problem.text("en") == (
        "The class list has no column “Wat wil je leren”; the cards leave room to write instead. "
        "Did you mean “Wat wil je lezen”?"
    )


def test_own_words_are_kept_only_where_something_reads_them() -> None:
    roster = make_roster(four())
    assert only_used(roster, make_rules(GOALS)).headings == ()
    assert only_used(roster, make_rules(GOALS + SIMILAR)).headings == ("Wat wil je leren",)
    shared = make_rules(GOALS.replace("course", "shareable = true\n    course"))
    assert only_used(roster, shared).headings == ("Wat wil je leren",)


def test_goals_come_back_from_a_rules_file() -> None:
    rules = make_rules(GOALS + SIMILAR)
    goals = rules.goals.model_copy(update={"links": {"a": "Presenteren", "b": ""}, "shareable": True})
    rules = rules.model_copy(update={"goals": goals})
    assert read_rules(write_rules(rules)) == rules
    assert b"[goals]" not in write_rules(Rules())


def test_a_linked_rule_lets_the_rule_itself_speak_in_everything() -> None:
    """Whatever else a rule learns to say, a linked one says it of the class list with the goals."""
    said = {
        name for name, value in vars(Rule).items() if isinstance(value, property) or inspect.isfunction(value)
    }
    public = {name for name in said if not name.startswith("_")}
    assert {"compile", "findings", "natural", "report"} <= public
    assert public - set(vars(Linked)) == {"must"}  # importance is its own, and the same
    rules, roster = make_rules(GOALS + SIMILAR.replace("must", "nice")), make_roster(four())
    (linked,) = [rule for rule in rules.active() if isinstance(rule, Linked)]
    assert linked.natural(2, roster) == linked.rule.natural(2, roster)
    assert (linked.price, linked.must) == (linked.rule.price, linked.rule.must)
