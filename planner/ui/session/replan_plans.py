"""The plans that reruns on the page came to, and which of them is looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.model.domain import Plan
from planner.replanning.better import fewer_asked
from planner.replanning.choices import worth
from planner.services.replan import ReplanRequest, ReplanResult
from planner.ui.session.replan_alternatives import Tries


@dataclass
class ReplanPlans:
    """What reruns came to.

    Attributes
    ----------
    tried : list of ReplanResult
        Plans that differ in the extra moves only, the fewest first.
    tries : Tries or None
        What is tried beside the last plan.
    chosen : int
        The place of the plan that is looked at.
    kept : bool
        Whether the last run came to less than a plan that was tried before, which then stays.
    rounds : int
        Reruns that came to a plan.
    exchanged : tuple of (str, str) or None
        Who was let stay in the last plan, and who moves instead.
    in_vain : int
        Extra moves of the last run, where they made nothing better.
    """

    tried: list[ReplanResult] = field(default_factory=list)
    tries: Tries | None = None
    chosen: int = 0
    kept: bool = False
    rounds: int = 0
    exchanged: tuple[str, str] | None = None
    in_vain: int = 0

    def forget(self) -> None:
        """Forget what was tried."""
        self.tried, self.tries, self.chosen, self.kept = [], None, 0, False
        self.exchanged, self.in_vain = None, 0

    def leave_tries(self) -> None:
        """Try no more beside the last plan."""
        if self.tries is not None:
            self.tries.leave()

    def add(self, request: ReplanRequest, plan: Plan) -> None:
        """Show the plan of a run, unless one that was tried before was asked the same and came to more."""
        made, self.kept = self._best(ReplanResult.of(request, plan))
        self._keep(made)
        self.tries, self.exchanged = Tries(made), None
        extra = made.request.options.extra_moves
        self.in_vain = extra if self.made is not made else 0

    def exchange(self, request: ReplanRequest, plan: Plan, exchanged: tuple[str, str]) -> None:
        """Show a plan in which a volunteer moves instead: it takes the place of the one that it came from."""
        made = ReplanResult.of(request, plan)
        self._keep(made)
        self.chosen = self.tried.index(made)
        self.tries, self.exchanged, self.kept, self.in_vain = Tries(made), exchanged, False, 0

    def _best(self, made: ReplanResult) -> tuple[ReplanResult, bool]:
        for one in self.tried:
            if one.request == made.request and fewer_asked(one.course.plan, made.course.plan):
                return one, True
        return made, False

    def collect_try(self) -> bool:
        """Take what came of a try; return whether one was done. A better point of the curve can be chosen."""
        if self.tries is None or self.tries.run is None or not self.tries.run.job.done():
            return False
        point = self.tries.collect()
        if point is not None:
            chosen = self.made
            self._keep(point)
            self.chosen = self.tried.index(chosen) if chosen in self.tried else self.chosen
        return True

    def _keep(self, made: ReplanResult) -> None:
        extra = made.request.options.extra_moves
        others = [
            one
            for one in self.tried
            if one.request.but_for_moves(made.request) and one.request.options.extra_moves != extra
        ]
        self.tried = sorted([*others, made], key=lambda one: one.request.options.extra_moves)
        place = self.tried.index(made)
        self.chosen = 0
        self.chosen = max(point for point in self.points if point <= place)
        self.rounds += 1

    @property
    def points(self) -> tuple[int, ...]:
        """Places among what was tried that bring something: each costs less than those with fewer moves.

        What the coordinator chose is one of them.
        """
        good = worth([one.course.plan.outcome.cost for one in self.tried])
        return tuple(sorted({*good, self.chosen})) if self.tried else good

    @property
    def made(self) -> ReplanResult | None:
        """The plan that is looked at."""
        return self.tried[self.chosen] if self.tried else None

    def outdated(self, request: ReplanRequest | None) -> bool:
        """Whether something else is asked now than what any plan was made for."""
        return bool(self.tried) and all(one.request != request for one in self.tried)
