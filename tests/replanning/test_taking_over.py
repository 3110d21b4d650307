"""A volunteer who moves instead: the plan with the two exchanged, and what stays proven of it."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from planner.model.domain import group_of
from planner.model.no_plan import NoPlan
from planner.model.replan_options import ReplanOptions
from planner.replanning.replan import replan
from planner.replanning.taking_over import taken_over
from planner.replanning.volunteers import volunteers
from tests.builders.tiny_replans import STAGES, Case, cases, vector


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case=cases())
def test_every_volunteer_can_take_over_and_no_more_is_called_proven_than_is(case: Case) -> None:
    options = ReplanOptions(from_week=case.from_week)
    asked = case.rules, case.roster, case.earlier
    try:
        plan = replan(*asked, options=options)
    except NoPlan:
        return
    was = group_of(case.earlier.groups)
    reached = {stage.name: stage for stage in plan.outcome.stages}
    for mover, them in volunteers(*asked, options, plan).items():
        for one in them:
            after = taken_over(*asked, options, plan, (mover, one.student))
            assert after.group_of[mover] == was[mover]
            assert after.group_of[one.student] == plan.group_of[mover]
            assert after.outcome.moves == plan.outcome.moves
            assert after.outcome.moves_bound == plan.outcome.moves_bound
            assert after.outcome.cost == plan.outcome.cost + one.cost
            placed = {student.id: after.group_of[student.id] for student in case.roster.students}
            counted = dict(zip(STAGES, vector(case, placed), strict=False))
            same = True
            for stage in after.outcome.stages:
                if stage.name in counted and stage.name != "role-changes":
                    assert stage.value == counted[stage.name], stage.name
                same = same and stage.value == reached[stage.name].value
                assert stage.proven == (reached[stage.name].proven and same)
