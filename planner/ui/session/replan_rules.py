"""The rules of a rerun: what they likely were, where nobody says."""

from __future__ import annotations

import re

from planner.model.domain import Roster
from planner.model.text import Language
from planner.plans.previous import Previous
from planner.rules import Rules
from planner.ui.session.draft import RulesDraft

_NUMBERED = re.compile(r"(\D*)\d+(\D*)")


def likely_rules(previous: Previous, roster: Roster, language: Language) -> Rules:
    """Return the rules that the columns suggest, with the sizes and the labels of the groups of before."""
    draft = RulesDraft.suggest(roster)
    sizes = [len(group.members) for group in previous.groups]
    draft.smallest = min(draft.smallest, *sizes)
    draft.largest = max(draft.largest, *sizes)
    numbered = [_NUMBERED.fullmatch(group.name) for group in previous.groups]
    around = {found.groups() if found else None for found in numbered}
    if len(around) == 1 and (parts := around.pop()) is not None and "{" not in "".join(parts):
        draft.names = f"{parts[0]}{{n}}{parts[1]}"
    rules = draft.rules(language)
    assert rules is not None  # noqa: S101 - suggested rules are finished
    return rules
