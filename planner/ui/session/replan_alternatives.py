"""What else could be: a few moves more, other choices for a group, tried one after another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from planner.model.domain import Plan
from planner.model.no_plan import NoPlan
from planner.model.text import Message, message
from planner.replanning.choices import Choice, goes_on
from planner.services.replan import ReplanRequest, ReplanResult
from planner.ui.session.run import Follower, Run

Start = Callable[[ReplanRequest, bool], Run]  # what is asked, and whether the plan is to be used as it is


@dataclass
class Tries(Follower):
    """Tries beside a plan in hand, one at a time, in another process.

    Attributes
    ----------
    made : ReplanResult
        The plan with the fewest moves.
    curve : list of Plan
        With 0, 1, 2 … extra moves.
    weighed : dict
        What came of each choice: a plan, or why there is none.
    """

    made: ReplanResult
    curve: list[Plan] = field(default_factory=list)
    weighed: dict[Choice, Plan | Exception] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)  # of which the choices were asked for
    waiting: list[Choice] = field(default_factory=list)
    trying: Choice | None = None  # None while a point of the curve is tried
    ended: bool = False  # the curve

    def __post_init__(self) -> None:
        self.curve.append(self.made.course.plan)
        self.ended = self.made.request.options.extra_moves > 0

    @property
    def busy(self) -> bool:
        """Whether something is tried, or waits for it."""
        return self.run is not None or bool(self.waiting) or not self.curve_done

    @property
    def curve_done(self) -> bool:
        """Whether no further point is looked for."""
        return self.ended or not goes_on(self.curve)

    def weigh(self, group: str, choices: Sequence[Choice]) -> None:
        """Put the choices for a group behind those that wait; what is known is not tried again."""
        self.groups = [*(one for one in self.groups if one != group), group]
        known = {*self.weighed, *self.waiting, self.trying}
        self.waiting += [choice for choice in choices if choice not in known]

    def asked(self, choice: Choice | None) -> ReplanRequest:
        """Return what is asked in a try."""
        asked = self.made.request
        if choice is None:
            return replace(asked, options=replace(asked.options, extra_moves=len(self.curve)), start=())
        return replace(asked, options=choice.added_to(asked.options), start=())

    def go_on(self, start: Start) -> None:
        """Start the next try, where none is under way: choices that somebody waits for come first."""
        if self.run is not None or not self.busy:
            return
        self.trying = self.waiting.pop(0) if self.waiting else None
        self.run = start(self.asked(self.trying), self.trying is None)

    def collect(self) -> ReplanResult | None:
        """Take what came of a try that is done; return it where it is a new point of the curve."""
        run, choice = self.finished(), self.trying
        if run is None:
            return None
        self.trying = None
        came = run.end()
        if choice is not None:
            self.weighed[choice] = came
            return None
        return self._point(came)

    def _point(self, came: Plan | Exception) -> ReplanResult | None:
        if isinstance(came, Exception):
            self.ended = True
            return None
        asked, better = self.asked(None), min(plan.outcome.cost for plan in self.curve)
        self.curve.append(came)
        return ReplanResult.of(asked, came) if came.outcome.cost < better else None

    def leave(self) -> None:
        """End what is under way, and try no more."""
        self.leave_run()
        self.trying, self.ended = None, True
        self.waiting.clear()


def told_failure(came: Exception) -> Message:
    """Return why a choice came to no plan, no more than is known."""
    if not isinstance(came, NoPlan):
        return message(
            "The calculation stopped before there was a plan; it is not known whether there is one."
        )
    if came.proven:
        return message("Not possible: proven.")
    if came.cut_short:
        return message("No plan was found in the time allowed; with more time there may be one.")
    return message("No plan was found; it is not known whether there is one.")
