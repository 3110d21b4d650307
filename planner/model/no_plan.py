"""What a run ends with where it came to no plan."""

from __future__ import annotations

from planner.model.problems import Problem
from planner.model.reports import RuleReport


class NoPlan(Exception):  # noqa: N818 - an outcome, not a failure of ours
    """No plan that holds every `must` rule was made.

    Parameters
    ----------
    proven : bool
    problems : tuple of Problem, default ()
    broken : tuple of RuleReport, default ()
    cut_short : bool, default False

    Attributes
    ----------
    proven : bool
        Whether there is none; otherwise time or effort ran out.
    problems : tuple of Problem
        What counting shows to be impossible, if that was enough.
    broken : tuple of RuleReport
        What the closest attempt still breaks.
    cut_short : bool
        Whether it was stopped, or its time was up: with more time there may be a plan.
    """

    def __init__(
        self,
        *,
        proven: bool,
        problems: tuple[Problem, ...] = (),
        broken: tuple[RuleReport, ...] = (),
        cut_short: bool = False,
    ) -> None:
        super().__init__("no plan")
        self.proven = proven
        self.problems = problems
        self.broken = broken
        self.cut_short = cut_short

    def __reduce__(self) -> tuple[object, ...]:
        """Come back whole from another process."""
        return (_no_plan, (self.proven, self.problems, self.broken, self.cut_short))


def _no_plan(
    proven: bool, problems: tuple[Problem, ...], broken: tuple[RuleReport, ...], cut_short: bool
) -> NoPlan:
    return NoPlan(proven=proven, problems=problems, broken=broken, cut_short=cut_short)
