"""Who could have moved instead: every exchange tried by hand, with nothing but the audit."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from planner.audit.plan_audit import audit
from planner.model.domain import Group, group_of
from planner.model.no_plan import NoPlan
from planner.model.replan_options import ReplanOptions
from planner.replanning.previous_assignment import PreviousAssignment
from planner.replanning.replan import replan
from planner.replanning.volunteers import volunteers
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.tiny_replans import STAGES, Case, cases, vector

BEFORE_COST = STAGES.index("strangers") + 1


def by_hand(case: Case, placed: dict[str, str], cost: int) -> dict[tuple[str, str], int]:
    """Return the change in cost for everyone who could take over a move."""
    was = group_of(case.earlier.groups)
    found = {}
    for mover in (s for s in placed if s in was and was[s] != placed[s]):
        for other in (s for s in placed if was.get(s) == placed[s] != placed[mover]):
            swapped = {**placed, mover: was[mover], other: placed[mover]}
            groups = tuple(
                Group(name=name, members=tuple(s for s, own in swapped.items() if own == name))
                for name in dict.fromkeys(swapped.values())
            )
            checked = audit(case.rules, case.roster, groups)
            same = vector(case, swapped)[:BEFORE_COST] <= vector(case, placed)[:BEFORE_COST]
            if checked.holds and same:
                found[mover, other] = checked.cost - cost
    return found


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases())
def test_all_who_could_move_instead_and_nobody_else(case: Case) -> None:
    options = ReplanOptions(from_week=case.from_week)
    try:
        plan = replan(case.rules, case.roster, case.earlier, options=options)
    except NoPlan:
        return
    told = volunteers(case.rules, case.roster, case.earlier, options, plan)
    placed = {student.id: plan.group_of[student.id] for student in case.roster.students}
    expected = by_hand(case, placed, plan.outcome.cost)
    assert {(mover, one.student): one.cost for mover, them in told.items() for one in them} == expected
    for them in told.values():
        assert [one.cost for one in them] == sorted(one.cost for one in them)


RULES = make_rules("[groups]\nsize = [2, 4]\n")
ROSTER = make_roster([{} for _ in range(6)])


def test_anyone_of_a_large_enough_group_can_go() -> None:
    """Of five in a group that may have four one goes; which one is all the same."""
    rules = make_rules("[groups]\nsize = [3, 4]\n")
    roster = make_roster([{} for _ in range(7)])
    earlier = PreviousAssignment(groups=make_groups("abcde", "fgz"))
    plan = replan(rules, roster, earlier)
    (mover,) = [s for s in "abcde" if plan.group_of[s] == "Groep 2"]
    told = volunteers(rules, roster, earlier, ReplanOptions(), plan)
    assert {one.student for one in told[mover]} == set("abcde") - {mover}
    assert all(one.cost == 0 for one in told[mover])


def test_nobody_who_was_to_stay_is_asked() -> None:
    earlier = PreviousAssignment(groups=make_groups("abcd", "eyz", "f"))
    options = ReplanOptions(locked=frozenset("ab"))
    plan = replan(RULES, ROSTER, earlier, options=options)
    told = volunteers(RULES, ROSTER, earlier, options, plan)
    assert not {one.student for them in told.values() for one in them} & set("ab")


def test_a_group_that_was_merged_gives_nobody_a_choice() -> None:
    earlier = PreviousAssignment(groups=make_groups("abcd", "ef"))
    options = ReplanOptions(merged=(("Groep 2", "Groep 1"),))
    rules = make_rules("[groups]\nsize = [2, 6]\n")
    plan = replan(rules, ROSTER, earlier, options=options)
    assert plan.outcome.moves == 2
    assert volunteers(rules, ROSTER, earlier, options, plan) == {}
