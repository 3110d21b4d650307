"""What is asked for: the rules as they stand, held against the class list."""

from __future__ import annotations

from dataclasses import dataclass

from planner.model.text import Message
from planner.rules import Rules
from planner.rules.goals import links_here
from planner.ui.session.language import current
from planner.ui.session.state import Session


@dataclass(frozen=True)
class PlanInput:
    """The rules as they stand, and why they cannot be used yet, if so."""

    rules: Rules | None
    obstacles: tuple[Message, ...] = ()


def asked(now: Session) -> PlanInput:
    """Return what is asked of the class list on the page."""
    rules = now.rules.draft.rules(now.rules_language(current()))
    if rules is None:
        return PlanInput(None, now.rules.draft.unfinished())
    if now.roster is not None:
        # A link set by hand waits for whoever is not in the class list at the moment.
        rules = rules.model_copy(update={"goals": links_here(rules.goals, now.roster)})
    return PlanInput(rules, tuple(problem.message for problem in now.fit(rules).errors))
