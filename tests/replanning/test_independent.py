"""Larger classes against a second model that shares nothing with the engines but the files."""

from __future__ import annotations

import csv
import io
import random
import tomllib
from itertools import product
from typing import Any

import pytest
from ortools.sat.python import cp_model

from benchmarks.samples import synthetic_class, synthetic_people, synthetic_rules
from planner.audit.plan_audit import audit
from planner.model.domain import Group, Plan
from planner.replanning.previous_assignment import PreviousAssignment
from planner.replanning.replan import replan
from planner.rosters import SourceFile, read_class_list
from planner.rules import read_rules

Row = dict[str, str]


def changed(n: int, seed: int) -> tuple[list[Row], str, PreviousAssignment]:
    """Return the rows and rules of now, and the hidden plan of then: 15% left, 3% is new."""
    listed = list(csv.DictReader(io.StringIO(synthetic_class(n, seed).decode())))
    people = synthetic_people(n, seed)
    draw = random.Random(seed)
    gone = set(draw.sample(range(n), round(n * 0.15)))
    rows = [row for place, row in enumerate(listed) if place not in gone]
    for number in range(round(n * 0.03)):
        like = draw.choice(listed)
        rows.append({**like, "Student number": f"77700{number:02}", "Email": f"new{number}@example.org"})
    members: dict[int, list[str]] = {}
    for person in people:
        members.setdefault(person.group, []).append(person.number)
    groups = tuple(
        Group(name=f"Group {place}", members=tuple(ids))
        for place, (_, ids) in enumerate(sorted(members.items()), 1)
    )
    return rows, synthetic_rules(n, seed), PreviousAssignment(groups=groups)


def rerun(rows: list[Row], rules: str, earlier: PreviousAssignment) -> Plan:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    roster = read_class_list(SourceFile("class.csv", file.getvalue().encode())).require()
    read = read_rules(rules.encode())
    plan = replan(read, roster, earlier)
    assert audit(read, roster, plan.groups, plan.turns).holds
    return plan


def add_rule(
    model: cp_model.CpModel,
    rule: dict[str, Any],
    rows: list[Row],
    inside: dict[str, cp_model.IntVar],
    used: cp_model.IntVar,
) -> None:
    """Add one rule for one group, straight from its words."""
    if rule["kind"] == "apart":
        model.add_at_most_one(inside[s] for s in rule["students"] if s in inside)
    elif rule["kind"] == "never-alone":
        for value in rule["values"]:
            same = [row["Student number"] for row in rows if row[rule["column"]] == value]
            for s in same:
                model.add(sum(inside[o] for o in same if o != s) >= inside[s])
    else:
        assert rule["kind"] == "overlap"
        (column,) = rule["columns"]
        free = {row["Student number"]: set(row[column].split(", ")) for row in rows}
        shared = {slot: model.new_bool_var("") for slot in sorted(set().union(*free.values()))}
        for (s, literal), (slot, all_free) in product(inside.items(), shared.items()):
            if slot not in free[s]:
                model.add_implication(literal, all_free.negated())
        model.add(sum(shared.values()) >= rule["at_least"] * used)


def fewer(
    rows: list[Row],
    rules: str,
    earlier: PreviousAssignment,
    moves: int,
    labels: int,
    time: float,
    cap: bool = False,
) -> int:
    """Look for a plan with fewer moves, the plain way: one literal per student and group."""
    asked = tomllib.loads(rules)
    low, high = asked["groups"]["size"]
    was = {s: place for place, group in enumerate(earlier.groups) for s in group.members}
    ids = [row["Student number"] for row in rows]
    model = cp_model.CpModel()
    x = {(s, g): model.new_bool_var("") for s, g in product(ids, range(labels))}
    used = [model.new_bool_var("") for _ in range(labels)]
    for s in ids:
        model.add_exactly_one(x[s, g] for g in range(labels))
    for g in range(labels):
        inside = {s: x[s, g] for s in ids}
        model.add(sum(inside.values()) <= high * used[g])
        model.add(sum(inside.values()) >= low * used[g])
        for rule in asked["rule"]:
            if rule["importance"] == "must":
                add_rule(model, rule, rows, inside, used[g])
    model.add(sum(1 - x[s, was[s]] for s in ids if s in was) <= moves - 1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = time
    if cap:  # presolving the largest classes knows no other limit
        solver.parameters.max_time_in_seconds = 10 * time
    return solver.solve(model)


@pytest.mark.parametrize(
    ("n", "seed", "time"), [(30, 1, 4), (30, 11, 4), (60, 10, 4), (60, 4, 4), (120, 5, 4), (240, 6, 1)]
)
def test_no_plan_with_fewer_moves(n: int, seed: int, time: float) -> None:
    rows, rules, earlier = changed(n, seed)
    plan = rerun(rows, rules, earlier)
    assert plan.outcome.moves is not None
    assert plan.outcome.moves_bound is not None
    assert 0 < plan.outcome.moves_bound <= plan.outcome.moves
    labels = max(len(earlier.groups), -(-len(rows) // 5))
    status = fewer(rows, rules, earlier, plan.outcome.moves_bound, labels, time, cap=n > 60)
    assert status in (cp_model.INFEASIBLE, cp_model.UNKNOWN)  # never a plan
    if n <= 60:
        assert status == cp_model.INFEASIBLE


@pytest.mark.parametrize(("n", "seed"), [(30, 1), (60, 3)])
def test_the_second_model_does_find_plans(n: int, seed: int) -> None:
    """It would see a plan with as many moves, so what it does not find counts."""
    rows, rules, earlier = changed(n, seed)
    plan = rerun(rows, rules, earlier)
    assert plan.outcome.moves is not None
    status = fewer(rows, rules, earlier, plan.outcome.moves + 1, len(earlier.groups), 30)
    assert status in (cp_model.FEASIBLE, cp_model.OPTIMAL)
