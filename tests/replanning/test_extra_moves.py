"""Extra moves are spent well: held against every move and every swap, each tried and audited."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random

import pytest

from planner.audit.plan_audit import audit
from planner.engines.replanning import candidate_pool
from planner.model.domain import Group, Plan, Roster
from planner.model.replan_options import ReplanOptions
from planner.replanning.previous_assignment import PreviousAssignment
from planner.replanning.replan import replan
from planner.rules import Rules
from tests.builders.classes import make_groups, make_roster

KINDS: tuple[dict[str, object], ...] = (
    {"kind": "mix", "column": "O"},
    {"kind": "similar", "column": "G"},
    {"kind": "balance", "column": "C"},
    {"kind": "never-alone", "column": "G"},
)


def a_class(seed: int) -> tuple[Rules, Roster, PreviousAssignment]:
    """Return a class of twelve in three groups that nobody tried to make well."""
    drawn = Random(seed)
    rows = [
        {"O": drawn.choice("xyz"), "G": drawn.choice("fm"), "C": str(drawn.randint(4, 9))} for _ in range(12)
    ]
    rules = {
        "groups": {"size": (3, 5), "names": "Groep {n}"},
        "rule": drawn.sample(KINDS, 2),
        "roles": {"names": ()},
    }
    ids = drawn.sample("abcdefghijkl", 12)
    earlier = PreviousAssignment(groups=make_groups(*("".join(ids[at : at + 4]) for at in (0, 4, 8))))
    return Rules.model_validate(rules), make_roster(rows), earlier


def one_step_from(groups: tuple[Group, ...]) -> Iterator[tuple[Group, ...]]:
    """Yield what every single move and every single swap makes of groups."""
    home = {member: group.name for group in groups for member in group.members}
    steps = [{one: group.name} for one in home for group in groups if group.name != home[one]]
    steps += [{a: home[b], b: home[a]} for a, b in combinations(home, 2) if home[a] != home[b]]
    for step in steps:
        now = {**home, **step}
        yield tuple(
            group.model_copy(update={"members": tuple(one for one in now if now[one] == group.name)})
            for group in groups
        )


@pytest.mark.parametrize("seed", range(8))
def test_two_extra_moves_bring_what_any_move_or_swap_brings(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a class of 120 two, three and four extra moves came to no more than one: no swap was in the pool."""
    monkeypatch.setattr(candidate_pool, "MOST_LISTED", 0)  # as where there are too many groups to list
    monkeypatch.setattr(candidate_pool, "MOST_SOME", 6)
    rules, roster, earlier = a_class(seed)
    plans: list[Plan] = [
        replan(rules, roster, earlier, options=ReplanOptions(extra_moves=extra)) for extra in range(5)
    ]
    assert plans[0].outcome.moves == 0
    found = [audit(rules, roster, groups) for groups in one_step_from(plans[0].groups)]
    best = min(one.cost for one in found if one.holds)
    assert plans[2].outcome.cost <= min(best, plans[0].outcome.cost)
    costs = [plan.outcome.cost for plan in plans]
    assert costs == sorted(costs, reverse=True)
    assert all((plan.outcome.moves or 0) <= extra for extra, plan in enumerate(plans))
    assert all(audit(rules, roster, plan.groups).holds for plan in plans)
