"""The proven least number of moves: never above the truth, and tight where sizes alone decide."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings

from planner.engines.replanning.patterns import pattern_bound
from planner.model.domain import Roster
from planner.model.instance import NO_HOME
from planner.rules import Rules, build_instance
from tests.builders.classes import make_roster, make_rules
from tests.builders.tiny_replans import Case, cases, least


def bound(rules: Rules, roster: Roster, *old: str) -> int:
    home = np.full(len(roster.students), NO_HOME, np.int64)
    for place, members in enumerate(old):
        for student in members:
            if student in roster.position:
                home[roster.position[student]] = place
    labels = max(len(old), -(-len(roster.students) // rules.groups.size[1]), rules.groups.count or 0)
    may_be_empty = rules.groups.count is None or rules.groups.count < labels
    return pattern_bound(build_instance(rules, roster, labels), home, may_be_empty=may_be_empty)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(cases())
def test_no_plan_has_fewer_moves_than_the_bound(case: Case) -> None:
    assume(not any(problem.level == "error" for problem in case.rules.check(case.roster)))
    best = least(case)
    assume(best is not None)
    assert best is not None
    old = ["".join(group.members) for group in case.earlier.groups]
    assert bound(case.rules, case.roster, *old) <= best[0]


def of(now: str, **answers: str) -> Roster:
    return make_roster(
        [
            {"id": s, **{heading: cells[place] for heading, cells in answers.items()}}
            for place, s in enumerate(now)
        ]
    )


def test_tight_where_sizes_decide() -> None:
    rules = make_rules("[groups]\nsize = [3, 5]")
    assert bound(rules, of("abcdefgh"), "abcd", "efgh") == 0
    assert bound(rules, of("abcdefg"), "abcde", "fgh") == 1  # h left: one has to come over
    assert bound(rules, of("abcdefgn"), "abcde", "fgh") == 0  # and n takes the empty place
    assert bound(rules, of("abcdef"), "abcdz", "efx") == 1
    assert bound(rules, of("abcde"), "abc", "dex") == 2  # a group that dissolves


def test_tight_where_nobody_may_be_alone() -> None:
    rules = make_rules(
        '[groups]\nsize = [3, 5]\n[[rule]]\nkind = "never-alone"\n'
        'column = "G"\nvalues = ["v"]\nimportance = "must"'
    )
    roster = of("abcdefgh", G="vmmmvvmm")
    assert bound(rules, roster, "abcd", "efgh") == 1  # a goes to e and f
    both = of("abcdefgh", G="vmmmvmmm")
    assert bound(rules, both, "abcd", "efgh") == 1  # a and e come together


def test_a_group_that_has_to_stay_costs_more_moves_than_one_that_may_go() -> None:
    free, fixed = make_rules("[groups]\nsize = [2, 4]"), make_rules("[groups]\nsize = [2, 4]\ncount = 3")
    assert bound(free, of("abcdefg"), "abc", "def", "g") == 1
    assert bound(fixed, of("abcdefg"), "abc", "def", "g") == 1
    assert bound(free, of("abcdeg"), "abc", "de", "g") == 1
    assert bound(fixed, of("abcdef"), "abcd", "ef", "x") == 2
    assert bound(free, of("abcdef"), "abcd", "ef", "x") == 0


def test_below_the_truth_where_pairs_or_shared_moments_decide() -> None:
    """Pairs and moments are not seen: the bound stays at nothing, and that is still no lie."""
    apart = make_rules(
        '[groups]\nsize = [2, 4]\n[[rule]]\nkind = "apart"\nstudents = ["a", "b"]\nimportance = "must"'
    )
    assert bound(apart, of("abcdef"), "abc", "def") == 0
    overlap = make_rules(
        '[groups]\nsize = [2, 4]\n[[rule]]\nkind = "overlap"\ncolumns = ["Vrij"]\nimportance = "must"'
    )
    free = make_roster([{"id": s, "Vrij": "ma" if s in "abd" else "di"} for s in "abcdef"])
    assert bound(overlap, free, "abc", "def") == 0


def test_many_different_weights_end_soon() -> None:
    """A sieve that tells everybody apart is too fine to try all that fits; it looks at less."""
    rules = make_rules(
        '[groups]\nsize = [3, 5]\n[[rule]]\nkind = "balance"\n'
        'column = "Cijfer"\nimportance = "must"\nwithin = 3'
    )
    rows = [{"id": f"s{place}", "Cijfer": f"{5 + place / 60:.2f}"} for place in range(240)]
    roster = make_roster(rows)
    home = np.arange(240, dtype=np.int64) // 4
    instance = build_instance(rules, roster, 60)
    assert pattern_bound(instance, home, may_be_empty=True) == 0
