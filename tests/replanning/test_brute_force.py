"""The rerun against every assignment there is: each stage as small as can be, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from planner.audit.plan_audit import audit
from planner.model.no_plan import NoPlan
from planner.model.replan_options import ReplanOptions
from planner.replanning.replan import replan
from tests.builders.tiny_replans import STAGES, Case, case_of, cases, least, lists, told, vector


@settings(max_examples=250, deadline=None, derandomize=True)
@given(cases())
def test_every_stage_is_the_least_over_all_assignments(case: Case) -> None:
    best = least(case)
    options = ReplanOptions(from_week=case.from_week)
    if best is None:
        with pytest.raises(NoPlan) as told_why:
            replan(case.rules, case.roster, case.earlier, options=options)
        assert told_why.value.proven
        return
    plan = replan(case.rules, case.roster, case.earlier, options=options)
    assert told(plan) == best
    assert [stage.name for stage in plan.outcome.stages] == list(STAGES)
    assert all(stage.proven for stage in plan.outcome.stages)
    assert (plan.outcome.moves, plan.outcome.moves_bound) == (best[0], best[0])
    placed = {student.id: plan.group_of[student.id] for student in case.roster.students}
    assert vector(case, placed) == best[:-1]
    checked = audit(case.rules, case.roster, plan.groups, plan.turns, case.from_week)
    assert checked.holds
    assert checked.cost == plan.outcome.cost == best[-1]
    assert plan.outcome.bound <= best[-1]


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        # Fewer groups than there were: one of them goes, and the smallest change does it.
        (case_of(("abc", "de", "fg"), "abcdefg", (2, 4), count=2), (2, 0, 0, 0, 1, 0, 0, 1)),
        # One more: two leave for it, from one group or from two.
        (case_of(("abc", "def"), "abcdef", (2, 4), count=3), (2, 1, 0, 0, 2, 4, 2, 1)),
        # The old labels hold the class by number, yet two who stay apart need a second group.
        (case_of(("abcd",), "abcd", (2, 4), count=None, **lists("a", "b")), (2, 1, 0, 0, 1, 4, 0, 1)),
        # Two newcomers side by side rather than one in each group.
        (case_of(("abc", "def"), "abcdefgh", (2, 5), count=None), (0, 0, 0, 0, 0, 0, 0, 1)),
        # n does not go with e, and the other group is full: a group of their own spares a move.
        (
            case_of(("abcd", "ef"), "abcdefno", (2, 4), count=None, **lists("n", "e")),
            (0, 1, 0, 0, 0, 0, 0, 1),
        ),
    ],
)
def test_known_vectors(case: Case, expected: tuple[int, ...]) -> None:
    plan = replan(case.rules, case.roster, case.earlier)
    assert told(plan) == least(case)
    assert told(plan)[:-1] == expected


def test_no_plan_is_only_proven_where_none_holds() -> None:
    impossible = case_of(("abc", "de"), "abc", (2, 3), count=None, **lists("a", "b"))
    assert least(impossible) is None
    with pytest.raises(NoPlan) as told_why:
        replan(impossible.rules, impossible.roster, impossible.earlier)
    assert told_why.value.proven
