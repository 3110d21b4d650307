"""The rules of a rerun: how they fit the new class list, and what they likely were where nobody says."""

from __future__ import annotations

import re

from planner.changes import Changes
from planner.domain import Roster
from planner.formation import check_fit
from planner.previous import Previous
from planner.problems import InputError, Level, Problem
from planner.repair import earlier_of, without_leavers
from planner.rules import Rules
from planner.text import Language
from planner.ui.draft import Draft

_NUMBERED = re.compile(r"(\D*)\d+(\D*)")


def fit_of(rules: Rules, roster: Roster, previous: Previous, changes: Changes) -> tuple[Problem, ...]:
    """Return how the rules fit the new class list."""
    if any(problem.level is Level.ERROR for problem in changes.problems):
        return ()  # of another course, no doubt: one thing at a time
    try:
        earlier = earlier_of(previous.groups, previous.turns, previous.course, changes)
        return check_fit(without_leavers(rules, roster, earlier), roster)
    except InputError as error:
        return error.problems


def likely_rules(previous: Previous, roster: Roster, language: Language) -> Rules:
    """Return the rules that the columns suggest, with the sizes and the labels of the groups of before."""
    draft = Draft.suggest(roster)
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
