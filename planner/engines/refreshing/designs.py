"""Resolvable designs: rounds of equal groups in which nobody meets anybody twice, from algebra.

Two families cover the well-known cases. *Lines* over a finite field: with q groups, q a
prime power at least the group size, the lines of one slope are a round, and lines of
different slopes share one point at most; these are the mutually orthogonal Latin squares
of Bose (1938). *Rotations*: one round on some copies of a cyclic group and one fixed point,
such that no difference occurs twice, gives as many rounds as the group has elements by moving
it round (the method of differences, Bose 1939). Fifteen schoolgirls in threes for seven days
(Kirkman 1850) is of the second family.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import TypeAlias

Round: TypeAlias = tuple[tuple[int, ...], ...]  # groups of points
Element: TypeAlias = tuple[int, ...]  # of a group or a field: coordinates

MOST_STEPS = 30_000  # of the search for a first round


@lru_cache(maxsize=64)
def design(groups: int, size: int, wanted: int) -> tuple[Round, ...]:
    """Construct rounds of equal groups in which no two points meet twice.

    Parameters
    ----------
    groups, size : int
        Groups of a round, and points in each.
    wanted : int
        Rounds asked for.

    Returns
    -------
    tuple of Round
        At least `wanted` rounds, or as many as are known here; points are numbered from zero.
    """
    if size < 2 or groups < 2:
        return ()
    lines = _lines(groups, size)
    return lines if len(lines) >= wanted else max(lines, _rotations(groups, size), key=len)


# Lines over a finite field


def _lines(q: int, size: int) -> tuple[Round, ...]:
    """Point (x, y), x below `size`: a round for each slope, and one of columns where they divide evenly."""
    if size > q or (field := _Field.of(q)) is None:
        return ()
    rounds = [
        tuple(
            tuple(x * q + field.plus(start, field.times(slope, x)) for x in range(size)) for start in range(q)
        )
        for slope in range(q)
    ]
    if q % size == 0:
        columns = [range(x * q, (x + 1) * q) for x in range(size)]
        rounds.append(tuple(tuple(column[at : at + size]) for column in columns for at in range(0, q, size)))
    return tuple(rounds)


class _Field:
    """The finite field of q = p^k elements, numbered by their coordinates in base p."""

    def __init__(self, p: int, power: int, modulus: Element) -> None:
        self._p, self._power, self._modulus = p, power, modulus

    @classmethod
    def of(cls, q: int) -> _Field | None:
        """Return the field with q elements; None where there is none."""
        p = next((p for p in range(2, q + 1) if q % p == 0), 0)
        power = 0
        while p and p**power < q:
            power += 1
        if p < 2 or p**power != q:
            return None
        for modulus in product(range(p), repeat=power):
            field = cls(p, power, modulus)
            if all(field.times(a, b) for a in range(1, q) for b in range(1, q)):
                return field
        raise AssertionError("there is a field of every prime power")

    def _coordinates(self, number: int) -> list[int]:
        return [number // self._p**place % self._p for place in range(self._power)]

    def _number(self, coordinates: Sequence[int]) -> int:
        return sum(value % self._p * self._p**place for place, value in enumerate(coordinates))

    def plus(self, a: int, b: int) -> int:
        """Return a + b, by coordinates."""
        return self._number([x + y for x, y in zip(self._coordinates(a), self._coordinates(b), strict=True)])

    def times(self, a: int, b: int) -> int:
        """Return a times b: polynomials, with x^power equal to the modulus."""
        found = [0] * (2 * self._power - 1)
        for i, x in enumerate(self._coordinates(a)):
            for j, y in enumerate(self._coordinates(b)):
                found[i + j] += x * y
        for high in range(2 * self._power - 2, self._power - 1, -1):
            for place, value in enumerate(self._modulus):
                found[high - self._power + place] += found[high] * value
        return self._number(found[: self._power])


# One round, moved round


def _rotations(groups: int, size: int) -> tuple[Round, ...]:
    """Rounds on size - 1 copies of a group of order r and a fixed point, where the class has that many."""
    students, copies = groups * size, size - 1
    if (students - 1) % copies:
        return ()
    order = (students - 1) // copies
    for moduli, turns in product(_abelian(order), sorted({copies, 1}, reverse=True)):
        first = _Base(moduli, copies, turns).find()
        if first is not None:
            return tuple(_moved(first, moduli, by) for by in product(*map(range, moduli)))
    return ()


def _abelian(order: int) -> Iterator[tuple[int, ...]]:
    """A cyclic group, and for a square that of two equal factors."""
    root = round(order**0.5)
    if root * root == order:
        yield (root, root)
    yield (order,)


Point: TypeAlias = "tuple[int, Element] | None"  # copy and element; None is the fixed point


def _moved(blocks: Sequence[Sequence[Point]], moduli: Element, by: Element) -> Round:
    order = 1
    for modulus in moduli:
        order *= modulus
    copies = (sum(len(block) for block in blocks) - 1) // order

    def number(point: Point) -> int:
        if point is None:
            return copies * order
        place = 0
        for value, shift, modulus in zip(point[1], by, moduli, strict=True):
            place = place * modulus + (value + shift) % modulus
        return point[0] * order + place

    return tuple(tuple(number(point) for point in block) for block in blocks)


class _Base:
    """Backtracking for a base round: every point once, and no difference between two copies twice.

    With `turns`, the copies too are moved round, so blocks are laid in rings; rounds
    that look the same after that are few and found at once. The block of the fixed
    point has the zero of every copy: any other can be renamed to that.
    """

    def __init__(self, moduli: tuple[int, ...], copies: int, turns: int) -> None:
        self._moduli, self._copies, self._turns = moduli, copies, turns
        elements = list(product(*map(range, moduli)))
        self._points: list[tuple[int, Element]] = [
            (c, element) for element in elements for c in range(copies)
        ]
        self._steps = 0
        self._used: set[tuple[int, int, Element]] = set()  # from a copy to a copy, and the difference
        self._covered: set[tuple[int, Element]] = set()
        self._blocks: list[list[Point]] = []

    def find(self) -> list[list[Point]] | None:
        """Return the blocks of a base round; None where none was found in `MOST_STEPS`."""
        first = self._points[: self._copies]
        self._take(first)
        self._blocks.append([None, *first])
        return self._blocks if self._more() else None

    def _more(self) -> bool:
        start = next((place for place, point in enumerate(self._points) if point not in self._covered), None)
        return start is None or self._grow([self._points[start]], start + 1)

    def _grow(self, block: list[tuple[int, Element]], after: int) -> bool:
        self._steps += 1
        if self._steps > MOST_STEPS:
            return False
        if len(block) == self._copies + 1:
            return self._lay(block)
        for place in range(after, len(self._points)):
            point = self._points[place]
            if point in self._covered or any(self._difference(one, point) in self._used for one in block):
                continue
            block.append(point)
            if self._grow(block, place + 1):
                return True
            block.pop()
        return False

    def _lay(self, block: list[tuple[int, Element]]) -> bool:
        before = set(self._used), set(self._covered), len(self._blocks)
        turned = [
            [((copy + turn) % self._copies, element) for copy, element in block]
            for turn in range(self._turns)
        ]
        if all(self._take(one) for one in turned):
            self._blocks.extend([*one] for one in turned)
            if self._more():
                return True
        self._used, self._covered = before[0], before[1]
        del self._blocks[before[2] :]
        return False

    def _take(self, block: Sequence[tuple[int, Element]]) -> bool:
        """Mark the points and differences of a block; False where one was taken."""
        differences = [self._difference(a, b) for a in block for b in block if a != b]
        free = self._covered.isdisjoint(block) and self._used.isdisjoint(differences)
        if not free or len(set(differences)) < len(differences):
            return False
        self._covered.update(block)
        self._used.update(differences)
        return True

    def _difference(self, one: tuple[int, Element], other: tuple[int, Element]) -> tuple[int, int, Element]:
        values = zip(one[1], other[1], self._moduli, strict=True)
        return one[0], other[0], tuple((b - a) % modulus for a, b, modulus in values)
