"""Kinds of students: whom no cost tells apart, those who are tied together as one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from planner.engines.common.blocks import Blocks, blocks_of
from planner.engines.infeasibility.requirements import Question
from planner.model.instance import ANY_LABEL, AnyCost, CompanyCost, IntArray, OverlapCost, PairCost, SumCost

CLASH = -2  # label of a block in which two labels differ
NOBODY = -1  # in a block needs company


@dataclass(frozen=True)
class Kinds:
    """The class by kind: students, or blocks of those who are tied together.

    Attributes
    ----------
    blocks : Blocks
    of : ndarray of int64, shape (blocks,)
        Kind of each block.
    count, size : ndarray of int64, shape (kinds,)
        Blocks of each kind, and students in one.
    features : tuple of tuple of ndarray of int64, shape (kinds,)
        For each cost, what it sees of a kind; see `_features`.
    """

    blocks: Blocks
    of: IntArray
    count: IntArray
    size: IntArray
    features: tuple[tuple[IntArray, ...], ...]


def kinds_of(question: Question) -> Kinds:
    """Return which students are alike; whoever has somebody to be kept from is of a kind of their own.

    Parameters
    ----------
    question : Question

    Returns
    -------
    Kinds
    """
    blocks = blocks_of(question.students, question.costs)
    features = [_features(cost, blocks) for cost in question.costs]
    columns = [blocks.size, *(column for columns in features for column in columns)]
    _, first, of, count = np.unique(
        np.stack(columns, axis=1), axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    return Kinds(
        blocks,
        of.reshape(-1).astype(np.int64),
        count.astype(np.int64),
        blocks.size[first],
        tuple(tuple(column[first] for column in columns) for columns in features),
    )


def _features(cost: AnyCost, blocks: Blocks) -> tuple[IntArray, ...]:
    """Return all that a cost has to know of each block, one array of shape (blocks,) for each fact.

    Weights added up; slots that all share; how many are the company asked for, and whether
    somebody needs it, with themselves among it or not; a number of its own for who is in a
    pair that is kept apart, and the label.
    """
    n = len(blocks.students)
    if isinstance(cost, SumCost):
        return (blocks.folded(np.add, cost.weights),)
    if isinstance(cost, OverlapCost):
        return tuple(blocks.folded(np.bitwise_and, word) for word in cost.words.T)
    if isinstance(cost, CompanyCost):
        gives = _marks(cost.others, n)
        needs = np.where(_marks(cost.students, n) > 0, gives, NOBODY)
        return blocks.folded(np.add, gives), blocks.folded(np.maximum, needs)
    assert isinstance(cost, PairCost)  # noqa: S101 - a first plan has no homes
    if cost.together:
        return ()
    apart = np.unique(blocks.of[cost.pairs])
    named = np.where(_marks(apart, len(blocks.start)) > 0, np.arange(len(blocks.start)), -1)
    return named, _labels(cost.labels, blocks)


def _labels(labels: IntArray | None, blocks: Blocks) -> IntArray:
    if labels is None:
        return np.full(len(blocks.start), ANY_LABEL, np.int64)
    most = blocks.folded(np.maximum, labels)
    least = blocks.folded(np.minimum, np.where(labels == ANY_LABEL, np.iinfo(np.int64).max, labels))
    return np.where(least < most, CLASH, most)


def _marks(places: IntArray, n: int) -> IntArray:
    marks = np.zeros(n, np.int64)
    marks[places] = 1
    return marks
