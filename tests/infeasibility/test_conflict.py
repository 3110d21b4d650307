"""Why there is no plan: named as the coordinator wrote it, with ways out that come to a plan."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import assume, given, settings

from benchmarks.conflict import more_apart_than_groups
from planner.audit.plan_audit import audit
from planner.engines.common.cpsat import Verdict
from planner.engines.common.watch import Watch
from planner.engines.infeasibility.conflict import find_conflict
from planner.engines.infeasibility.requirements import COUNT, SIZES
from planner.infeasibility.conflict import Explanation, demands_of, explain
from planner.infeasibility.rule_relaxation import RuleRelaxation
from planner.model.domain import Group, Roster
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.planning.counting import IMPOSSIBLE
from planner.planning.formation import form
from planner.rules import Rules
from planner.services.plan import PlanRequest, explain_plan
from planner.services.running import new_pool
from tests.builders.classes import classes, make_roster, make_rules, partitions


def divisions(rules: Rules, roster: Roster) -> list[frozenset[int]]:
    """Return what every division into groups of any size holds, by the audit alone."""
    ids = [student.id for student in roster.students]
    held = []
    for count in range(1, len(ids) + 1):
        for division in partitions(ids, count, 1, len(ids)):
            groups = [Group(name=str(place), members=tuple(group)) for place, group in enumerate(division)]
            reports = audit(rules, roster, groups).reports[1:]  # without the placement
            holding = {place for place, report in enumerate(reports) if not report.broken}
            if 0 in holding:
                holding.add(SIZES)
            if rules.groups.count in (None, count):
                holding.add(COUNT)
            held.append(frozenset(holding))
    return held


def fits(rules: Rules, roster: Roster) -> bool:
    errors = [p for p in rules.check(roster) if p.level is Level.ERROR]
    return all(problem.code in IMPOSSIBLE for problem in errors)


def stricter(rules: Rules) -> Rules:
    """Return the rules with every one a must."""
    musts = tuple(rule.model_copy(update={"importance": Importance.MUST}) for rule in rules.rule)
    return rules.model_copy(update={"rule": musts})


def check_way(way: RuleRelaxation, roster: Roster) -> None:
    """A plan comes of it, made by the ordinary way of planning."""
    changed = way.roster(roster)
    plan = form(way.rules, changed, effort="quick")
    assert audit(way.rules, changed, plan.groups).holds


@given(classes(most=6))
@settings(max_examples=15)
def test_the_conflict_is_one_no_smaller_is_and_every_way_out_comes_to_a_plan(
    case: tuple[Rules, Roster],
) -> None:
    rules, roster = stricter(case[0]), case[1]
    assume(fits(rules, roster))
    held = divisions(rules, roster)
    every = frozenset(demands_of(rules, roster).elements)
    found = explain(rules, roster)
    if any(every <= one for one in held):
        assert found == Explanation(None, holds=True)
        return
    conflict = found.conflict
    assert conflict is not None
    size = len(conflict.rules)
    assert not any(
        not any(frozenset(some) <= one for one in held)
        for fewer in range(size)
        for some in combinations(sorted(every), fewer)
    )
    assert any(not any(frozenset(some) <= one for one in held) for some in combinations(sorted(every), size))
    assert conflict.smallest
    assert conflict.minimal
    for way in found.ways:
        check_way(way, roster)
    assert [way.weight for way in found.ways] == sorted(way.weight for way in found.ways)


# By hand

FREE = ["ma", "ma; di", "ma", "di; ma", "di", "di", "wo", "ma; di"]


def free(answers: list[str]) -> Roster:
    return make_roster([{"Vrij": answer} for answer in answers])


OVERLAP = '[groups]\nsize = [2, 4]\n[[rule]]\nkind = "overlap"\ncolumns = ["Vrij"]\nimportance = "must"\n'


def said(found: Explanation, language: str = "nl") -> list[str]:
    assert found.conflict is not None
    return [rule.text(language) for rule in found.conflict.rules]  # type: ignore[arg-type]


def ways(found: Explanation, language: str = "nl") -> list[str]:
    return [way.message.text(language) for way in found.ways]  # type: ignore[arg-type]


def test_who_shares_no_moment_is_named_with_what_to_ask() -> None:
    found = explain(make_rules(OVERLAP), free(FREE))
    assert said(found) == ["Groepen van 2–4", "Minstens één gedeeld moment in Vrij"]
    assert found.conflict is not None
    assert found.conflict.students == ("g",)
    about = found.conflict.about(free(FREE))
    assert about is not None
    assert about.text("nl").startswith("Het gaat om Teun:")
    assert found.conflict.headline().text("nl").startswith("Bewezen:")
    assert ways(found)[0] == "Vraag Teun of er één moment bij kan: ma."
    assert found.ways[0].roster(free(FREE)).by_id["g"].answer("Vrij") == "wo; ma"
    assert ways(found)[-1] == (
        "Maak dit belangrijk in plaats van verplicht: “Minstens één gedeeld moment in Vrij”."
    )


def test_a_column_for_each_moment() -> None:
    rows = [{"Ma": "ja", "Di": "nee", "Wo": "nee"}] * 3 + [{"Ma": "nee", "Di": "nee", "Wo": "ja"}]
    rules = make_rules(OVERLAP.replace('["Vrij"]', '["Ma", "Di", "Wo"]'))
    found = explain(rules, make_roster(rows))
    assert ways(found)[0] == "Vraag Juul of er één moment bij kan: Ma."
    check_way(found.ways[0], make_roster(rows))


def test_fewer_shared_moments() -> None:
    rules = make_rules(OVERLAP.replace('["Vrij"]', '["Vrij"]\nat_least = 2'))
    found = explain(rules, free(["ma; di", "ma; di", "ma; wo", "ma; do"]))
    assert (
        "“Minstens één gedeeld moment in Vrij” in plaats van “Minstens 2 gedeelde momenten in Vrij”."
        in ways(found)
    )


def test_sizes_that_cannot_be_get_wider() -> None:
    found = explain(make_rules("[groups]\nsize = [4, 5]\n"), make_roster([{} for _ in range(7)]))
    assert said(found) == ["Groepen van 4–5"]
    assert ways(found, "en") == ["Groups of 3–5 instead of 4–5.", "Groups of 4–7 instead of 4–5."]


def test_the_number_of_groups_is_let_go() -> None:
    rules = make_rules("[groups]\nsize = [3, 5]\ncount = 2\n")
    found = explain(rules, make_roster([{} for _ in range(12)]))
    assert said(found) == ["Groepen van 3–5", "2 groepen"]
    assert "Laat het aantal groepen vrij." in ways(found)


def test_a_limit_goes_up_as_little_as_will_do() -> None:
    rows = [{"Baan": "ja" if place < 5 else "nee"} for place in range(8)]
    rules = make_rules(
        '[groups]\nsize = [3, 4]\n[[rule]]\nkind = "limit"\ncolumn = "Baan"\nvalue = "ja"\nat_most = 1\n'
        'importance = "must"\n'
    )
    found = explain(rules, make_roster(rows))
    assert ways(found)[0] == "“Hooguit 3 × Baan = ja” in plaats van “Hooguit 1 × Baan = ja”."


def test_a_pair_apart_and_together() -> None:
    tie = '[[rule]]\nkind = "{}"\nstudents = ["a", "b"]\n'
    rules = make_rules("[groups]\nsize = [2, 4]\n" + tie.format("apart") + tie.format("together"))
    found = explain(rules, make_roster([{} for _ in range(8)]))
    assert sorted(said(found)) == ["Bij elkaar: Noor en Sem", "Uit elkaar: Noor en Sem"]
    assert ways(found, "en")[:2] == [
        "Remove “Apart: Noor and Sem”.",
        "Remove “Together: Noor and Sem”.",
    ]


def test_one_student_is_left_out_of_a_list() -> None:
    rules = make_rules('[groups]\nsize = [4, 4]\n[[rule]]\nkind = "apart"\nstudents = ["a", "b", "c"]\n')
    found = explain(rules, make_roster([{} for _ in range(8)]))
    assert "Leave Noor out of “Apart: Noor, Sem, and Ali”." in ways(found, "en")


def test_only_one_of_an_answer_in_the_class() -> None:
    rows = [{"Gender": g} for g in ["v", "v", "v", "m", "m", "m", "x"]]
    rules = make_rules(
        '[groups]\nsize = [3, 4]\n[[rule]]\nkind = "never-alone"\ncolumn = "Gender"\nimportance = "must"'
    )
    found = explain(rules, make_roster(rows))
    assert said(found, "en") == ["Never alone on Gender"]
    assert ways(found, "en")[0] == "Leave “x” out of “Never alone on Gender”."


def test_a_steady_rule_may_come_first() -> None:
    """It is made anew for the other rules, and every rule was then taken for the one before it."""
    rows = [{"Baan": "ja"} for _ in range(4)]
    rules = make_rules(
        '[groups]\nsize = [2, 3]\n[[rule]]\nkind = "steady"\n[[rule]]\nkind = "limit"\ncolumn = "Baan"\n'
        'value = "ja"\nat_most = 0\nimportance = "must"'
    )
    found = explain(rules, make_roster(rows))
    assert said(found, "en")[-1] == "At most 0 × Baan = ja"
    assert ways(found, "en")[0] == "“At most 2 × Baan = ja” instead of “At most 0 × Baan = ja”."


def test_a_share_that_cannot_be_is_let_go_before_anything_else() -> None:
    rows = [{"Gender": g} for g in ["v", "v", "v", "m", "m", "m", "m", "m", "m", "m"]]
    rules = make_rules(
        '[groups]\nsize = [5, 5]\n[[rule]]\nkind = "never-alone"\ncolumn = "Gender"\nvalues = ["v"]\n'
        'at_least_share = 0.8\nimportance = "must"'
    )
    found = explain(rules, make_roster(rows))
    assert said(found, "en") == ["Groups of 5", "Never alone on Gender (v): none, or at least 4 of every 5"]
    assert ways(found, "en")[0] == (
        "“Never alone on Gender (v)” instead of “Never alone on Gender (v): none, or at least 4 of every 5”."
    )


def test_of_earlier_groups_the_longest_ago_is_let_go() -> None:
    rows = [{"2024": "A" if place < 4 else "", "2025": str(place // 2)} for place in range(6)]
    rules = make_rules(
        '[groups]\nsize = [2, 3]\n[[rule]]\nkind = "new-faces"\ncolumns = ["2024", "2025"]\n'
        'importance = "must"'
    )
    found = explain(rules, make_roster(rows))
    assert "“New faces (2025)” instead of “New faces (2024 and 2025)”." in ways(found, "en")


def test_two_conflicts_at_once_get_a_way_out_of_both() -> None:
    roster = make_roster([{} for _ in range(8)])
    both = "".join(
        f'[[rule]]\nkind = "{kind}"\nstudents = ["{a}", "{b}"]\n'
        for a, b in ("ab", "cd")
        for kind in ("apart", "together")
    )
    found = explain(make_rules("[groups]\nsize = [2, 4]\n" + both), roster)
    assert found.conflict is not None
    assert len(found.conflict.rules) == 2
    assert found.ways
    for way in found.ways:
        check_way(way, roster)
        assert sum(rule.must for rule in way.rules.rule) == 2


def test_a_stopped_search_claims_nothing_and_offers_nothing() -> None:
    found = explain(make_rules(OVERLAP), free(FREE), watch=Watch(wanted_stop=lambda: True))
    assert found == Explanation(None)
    assert found.headline().text("nl").startswith("Wat er in de weg zit, is niet bewezen")


def test_it_comes_back_whole_from_another_process() -> None:
    workers = new_pool(count=1)
    try:
        job = workers.start(explain_plan, PlanRequest(make_rules(OVERLAP), free(FREE)))
        assert job.wait(120)
        assert job.result() == explain(make_rules(OVERLAP), free(FREE))
    finally:
        workers.close()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_said_has_no_gaps_left(language: str) -> None:
    found = explain(make_rules(OVERLAP), free(FREE))
    assert not any("{" in text for text in [*said(found, language), *ways(found, language)])


def test_a_crowd_among_many_other_musts_is_named_by_what_keeps_it_apart() -> None:
    """All fourteen musts were named, after 23 s: leaving out students first took all there is to spend."""
    rules, roster = more_apart_than_groups(80)
    found = find_conflict(demands_of(rules, roster))
    assert found.verdict is Verdict.NONE
    assert found.conflict is not None
    assert found.conflict.elements == (SIZES, rules.active().index(rules.rule[-1]))
    assert found.conflict.smallest
    assert len(found.conflict.students) == 80 // 3 + 1
