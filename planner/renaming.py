"""Rules that name students keep naming them where their ids changed."""

from __future__ import annotations

from collections.abc import Mapping

from planner.changes import Changes
from planner.rules import Rules
from planner.rules.apart import Apart
from planner.rules.together import Together


def with_new_ids(rules: Rules, changes: Changes) -> Rules:
    """Return the rules with the ids of the new class list.

    Parameters
    ----------
    rules : Rules
        As they were made for the previous class list.
    changes : Changes
        Whose id is another now.

    Returns
    -------
    Rules
        The same object where no rule names any of them.
    """
    return _renamed(rules, {same.old_id: same.new_id for same in changes.same if same.old_id != same.new_id})


def with_old_ids(rules: Rules, changes: Changes) -> Rules:
    """Return rules with the ids of now as they are with the ids of before; undoes `with_new_ids`."""
    return _renamed(rules, {same.new_id: same.old_id for same in changes.same if same.old_id != same.new_id})


def _renamed(rules: Rules, other: Mapping[str, str]) -> Rules:
    renamed = tuple(
        rule.model_copy(update={"students": tuple(other.get(s, s) for s in rule.students)})
        if isinstance(rule, Apart | Together) and not other.keys().isdisjoint(rule.students)
        else rule
        for rule in rules.rule
    )
    return rules if renamed == rules.rule else rules.model_copy(update={"rule": renamed})
