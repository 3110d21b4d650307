"""Groups stay within the classes that there are, and know which one they are in."""

from __future__ import annotations

from planner.audit.plan_audit import audit
from planner.planning.formation import form
from planner.rules import GroupSizes, Rules
from planner.rules.class_settings import Classes
from tests.builders.classes import make_groups, make_roster

ROSTER = make_roster([{"Klas": name} for name in ("5A", "5B", "5a ", "5B", "5A", "", "5B")])
RULES = Rules(groups=GroupSizes(size=(2, 4), prefer=3), classes=Classes(column="Klas"))


def test_every_group_is_of_one_class_and_says_which() -> None:
    plan = form(RULES, ROSTER, effort="quick")
    classes = {student.id: student.answer("Klas").strip().upper() for student in ROSTER.students}
    for group in plan.groups:
        assert {classes[one] for one in group.members} - {""} == {(group.class_ or "").strip().upper()}
    assert audit(RULES, ROSTER, plan.groups).holds


def test_a_group_of_two_classes_does_not_hold() -> None:
    assert audit(RULES, ROSTER, make_groups("ace", "bdfg")).holds
    (broken,) = audit(RULES, ROSTER, make_groups("abe", "cdfg")).broken
    assert broken.title.text("en") == "Same Klas together"


def test_without_classes_a_group_says_nothing_of_one() -> None:
    plan = form(Rules(groups=GroupSizes(size=(2, 4))), ROSTER, effort="quick")
    assert {group.class_ for group in plan.groups} == {None}
