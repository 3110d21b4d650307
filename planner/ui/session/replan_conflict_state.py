"""What a page with changes knows of what is in the way of a rerun."""

from __future__ import annotations

from dataclasses import dataclass

from planner.infeasibility.infeasible_replan import InfeasibleReplan
from planner.ui.session.conflict_state import Inquiry


@dataclass
class Obstacle:
    """What is in the way of a rerun.

    Attributes
    ----------
    inquiry : Inquiry or None
        Under way.
    found : InfeasibleReplan or None
        What came of it.
    asked_for : Exception or None
        The failure for which an inquiry was started.
    """

    inquiry: Inquiry | None = None
    found: InfeasibleReplan | None = None
    asked_for: Exception | None = None

    def begin(self, failure: Exception, inquiry: Inquiry) -> None:
        """Follow an inquiry into why there is no plan."""
        self.inquiry, self.found, self.asked_for = inquiry, None, failure

    def collect(self) -> None:
        """Take what came of an inquiry that is done."""
        if self.inquiry is not None:
            self.found, self.inquiry = self.inquiry.found(), None

    def leave(self) -> None:
        """End an inquiry that nobody waits for any more."""
        if self.inquiry is not None:
            self.inquiry.leave()
        self.inquiry, self.found = None, None
