"""A rule about two people stays one about them, also under a new student id."""

from __future__ import annotations

from planner.audit.plan_audit import audit
from planner.model.domain import Group
from planner.replanning.changes import Changes, Same
from planner.replanning.previous_assignment import previous_assignment
from planner.replanning.renaming import with_new_ids
from planner.replanning.replan import replan
from planner.rules import Rules, read_rules
from tests.builders.classes import make_groups, make_roster


def rules(*apart: str) -> Rules:
    listed = ", ".join(f'"{student}"' for student in apart)
    return read_rules(f'[groups]\nsize = [2, 3]\n[[rule]]\nkind = "apart"\nstudents = [{listed}]\n'.encode())


CHANGES = Changes(same=(Same(old_id="a", new_id="A"), Same(old_id="b", new_id="B")), left=("e",))


def test_the_rule_names_them_as_they_are_now() -> None:
    renamed = with_new_ids(rules("a", "c"), CHANGES)
    assert renamed.rule[0].students == ("A", "c")  # type: ignore[union-attr]


def test_rules_about_others_are_the_same_object() -> None:
    given = rules("c", "d")
    assert with_new_ids(given, CHANGES) is given
    assert with_new_ids(given, Changes()) is given


def test_two_who_were_apart_stay_apart_after_their_ids_changed() -> None:
    """Without the new ids the rule would have been left aside as one about people who are gone."""
    asked = with_new_ids(rules("a", "c"), CHANGES)
    roster = make_roster([{"id": s} for s in "ABcd"])
    earlier = previous_assignment(make_groups("abe", "cd"), (), None, CHANGES)
    plan = replan(asked, roster, earlier)
    assert audit(asked, roster, plan.groups).holds
    assert plan.outcome.moves == 0
    together = (Group(name="Groep 1", members=("A", "c")), Group(name="Groep 2", members=("B", "d")))
    assert not audit(asked, roster, together).holds
