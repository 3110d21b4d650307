"""What the page knows of what is in the way: an inquiry under way, its outcome, what was done with it."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

import streamlit as st

from planner.infeasibility.conflict import Explanation
from planner.infeasibility.rule_relaxation import RuleRelaxation
from planner.jobs.job import JobLost
from planner.model.domain import Roster
from planner.rules import Rules
from planner.ui.session.draft import RulesDraft
from planner.ui.session.run import Run

KEY = "hecht_why"
log = logging.getLogger(__name__)


@dataclass(eq=False)
class Inquiry(Run):
    """A search for what is in the way."""

    def found(self) -> Any:
        """Return what came of it, an `Explanation` or an `InfeasibleReplan`; None where it was lost."""
        self.wanted = False
        try:
            return self.job.result()
        except Exception as error:
            if not isinstance(error, JobLost):
                log.exception("Looking for what is in the way went wrong")
            return None


@dataclass
class ConflictState:
    """What is in the way, for one coordinator.

    Attributes
    ----------
    inquiry : Inquiry or None
        Under way.
    explanation : Explanation or None
        Of `about`: rules and class list.
    asked_for : Exception or None
        The failure for which an inquiry was started.
    applied : RuleRelaxation or None
        The way out that was taken last.
    """

    inquiry: Inquiry | None = None
    explanation: Explanation | None = None
    about: tuple[Rules, Roster] | None = None
    asked_for: Exception | None = None
    applied: RuleRelaxation | None = None

    def begin(self, inquiry: Inquiry) -> None:
        """Follow an inquiry; what was known before is about something else."""
        if self.inquiry is not None:
            self.inquiry.leave()
        self.inquiry, self.explanation, self.applied = inquiry, None, None

    def collect(self) -> None:
        """Take what came of an inquiry that is done."""
        if self.inquiry is not None:
            self.explanation = self.inquiry.found()
            self.about = (self.inquiry.rules, self.inquiry.roster)
            self.inquiry = None

    def fits(self, rules: Rules, roster: Roster) -> bool:
        """Whether what is known is about these rules and this class list; roles and weeks do not matter."""
        if self.explanation is None or self.about is None:
            return False
        known, of = self.about
        return (known.rule, known.groups, of) == (rules.rule, rules.groups, roster)

    def applied_to(self, draft: RulesDraft, way: RuleRelaxation) -> RulesDraft:
        """Return the rules on the page with a way out in them; cards that are off stay as they are."""
        self.applied, self.explanation = way, None
        return draft.holding(way.rules)


def why() -> ConflictState:
    """Return what this coordinator knows of what is in the way."""
    if KEY not in st.session_state:
        st.session_state[KEY] = ConflictState()
    kept: ConflictState = st.session_state[KEY]
    return kept
