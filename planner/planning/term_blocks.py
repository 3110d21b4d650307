"""The blocks of a term, planned one after another or all at once, in positions of students and groups."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from planner.audit.stability import blocks_of
from planner.engines.common.watch import Watch
from planner.engines.refreshing.refresh import RefreshSolution, refresh
from planner.engines.refreshing.refresh_problem import RefreshProblem
from planner.engines.refreshing.social_golfer import social_golfer
from planner.model.domain import Block, Group, Plan, Roster
from planner.model.evaluation import evaluate, members_of
from planner.model.instance import NO_HOME, Instance, IntArray
from planner.model.reports import StageReport
from planner.planning import efforts
from planner.planning.efforts import Effort
from planner.planning.formation import named_group
from planner.plans.course import Version
from planner.rules import Rules, build_instance

BLOCK_EFFORT: Effort = "quick"  # of the search of one block among many


class TermBlocks:
    """What comes after the first block of a plan.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    plan : Plan
        Whose first block is made.
    past : sequence of Version
        Versions of the groups that are over, oldest first.
    watch : Watch
        Hears how far it is, and can stop it.

    Attributes
    ----------
    past : list of groups
        The groups of before that held, oldest first.
    """

    def __init__(
        self, rules: Rules, roster: Roster, plan: Plan, past: Sequence[Version], watch: Watch
    ) -> None:
        self._rules, self._roster, self._plan, self._watch = rules, roster, plan, watch
        self._labels = [group.name for group in plan.groups]
        self._instance: Instance = build_instance(rules, roster, len(plan.groups))
        self._fixed = bool(past)
        weeks = blocks_of(plan, [(version.from_week, version.groups) for version in past])
        self._over = weeks[: -len(plan.blocks)]
        self.past = [groups for _, groups in self._over]

    def _places(self, groups: Sequence[Group]) -> IntArray:
        """Number of everyone's group; `NO_HOME` for who was in none."""
        places = np.full(len(self._roster.students), NO_HOME, np.int64)
        for number, group in enumerate(groups):
            for student in group.members:
                if student in self._roster.position:
                    places[self._roster.position[student]] = number
        return places

    def _labelled(self, groups: Sequence[Group]) -> IntArray:
        """Number of everyone's group by its label; `NO_HOME` for who is in none that the plan has."""
        number = {label: place for place, label in enumerate(self._labels)}
        places = np.full(len(self._roster.students), NO_HOME, np.int64)
        for group in groups:
            for student in group.members:
                if student in self._roster.position and group.name in number:
                    places[self._roster.position[student]] = number[group.name]
        return places

    def _groups(self, places: IntArray) -> tuple[Group, ...]:
        return tuple(
            named_group(self._rules, self._roster, name, members)
            for name, members in zip(self._labels, members_of(places, len(self._labels)), strict=True)
        )

    def light(self, starts: Sequence[int]) -> list[Block]:
        """Refresh after refresh: a few move, and everyone keeps somebody familiar."""
        term, n = self._rules.term, len(self._roster.students)
        blocks = [Block(from_week=self._plan.from_week, groups=self._plan.groups)]
        met = np.zeros((n, n), np.bool_)
        for groups in self.past:
            met |= _together(self._places(groups))
        moved = _movers([*self.past, self._plan.groups], self._roster)
        home = self._places(self._plan.groups)
        for week in starts:
            met |= _together(home)
            light = RefreshProblem(home, met, term.keep_familiar, term.most_moved(n), frozenset(moved))
            # A rerun later in the term draws what the plan before drew for the same refresh.
            seed = self._plan.seed + self._block(week) - 2
            found = refresh(self._instance, light, seed=seed, watch=self._watch)
            moved |= set(np.flatnonzero(found.places != home).tolist())
            home = found.places
            blocks.append(
                Block(from_week=week, groups=self._groups(home), stages=_stages(found, self._watch))
            )
        return blocks

    def new_people(self, starts: Sequence[int], planned: Sequence[Block]) -> list[Block]:
        """Plan all blocks at once, so that as few pairs as can be meet again (social golfer).

        Parameters
        ----------
        starts : sequence of int
            First week of every block after the first.
        planned : sequence of Block
            What was planned for those weeks before: it stays where it is as good.

        Returns
        -------
        list of Block
            The first block included.
        """
        n, first = len(self._roster.students), self._places(self._plan.groups)
        found = social_golfer(
            self._instance,
            first,
            len(starts) + 1,
            before=self._met_before(first),
            fixed=self._fixed,
            seed=self._plan.seed,
            proposals=efforts.proposals(BLOCK_EFFORT, n),
            watch=self._watch,
        )
        places = list(found.places)
        kept = [first, *(self._labelled(block.groups) for block in planned)]
        if [block.from_week for block in planned] == list(starts) and self._as_good(kept, places):
            places = kept
        weeks = [self._plan.from_week, *starts]
        blocks = [
            Block(from_week=week, groups=self._groups(block))
            for week, block in zip(weeks, places, strict=True)
        ]
        stages = self._met_again(places)
        return [blocks[0], *(block.model_copy(update={"stages": stages}) for block in blocks[1:])]

    def _block(self, week: int) -> int:
        """Return the number of the block that a week is in, from 1 on."""
        return sum(first <= week for first, _ in self._rules.term.blocks())

    def _met_before(self, first: IntArray) -> list[IntArray]:
        """Return the groups of before, without those of this very block who are all still together."""
        here = self._block(self._plan.from_week)
        before = [(week, self._places(groups)) for week, groups in self._over]
        together = _together(first)
        return [
            places
            for week, places in before
            if self._block(week) < here or (_together(places) & ~together).any()
        ]

    def _as_good(self, kept: Sequence[IntArray], found: Sequence[IntArray]) -> bool:
        """Whether blocks hold, and no more pairs meet again in them than in others, at no higher cost."""
        accounts = [evaluate(self._instance, places) for places in kept if (places != NO_HOME).all()]
        if len(accounts) < len(kept) or not all(one.holds for one in accounts):
            return False
        return self._worth(kept) <= self._worth(found)

    def _worth(self, blocks: Sequence[IntArray]) -> tuple[int, int]:
        again, _ = self._repeats(blocks)
        return again, sum(evaluate(self._instance, places).cost for places in blocks)

    def _repeats(self, blocks: Sequence[IntArray]) -> tuple[int, int]:
        """Return how many pairs meet again from block to block, and how many have to by the sizes."""
        n = len(self._roster.students)
        starts = [first for first, _ in self._rules.term.blocks() if first > self._plan.from_week]
        every = [(week, self._places(groups)) for week, groups in self._over]
        every += zip([self._plan.from_week, *starts], blocks, strict=True)
        together: dict[int, np.ndarray] = {}
        for week, places in every:
            number = self._block(week)
            together[number] = together.get(number, np.zeros((n, n), np.bool_)) | _together(places)
        met = np.triu(np.sum([pairs.astype(np.int64) for pairs in together.values()], axis=0), 1)
        return int(np.maximum(met - 1, 0).sum()), max(0, int(met.sum()) - n * (n - 1) // 2)

    def _met_again(self, blocks: Sequence[IntArray]) -> tuple[StageReport, ...]:
        again, fewest = self._repeats(blocks)
        _, cost = self._worth(blocks)
        return (
            StageReport(name="repeats", value=again, proven=again == fewest, limit=fewest),
            StageReport(name="cost", value=cost, proven=False),
        )


def _together(places: IntArray) -> np.ndarray:
    shared: np.ndarray = (places[:, None] == places[None, :]) & (places != NO_HOME)[:, None]
    return shared


def _movers(versions: Sequence[Sequence[Group]], roster: Roster) -> set[int]:
    """Positions of who was in groups of different labels."""
    labels: dict[str, set[str]] = {}
    for groups in versions:
        for group in groups:
            for student in group.members:
                labels.setdefault(student, set()).add(group.name)
    return {roster.position[s] for s, names in labels.items() if len(names) > 1 and s in roster.position}


def _stages(found: RefreshSolution, watch: Watch) -> tuple[StageReport, ...]:
    """What a refresh came to, in the order in which it matters."""
    best = found.proven and not watch.cut_short
    worth = found.value
    return (
        StageReport(
            name="first-meetings",
            value=worth.meetings,
            proven=best or worth.meetings == found.most,
            limit=found.most,
        ),
        StageReport(name="second-moves", value=worth.again, proven=best or worth.again == 0),
        StageReport(name="cost", value=worth.cost, proven=best),
    )
