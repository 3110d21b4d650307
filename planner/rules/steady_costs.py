"""Costs of groups that can lose any member: what each `must` rule asks of a group one student larger."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np

from planner.model.domain import Roster
from planner.model.instance import ANY_LOW, AnyCost, CompanyCost, SumCost
from planner.rules.balance import DECIMALS, Balance, numbers
from planner.rules.base import Rule, Shape
from planner.rules.column_values import has, values_of
from planner.rules.limit import Limit
from planner.rules.mix import Mix
from planner.rules.never_alone import NeverAlone
from planner.rules.new_faces import NewFaces
from planner.rules.participation import Participation
from planner.rules.size import Size
from planner.rules.wish import Wish

MOST_BALANCED = 60  # students; with more, costs of a balance would slow down every engine


# Compiled: prices are filled in later.


def _size_costs(rule: Size, roster: Roster, _shape: Shape) -> list[AnyCost]:
    ones = np.full(len(roster.students), rule.smallest, np.int64)
    return [SumCost(must=False, price=1, weights=ones, low=rule.smallest * (rule.smallest + 1))]


def _company_costs(rule: NeverAlone, roster: Roster, shape: Shape) -> list[AnyCost]:
    """Company of one more than in a group that is one smaller."""
    n, d = rule.share.numerator, rule.share.denominator
    by_size = (n, d - n - 1, d) if n else (0, 0, 1)
    return [
        replace(cost, at_least=2, by_size=by_size)
        for cost in rule.compile(roster, shape)
        if isinstance(cost, CompanyCost)
    ]


def _with_one_more(rule: Participation, roster: Roster, shape: Shape) -> list[AnyCost]:
    return [
        replace(cost, at_least=2) for cost in rule.compile(roster, shape) if isinstance(cost, CompanyCost)
    ]


def _limit_costs(rule: Limit, roster: Roster, shape: Shape) -> list[AnyCost]:
    least = rule.at_least or 0
    return [
        replace(cost, weights=cost.weights * least, low=least * (least + 1), high=1 << 60)
        for cost in rule.compile(roster, shape)
        if isinstance(cost, SumCost) and least
    ]


def _wish_costs(rule: Wish | NewFaces, roster: Roster, shape: Shape) -> list[AnyCost]:
    """Company of two; the only wish of somebody, or whom they know, goes with the peer who leaves."""
    return [
        replace(cost, at_least=2)
        for cost in rule.compile(roster, shape)
        if isinstance(cost, CompanyCost) and len(cost.others) > 1
    ]


def _mix_costs(rule: Mix, roster: Roster, shape: Shape) -> list[AnyCost]:
    """A count one above the share, rounded down, of a class and a group that are one smaller.

    With n students, of whom t have the value, a group of s that loses one of its c
    holders has c - 1 >= floor((s - 1)(t - 1) / (n - 1)), which is linear once it is
    multiplied by n - 1. It asks something only of sizes for which the floor is not zero.
    """
    n = len(roster.students)
    costs: list[AnyCost] = []
    for value in values_of(roster, rule.column):
        mark = np.asarray([has(s.answer(rule.column), value) for s in roster.students], np.int64)
        if mark.all():
            continue
        for holds in (mark, 1 - mark):
            left = int(holds.sum()) - 1
            sizes = [size for size in range(1, shape.largest + 1) if (size - 1) * left >= n - 1]
            if sizes:
                weights = (n - 1) * holds - left
                costs.append(
                    SumCost(
                        must=False, price=1, weights=weights, low=1 - left, step=n - 1, from_size=sizes[0]
                    )
                )
    return costs


def _balance_costs(rule: Balance, roster: Roster, _shape: Shape) -> list[AnyCost]:
    """For each student a cost that is only alive in their own group, on either side.

    Without student j the class mean moves by c_j / (K - 1), with c the distances from
    the mean and K the students with a number. What the others in the group of j then
    add up to, less what `within` allows each, is linear; a weight on j that nobody
    else reaches makes it count in no other group.
    """
    values = numbers(roster, rule.column)
    known = [value for value in values.values() if value is not None]
    if len(set(known)) < 2 or rule.within is None or len(values) > MOST_BALANCED:
        return []
    mean = sum(known, Fraction(0)) / len(known)
    far = [Fraction(0) if value is None else value - mean for value in values.values()]
    counts = [value is not None for value in values.values()]
    within = Fraction(rule.within).limit_denominator(DECIMALS)
    costs: list[AnyCost] = []
    for j, distance in enumerate(far):
        shift = distance / (len(known) - 1) if counts[j] else Fraction(0)
        without_j = [c + shift * there for c, there in zip(far, counts, strict=True)]
        for side in (1, -1):
            weights = [side * one - within for one in without_j]
            scale = lcm(*(weight.denominator for weight in weights))
            whole = [int(weight * scale) for weight in weights]
            only_here = sum(map(abs, whole)) + 1
            whole[j] = only_here
            costs.append(
                SumCost(
                    must=False,
                    price=1,
                    weights=np.asarray(whole, np.int64),
                    low=ANY_LOW,
                    high=only_here,
                    step=2 * only_here,
                )
            )
    return costs


COSTS: Mapping[type[Rule], Callable[[Any, Roster, Shape], list[AnyCost]]] = {
    Size: _size_costs,
    NeverAlone: _company_costs,
    Participation: _with_one_more,
    Limit: _limit_costs,
    Wish: _wish_costs,
    NewFaces: _wish_costs,
    Mix: _mix_costs,
    Balance: _balance_costs,
}
