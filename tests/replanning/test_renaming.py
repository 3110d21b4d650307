"""A rule about two people stays one about them, also under a new student id."""

from __future__ import annotations

from planner.audit.plan_audit import audit
from planner.model.domain import Group, Plan, Roster
from planner.model.reports import Outcome, Status
from planner.plans.course import Course
from planner.plans.previous import previous_from_course
from planner.replanning.changes import Changes, Same
from planner.replanning.previous_assignment import previous_assignment
from planner.replanning.renaming import as_listed, with_new_ids
from planner.replanning.replan import replan
from planner.rules import Rules, read_rules
from planner.services.compare_lists import ListComparison
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


# What people wrote


WISHES = read_rules(b'[groups]\nsize = [2, 2]\n[[rule]]\nkind = "wish"\ncolumns = ["Friend"]\n')
NAMES = {"1": "Ada", "2": "Bo", "3": "Cas", "4": "Dee"}


def wishing(ids: dict[str, str], friends: dict[str, str]) -> Roster:
    """Return the four with the numbers that they have, and whom they wish for by number."""
    return make_roster(
        [
            {
                "id": ids.get(one, one),
                "name": f"{name} Vos",
                "Friend": friends.get(one, ""),
            }
            for one, name in NAMES.items()
        ]
    )


def course_of(roster: Roster) -> Course:
    ids = [student.id for student in roster.students]
    groups = (Group(name="Groep 1", members=tuple(ids[:2])), Group(name="Groep 2", members=tuple(ids[2:])))
    outcome = Outcome(status=Status.FEASIBLE, cost=0, bound=0, seconds=0, rules=())
    plan = Plan(groups=groups, outcome=outcome, seed=0, language="en", version="", effort="quick", turns=())
    return Course(roster=roster, rules=WISHES, plan=plan)


def test_a_wish_for_a_number_of_before_is_a_wish_for_the_same_person() -> None:
    """Rules and links followed a changed number; what people had written did not."""
    before = course_of(wishing({}, {"1": "3"}))
    listed = wishing({"3": "33"}, {"1": "3"})
    compared = ListComparison.of(previous_from_course(before), WISHES, listed, 2)
    assert not compared.remarks
    (finding,) = WISHES.rule[0].findings(compared.roster, make_groups(("1", "2"), ("33", "4")))
    assert finding.students == ("1",)
    assert as_listed(compared.roster) == listed
    again = course_of(compared.roster)
    later = ListComparison.of(previous_from_course(again), WISHES, wishing({"3": "34"}, {"1": "3"}), 3)
    assert not later.remarks
    assert not WISHES.rule[0].findings(later.roster, make_groups(("1", "34"), ("2", "4")))


def test_a_wish_for_a_number_that_was_handed_on_is_told() -> None:
    before = course_of(wishing({}, {"1": "3"}))
    listed = wishing({"3": "4", "4": "3"}, {"1": "3"})
    compared = ListComparison.of(previous_from_course(before), WISHES, listed, 2)
    (remark,) = compared.remarks
    assert remark.message.text("en") == (
        "“3” in the wishes is read as Dee Vos; before, it was the number of Cas Vos."
    )
