"""What would change if two swapped or one moved: the same as two whole audits tell."""

from __future__ import annotations

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planner.audit.plan_audit import audit
from planner.audit.what_if import RuleChange, WhatIf, WhatIfs, worst_first
from planner.model.domain import Group, Roster
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.model.text import message
from planner.planning.counting import IMPOSSIBLE
from planner.rules import Rules
from tests.builders.classes import classes, make_groups, make_roster, make_rules, partitions


@st.composite
def plans(draw: st.DrawFn) -> tuple[Rules, Roster, tuple[Group, ...]]:
    rules, roster = draw(classes())
    errors = [p.code for p in rules.check(roster) if p.level is Level.ERROR]
    assume(set(errors) <= IMPOSSIBLE)
    ids = draw(st.permutations([student.id for student in roster.students]))
    count = draw(st.integers(2, len(ids) // 2))
    division = next(partitions(ids, count, 1, len(ids) - count + 1))
    names = rules.group_names(count)
    return rules, roster, tuple(Group(name=n, members=tuple(m)) for n, m in zip(names, division, strict=True))


def swapped(groups: tuple[Group, ...], places: dict[str, str]) -> tuple[Group, ...]:
    group_of = {s: g.name for g in groups for s in g.members} | places
    return tuple(
        Group(name=g.name, members=tuple(s for s, name in group_of.items() if name == g.name)) for g in groups
    )


def check(
    answer: WhatIf, rules: Rules, roster: Roster, was: tuple[Group, ...], then: tuple[Group, ...]
) -> None:
    before, after = (audit(rules, roster, groups).reports[1:] for groups in (was, then))
    assert len(answer.changes) == len(before)
    for change, one, other in zip(answer.changes, before, after, strict=True):
        assert change.after - change.before == other.units - one.units
        assert change.cost == other.cost - one.cost
        assert change.breaks == (change.importance is Importance.MUST and other.units > one.units)
    assert answer.cost == audit(rules, roster, then).cost - audit(rules, roster, was).cost


@given(plans(), st.data())
@settings(max_examples=150)
def test_a_swap_changes_what_two_audits_differ_in(
    case: tuple[Rules, Roster, tuple[Group, ...]], data: st.DataObject
) -> None:
    rules, roster, groups = case
    one, other = data.draw(st.permutations(groups))[:2]
    first, second = data.draw(st.sampled_from(one.members)), data.draw(st.sampled_from(other.members))
    answer = WhatIfs(rules, roster, groups).swap(first, second)
    check(answer, rules, roster, groups, swapped(groups, {first: other.name, second: one.name}))


@given(plans(), st.data())
@settings(max_examples=150)
def test_a_move_changes_what_two_audits_differ_in(
    case: tuple[Rules, Roster, tuple[Group, ...]], data: st.DataObject
) -> None:
    rules, roster, groups = case
    one, other = data.draw(st.permutations(groups))[:2]
    assume(len(one.members) > 1)
    student = data.draw(st.sampled_from(one.members))
    answer = WhatIfs(rules, roster, groups).move(student, other.name)
    check(answer, rules, roster, groups, swapped(groups, {student: other.name}))


RULES = """[groups]
size = [2, 3]
[[rule]]
kind = "never-alone"
column = "Gender"
importance = "must"
[[rule]]
kind = "similar"
column = "Doel"
"""
CLASS = make_roster(
    [
        {"Gender": "v", "Doel": "lezen"},
        {"Gender": "v", "Doel": "lezen"},
        {"Gender": "m", "Doel": "praten"},
        {"Gender": "m", "Doel": "lezen"},
        {"Gender": "m", "Doel": "praten"},
    ]
)
GROUPS = make_groups("ab", "cde")


def test_a_must_rule_that_would_break_is_named_with_what_would_be_found() -> None:
    answer = WhatIfs(make_rules(RULES), CLASS, GROUPS).swap("a", "d")
    (broken,) = answer.broken
    assert broken.rule.text("nl") == "Nooit alleen bij Gender"
    assert answer.headline().text("en") == "Not possible: this breaks “Never alone on Gender”."
    assert {finding.message.text("en") for finding in broken.new} == {
        "Sem is the only one here with “v” in Gender.",
        "Noor is the only one here with “v” in Gender.",
        "Juul is the only one here with “m” in Gender.",
    }
    assert broken.gone == ()
    assert broken.description.text("nl") == "zou niet meer kloppen"


def test_what_gets_better_says_so() -> None:
    rules = make_rules(RULES.replace('importance = "must"', 'importance = "nice"'))
    groups = make_groups("ac", "bde")
    answer = WhatIfs(rules, CLASS, groups).swap("c", "b")
    assert answer.cost < 0
    assert answer.headline().text("nl") == (
        "Dit kan. Klopt beter: Zelfde Doel bij elkaar (1 tweetal) en Nooit alleen bij Gender (3 studenten)."
    )
    assert [change.description.text("en") for change in answer.changes] == [
        "stays as it is",
        "stays as it is",
        "better met",
        "better met",
    ]


def test_a_group_that_becomes_too_small_breaks_the_sizes() -> None:
    answer = WhatIfs(make_rules(RULES), CLASS, GROUPS).move("a", "Groep 2")
    assert [change.rule.text("en") for change in answer.broken] == ["Groups of 2–3", "Never alone on Gender"]


def test_people_elsewhere_are_left_out_of_it() -> None:
    tie = '[groups]\nsize = [1, 3]\n[[rule]]\nkind = "together"\nstudents = ["a", "e"]\n'
    groups = make_groups("ab", "c", "de")
    answer = WhatIfs(make_rules(tie), CLASS, groups).swap("a", "c")
    change = answer.changes[-1]
    assert change.rule.text("nl") == "Bij elkaar: Noor en Bram"
    assert (change.before, change.after, change.was, change.becomes) == (0, 0, (), ())


def test_two_groups_are_compared_rule_by_rule() -> None:
    compared = WhatIfs(make_rules(RULES), CLASS, GROUPS).compare("Groep 1", "Groep 2")
    assert [one.units for one in compared] == [(0, 0), (0, 1), (0, 0), (0, 2)]
    similar = compared[-1]
    assert similar.findings[0] == ()
    assert [f.message.text("nl") for f in similar.findings[1]] == ["Doel: praten en lezen."]


NUMBERS = """[groups]
size = [1, 300]
[[rule]]
kind = "balance"
column = "Grade"
importance = "important"
[[rule]]
kind = "similar"
column = "Goal"
importance = "nice"
"""


def large_class() -> tuple[Rules, Roster]:
    """Return a class so large that what one move does to the average over it is a hair."""
    rows = [{"id": f"s{at}", "Grade": f"{6 + at % 2}", "Goal": "xy"[at in (2, 3)]} for at in range(300)]
    return make_rules(NUMBERS), make_roster(rows)


def test_what_gets_worse_comes_first_and_a_hair_is_left_out() -> None:
    """A tiny bit of an average came first, and what anybody would notice was hidden in "2 more"."""
    rules, roster = large_class()
    rest = tuple(student.id for student in roster.students[4:])
    groups = (
        Group(name="A", members=("s0", "s1")),
        Group(name="B", members=("s2",)),
        Group(name="C", members=("s3", *rest)),
    )
    answer = WhatIfs(rules, roster, groups).move("s0", "B")
    balance, similar = answer.changes[-2:]
    assert balance.slight
    assert not similar.slight
    assert similar.worse
    assert balance.worse
    assert abs(balance.cost) > similar.cost > 0  # an engine minds the hair more
    assert answer.costs
    told = answer.headline().text("en")
    assert told == "Possible. Less well met: Same Goal together (1 pair)."
    assert sorted(answer.changes, key=worst_first)[:2] == [similar, balance]


def test_what_breaks_comes_before_what_gets_worse_and_that_before_what_gets_better() -> None:
    def one(rule: str, importance: Importance, before: int, after: int, cost: int) -> RuleChange:
        return RuleChange(message(rule), importance, before, after, cost, amount=message("so much"))

    better = one("better", Importance.IMPORTANT, 9, 0, -900)
    worse = one("worse", Importance.NICE, 0, 1, 1)
    breaks = one("breaks", Importance.MUST, 0, 1, 0)
    same = one("same", Importance.MUST, 0, 0, 0)
    answer = WhatIf((same, better, worse, breaks))
    assert sorted(answer.changes, key=worst_first) == [breaks, worse, better, same]
    told = answer.effect
    assert told is not None
    assert told.text("en") == (
        "Less well met: worse (so much); better met: better (so much). Better on balance."
    )
    assert told.text("nl").startswith("Klopt minder goed: worse")


def test_a_hair_is_told_where_it_is_all_there_is() -> None:
    rules, roster = large_class()
    groups = (
        Group(name="A", members=("s0", "s1")),
        Group(name="B", members=tuple(student.id for student in roster.students[2:])),
    )
    answer = WhatIfs(rules.model_copy(update={"rule": rules.rule[:1]}), roster, groups).swap("s0", "s3")
    assert "a tiny bit (under 0.01 points" in answer.headline().text("en")
    assert not answer.costs
