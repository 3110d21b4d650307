"""What differs between two sets of rules, as a coordinator would say it."""

from __future__ import annotations

from collections.abc import Iterable

from planner.model.domain import Roster
from planner.model.text import Message, message
from planner.rules import IMPORTANCES, Rule, Rules
from planner.rules.size import sizes
from planner.rules.titles import title


def rule_changes(before: Rules, now: Rules, roster: Roster) -> tuple[Message, ...]:
    """Return what is asked now and was not before, what no longer is, and what is asked in another way.

    Parameters
    ----------
    before, now : Rules
        With the same ids of students.
    roster : Roster
        The class list, for the names of people.

    Returns
    -------
    tuple of Message
        One for each rule and each setting that differs; none where nothing does.
    """
    return (*_rules(before.rule, now.rule, roster), *_settings(before, now))


def _rules(before: Iterable[Rule], now: Iterable[Rule], roster: Roster) -> Iterable[Message]:
    gone, new = list(before), []
    for rule in now:
        if rule in gone:
            gone.remove(rule)
        else:
            new.append(rule)
    for rule in new:
        was = next((one for one in gone if _alike(one, rule)), None)
        if was is None:
            yield message("New: {rule}", rule=title(rule, roster))
        else:
            gone.remove(was)
            yield _changed(was, rule, roster)
    for rule in gone:
        yield message("No longer asked: {rule}", rule=title(rule, roster))


def _alike(one: Rule, other: Rule) -> bool:
    """Whether two rules are one that was changed: of a kind, and about the same columns."""
    return one.kind == other.kind and set(one.headings()) == set(other.headings())


def _changed(was: Rule, now: Rule, roster: Roster) -> Message:
    if was.model_copy(update={"importance": now.importance}) == now:
        return message(
            "{rule}: {importance}, was {before}",
            rule=title(now, roster),
            importance=IMPORTANCES[now.importance],
            before=IMPORTANCES[was.importance],
        )
    then, since = title(was, roster), title(now, roster)
    if then == since:
        return message("Changed: {rule}", rule=since)
    return message("{rule}, was {before}", rule=since, before=then)


def _settings(before: Rules, now: Rules) -> Iterable[Message]:
    if before.groups.size != now.groups.size:
        yield message(
            "Groups of {sizes}, were {before}",
            sizes=sizes(*now.groups.size),
            before=sizes(*before.groups.size),
        )
    elif before.groups != now.groups:
        yield message("The number, preferred size or names of the groups")
    if (before.role_names, before.roles) != (now.role_names, now.roles):
        yield message("The roles, or how often they rotate")
    if before.term != now.term:
        yield message("The weeks of the term, or when groups are refreshed")
    if before.goals != now.goals:
        yield message("The goals")
    if before.rerun != now.rerun:
        yield message("What a replan is kind to")
    if before.language != now.language:
        yield message("The language of the groups")
