"""What is asked for: the rules as they stand, held against the class list."""

from __future__ import annotations

from dataclasses import dataclass

from planner.rules import Rules
from planner.rules.goals import links_here
from planner.text import Message
from planner.ui.language import current
from planner.ui.state import Session


@dataclass(frozen=True)
class Asked:
    """The rules as they stand, and why they cannot be used yet, if so."""

    rules: Rules | None
    obstacles: tuple[Message, ...] = ()


def asked(now: Session) -> Asked:
    """Return what is asked of the class list on the page."""
    rules = now.draft.rules(now.rules_language(current()))
    if rules is None:
        return Asked(None, now.draft.unfinished())
    if now.roster is not None:
        # A link set by hand waits for whoever is not in the class list at the moment.
        rules = rules.model_copy(update={"goals": links_here(rules.goals, now.roster)})
    return Asked(rules, tuple(problem.message for problem in now.fit(rules).errors))
