"""How stable a plan is: who moves, who stays together, and for how long."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

from planner.model.base import Frozen
from planner.model.domain import Group, Plan, Roster
from planner.model.labels import alike

Groups = Sequence[Group]


class BlockChange(Frozen):
    """What changes at the start of a block, of the students who are in both blocks.

    Attributes
    ----------
    from_week : int
    moved : tuple of str
        Ids of who has another group label than before.
    pairs, kept : int
        Pairs who were in one group, and how many of them still are.
    groups, untouched : int
        Groups, and how many of them kept exactly their members.
    first_meetings : int
        Pairs in one group who never were in this term.
    """

    from_week: int
    moved: tuple[str, ...]
    pairs: int
    kept: int
    groups: int
    untouched: int
    first_meetings: int


class Stability(Frozen):
    """How stable a term is.

    Attributes
    ----------
    changes : tuple of BlockChange
        One for each block but the first.
    students : int
        In the groups of the last block.
    weeks : int
    moves : dict
        How often each student moves; who never does is not in it.
    weeks_together : float
        Mean over all pairs who are ever in one group, of the weeks that they are.
    """

    changes: tuple[BlockChange, ...]
    students: int
    weeks: int
    moves: dict[str, int]
    weeks_together: float

    @property
    def moves_per_student(self) -> float:
        """Mean number of moves."""
        return sum(self.moves.values()) / self.students if self.students else 0.0

    @property
    def share_kept(self) -> float:
        """Share of pairs kept from block to block; 1 where groups stay."""
        pairs = sum(change.pairs for change in self.changes)
        return sum(change.kept for change in self.changes) / pairs if pairs else 1.0


def stability(plan: Plan, roster: Roster, weeks: int, past: Sequence[tuple[int, Groups]] = ()) -> Stability:
    """Measure a plan over its term.

    Parameters
    ----------
    plan : Plan
    roster : Roster
        Who is counted: the class list of now.
    weeks : int
        In the term.
    past : sequence of (int, groups)
        Blocks that are over, each with its first week, oldest first.

    Returns
    -------
    Stability
    """
    blocks = [(first, _present(groups, roster)) for first, groups in blocks_of(plan, past)]
    met: set[tuple[str, str]] = set()
    changes: list[BlockChange] = []
    moves: Counter[str] = Counter()
    for (_, before), (first, after) in pairwise(blocks):
        met |= _pairs(before)
        change = _change(first, before, after, met)
        moves.update(change.moved)
        changes.append(change)
    return Stability(
        changes=tuple(changes),
        students=sum(map(len, blocks[-1][1].values())),
        weeks=weeks,
        moves=dict(moves),
        weeks_together=_weeks_together(blocks, weeks),
    )


def blocks_of(plan: Plan, past: Sequence[tuple[int, Groups]] = ()) -> list[tuple[int, Groups]]:
    """Return the first week and the groups of every block of a term, those that are over first.

    A block that another took the place of before its first week was over never was. Where a
    rerun left the groups as they were they went on: the plan's first block began with them.

    Parameters
    ----------
    plan : Plan
    past : sequence of tuple of (int, Groups), default ()
        First week and groups of the blocks that are over, oldest first.

    Returns
    -------
    list of tuple of (int, Groups)
    """
    now = [(block.from_week, block.groups) for block in plan.blocks]
    if past and alike(past[-1][1], plan.groups):
        past, now[0] = past[:-1], (min(past[-1][0], plan.from_week), plan.groups)
    every = [*past, *now]
    ends = [*(first for first, _ in every[1:]), None]
    return [one for one, end in zip(every, ends, strict=True) if end is None or one[0] < end]


def over(plan: Plan, past: Sequence[tuple[int, Groups]]) -> list[Groups]:
    """Return the groups of the blocks that are over, those that never were left out.

    Parameters
    ----------
    plan : Plan
    past : sequence of tuple of (int, Groups)
        First week and groups of the blocks that are over, oldest first.

    Returns
    -------
    list of Groups
        Oldest first.
    """
    return [groups for _, groups in blocks_of(plan, past)[: -len(plan.blocks)]]


Members = Mapping[str, frozenset[str]]


def _present(groups: Groups, roster: Roster) -> Members:
    return {group.name: frozenset(s for s in group.members if s in roster.by_id) for group in groups}


def _pairs(groups: Members) -> set[tuple[str, str]]:
    return {pair for members in groups.values() for pair in combinations(sorted(members), 2)}


def _change(first: int, before: Members, after: Members, met: set[tuple[str, str]]) -> BlockChange:
    was = {student: name for name, members in before.items() for student in members}
    now = {student: name for name, members in after.items() for student in members}
    both = was.keys() & now.keys()
    old = {pair for pair in _pairs(before) if both.issuperset(pair)}
    new = _pairs(after)
    return BlockChange(
        from_week=first,
        moved=tuple(sorted(student for student in both if was[student] != now[student])),
        pairs=len(old),
        kept=len(old & new),
        groups=len(after),
        untouched=sum(before.get(name) == members for name, members in after.items()),
        first_meetings=len(new - met),
    )


def _weeks_together(blocks: Sequence[tuple[int, Members]], weeks: int) -> float:
    ends = [*(first for first, _ in blocks[1:]), weeks + 1]
    together: Counter[tuple[str, str]] = Counter()
    for (first, groups), end in zip(blocks, ends, strict=True):
        for pair in _pairs(groups):
            together[pair] += max(0, end - first)
    return sum(together.values()) / len(together) if together else 0.0
