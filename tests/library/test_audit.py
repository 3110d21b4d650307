"""Groups that any tool made, held against the rules as the command line does."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import planner
from planner.engines.common.watch import Watch
from planner.model.domain import Group
from planner.services.audit import AuditRequest
from planner.services.audit import audit as hold_against

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def roster() -> planner.Roster:
    return planner.read_class_list(ROOT / "data" / "klas-28.csv")


@pytest.fixture(scope="module")
def rules() -> planner.Rules:
    rules = planner.read_rules(ROOT / "data" / "regels-28.toml")
    return rules.model_copy(update={"language": "en"})


@pytest.fixture(scope="module")
def clusters(roster: planner.Roster) -> dict[str, str]:
    return {student: f"Cluster {place % 7}" for place, student in enumerate(roster.by_id)}


def as_groups(clusters: dict[str, str]) -> list[Group]:
    names = dict.fromkeys(clusters.values())
    return [Group(name=name, members=tuple(s for s, g in clusters.items() if g == name)) for name in names]


def test_it_finds_what_the_service_finds(
    roster: planner.Roster, rules: planner.Rules, clusters: dict[str, str]
) -> None:
    found = planner.audit(roster, rules, clusters)
    theirs = hold_against(AuditRequest(rules, roster, as_groups(clusters)), watch=Watch())
    assert found.result == theirs
    assert found.holds == theirs.found.holds
    assert found.report["units"].tolist() == [report.units for report in theirs.reports]
    assert found.broken == tuple(report.title.text("en") for report in theirs.found.broken)
    assert found.cost == theirs.found.cost


def test_every_way_to_hand_over_groups_is_one_and_the_same(
    roster: planner.Roster, rules: planner.Rules, clusters: dict[str, str], tmp_path: Path
) -> None:
    wanted = planner.audit(roster, rules, clusters)
    frame = pd.DataFrame({"student": list(clusters), "group": list(clusters.values())})
    odd = pd.DataFrame({"x": list(clusters.values()), "extra": 1, "y": list(clusters)})
    names = {student.id: student.email for student in roster.students}
    members = {group.name: list(group.members) for group in as_groups(clusters)}
    frame.to_csv(tmp_path / "groups.csv", index=False)
    for groups, columns in (
        (frame, {}),
        (odd, {"student": "y", "group": "x"}),
        (odd.set_index("y"), {"student": "y", "group": "x"}),
        (frame.rename(columns={"group": "label"}), {"group": "label"}),
        (frame.assign(student=[names[one] for one in frame["student"]]), {}),
        (members, {}),
        (tmp_path / "groups.csv", {}),
    ):
        found = planner.audit(roster, rules, groups, **columns)
        assert found.report.equals(wanted.report)


def test_labels_of_a_clustering_are_numbers(roster: planner.Roster, rules: planner.Rules) -> None:
    frame = pd.DataFrame({"id": list(roster.by_id), "cluster": [place % 7 for place in range(28)]})
    found = planner.audit(roster, rules, frame, student="id", group="cluster")
    assert [group.name for group in found.request.groups] == [str(number) for number in range(7)]


def test_a_plan_holds_and_says_who_moved(roster: planner.Roster, rules: planner.Rules) -> None:
    plan = planner.plan(roster, rules, effort="quick")
    found = planner.audit(roster, rules, plan, previous=plan)
    assert found.holds
    assert not found.broken
    assert found.moved.empty
    moved = plan.groups.copy()
    first, last = moved.index[0], moved.index[-1]
    moved.loc[[first, last], "group"] = moved.loc[[last, first], "group"].tolist()
    after = planner.audit(roster, rules, moved, previous=plan).moved
    assert sorted(after["student"]) == sorted(moved.loc[[first, last], "student"])
    assert after.columns.tolist() == ["student", "name", "from_group", "to_group"]


def test_who_is_missing_or_unknown_is_told(
    roster: planner.Roster, rules: planner.Rules, clusters: dict[str, str]
) -> None:
    ids = list(clusters)
    found = planner.audit(roster, rules, {one: clusters[one] for one in ids[1:]} | {"99": "Cluster 1"})
    assert not found.holds
    assert "Everyone in one group" in found.broken
    assert any("99" in line for line in found.remarks)


def test_what_cannot_be_read_is_refused(
    roster: planner.Roster, rules: planner.Rules, clusters: dict[str, str]
) -> None:
    twice = pd.DataFrame(
        {"student": [*clusters, next(iter(clusters))], "group": [*clusters.values(), "Other"]}
    )
    with pytest.raises(planner.InputError, match="groups, row 30"):
        planner.audit(roster, rules, twice)
    with pytest.raises(planner.InputError, match="There is no column “clusters”"):
        planner.audit(roster, rules, twice, group="clusters")
    with pytest.raises(TypeError, match="DataFrame"):
        planner.audit(roster, rules, 3)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "handed",
    [np.array, dict.fromkeys, lambda them: dict.fromkeys(them).keys(), lambda them: (one for one in them)],
)
def test_the_members_of_a_group_may_be_anything_that_can_be_gone_through(
    handed: Callable[[list[str]], Iterable[str]],
    roster: planner.Roster,
    rules: planner.Rules,
    clusters: dict[str, str],
) -> None:
    """An array, a generator or the keys of a mapping was taken for the name of a group."""
    members = {group.name: handed(list(group.members)) for group in as_groups(clusters)}
    assert planner.audit(roster, rules, members).result == planner.audit(roster, rules, clusters).result


def test_groups_are_read_from_the_folder_of_a_plan(tmp_path: Path) -> None:
    """The folder of a plan was an IsADirectoryError."""
    roster = planner.read_class_list(ROOT / "data" / "klas-28.csv")
    rules = planner.Rules(language="en")
    plan = planner.plan(roster, rules, effort="quick")
    found = planner.audit(roster, rules, plan.save(tmp_path / "plan"), previous=tmp_path / "plan")
    assert found.holds
    assert found.moved.empty
    (tmp_path / "empty").mkdir()
    with pytest.raises(planner.InputError, match=r"This folder has no groups\.csv\. Choose a list of groups"):
        planner.audit(roster, rules, tmp_path / "empty")
