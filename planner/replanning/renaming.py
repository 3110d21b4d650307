"""Rules that name students keep naming them where their ids changed."""

from __future__ import annotations

from collections.abc import Mapping

from planner.model.domain import Roster
from planner.model.text import Message, message
from planner.replanning.changes import Changes
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
    return _renamed(rules, changes.id_now)


def with_old_ids(rules: Rules, changes: Changes) -> Rules:
    """Undo `with_new_ids`: rules with the ids of now come back with those of before.

    Parameters
    ----------
    rules : Rules
        With the ids of now.
    changes : Changes
        Whose id is another now.

    Returns
    -------
    Rules
    """
    return _renamed(rules, {new: old for old, new in changes.id_now.items()})


def _renamed(rules: Rules, other: Mapping[str, str]) -> Rules:
    renamed = tuple(
        rule.model_copy(update={"students": tuple(other.get(s, s) for s in rule.students)})
        if isinstance(rule, Apart | Together) and not other.keys().isdisjoint(rule.students)
        else rule
        for rule in rules.rule
    )
    links = {student: goal for student, goal in rules.goals.links.items() if student not in other}
    followed = {other[student]: goal for student, goal in rules.goals.links.items() if student in other}
    if renamed == rules.rule and not followed:
        return rules
    goals = rules.goals.model_copy(update={"links": followed | links})
    return rules.model_copy(update={"rule": renamed, "goals": goals})


def describe_leavers(rules: Rules, roster: Roster, left: Mapping[str, str]) -> tuple[Message, ...]:
    """Return which rules are about fewer students from now on, or about nobody.

    Parameters
    ----------
    rules : Rules
        With the ids of now.
    roster : Roster
        The new class list.
    left : mapping
        Names of those who left, by the id that the past has for them.

    Returns
    -------
    tuple of Message
    """
    names = {**roster.shown_names, **left}
    lines = []
    for rule in rules.rule:
        if not isinstance(rule, Apart | Together) or left.keys().isdisjoint(rule.students):
            continue
        gone = tuple(left[student] for student in rule.students if student in left)
        about = message(
            "{rule}: {names}", rule=rule.title, names=tuple(names.get(s, s) for s in rule.students)
        )
        others = sum(student in roster.by_id for student in rule.students)
        lines.append(
            message("The rule “{rule}” is about the others from now on: {gone} left.", rule=about, gone=gone)
            if others > 1
            else message("The rule “{rule}” ends here: {gone} left.", rule=about, gone=gone)
        )
    return tuple(lines)
