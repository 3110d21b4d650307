"""What groups have besides members goes into groups.csv and comes back from it, where it is asked for."""

from __future__ import annotations

import pytest

from planner.exports.tables import groups_csv
from planner.model.domain import Group, Plan
from planner.model.problems import Level
from planner.model.reports import Outcome, Status
from planner.rosters import SourceFile, read_groups
from tests.builders.classes import column_of

ROSTER = column_of("Klas", "1", "1", "2", "2")
GROUPS = (
    Group(
        name="Groep 1", members=("a", "b"), class_="1", topic="=Rover", tutor="M. Bakker", moment="ma ochtend"
    ),
    Group(name="Groep 2", members=("c", "d"), class_="2", topic="Brug", tutor="Smit", moment="di middag"),
)
BESIDE = ("class", "topic", "tutor", "moment", "room")


def plan(groups: tuple[Group, ...]) -> Plan:
    outcome = Outcome(status=Status.FEASIBLE, cost=0, bound=0)
    return Plan(language="en", seed=0, version="0", effort="quick", groups=groups, turns=(), outcome=outcome)


def test_a_column_for_each_thing_that_groups_have() -> None:
    written = groups_csv(ROSTER, plan(GROUPS)).decode("utf-8-sig").splitlines()
    assert written[0] == "student_id,name,group,role,class,topic,tutor,moment"
    assert written[1] == "a,Noor,Groep 1,,1,'=Rover,M. Bakker,ma ochtend"


def test_without_any_the_list_is_as_it_was() -> None:
    bare = tuple(Group(name=group.name, members=group.members) for group in GROUPS)
    assert groups_csv(ROSTER, plan(bare)).startswith(b"\xef\xbb\xbfstudent_id,name,group,role\r\n")
    assert plan(bare).model_dump(mode="json")["groups"][0] == {"name": "Groep 1", "members": ["a", "b"]}


@pytest.mark.parametrize("separator", [",", ";"])
def test_it_comes_back(separator: str) -> None:
    content = groups_csv(ROSTER, plan(GROUPS), separator=separator)
    assert read_groups(SourceFile("groups.csv", content), ROSTER, beside=BESIDE).require().groups == GROUPS
    bare = read_groups(SourceFile("groups.csv", content), ROSTER).require().groups
    assert bare == tuple(Group(name=group.name, members=group.members) for group in GROUPS)


def test_two_topics_in_one_group_are_refused_with_the_row() -> None:
    content = groups_csv(ROSTER, plan(GROUPS)).replace(b"b,Sem,Groep 1,,1,'=Rover", b"b,Sem,Groep 1,,1,Brug")
    listed = read_groups(SourceFile("groups.csv", content), ROSTER, beside=BESIDE)
    (problem,) = [one for one in listed.problems if one.level is Level.ERROR]
    assert (problem.code, problem.row) == ("two-of-a-group", 3)
    assert problem.message.text("en") == "Groep 1 has “=Rover” and “Brug” in the column “topic”. Which one?"
    assert problem.hint is not None
    assert listed.groups == ()


def test_a_saved_plan_opens_with_and_without_them() -> None:
    for groups in (GROUPS, tuple(Group(name=group.name, members=group.members) for group in GROUPS)):
        assert Plan.model_validate_json(plan(groups).model_dump_json()) == plan(groups)
