"""What differs between two sets of rules, as a coordinator would say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from planner.model.domain import Roster
from planner.model.text import Message, message
from planner.rules import IMPORTANCES, Rule, Rules
from planner.rules.size import sizes
from planner.rules.titles import title


@dataclass(frozen=True)
class AlteredRule:
    """One rule or one setting that is asked in another way than before.

    Attributes
    ----------
    message : Message
    was, now : Rule or None
        The rule before and now; one of them is None where it is new, or gone.
    setting : str
        The field of `Rules`, where it is none of its rules.
    """

    message: Message
    was: Rule | None = None
    now: Rule | None = None
    setting: str = ""


def rule_changes(before: Rules, now: Rules, roster: Roster) -> tuple[AlteredRule, ...]:
    """Return what is asked now and was not before, what no longer is, and what is asked in another way.

    The order of the rules is no difference.

    Parameters
    ----------
    before, now : Rules
        With the same ids of students.
    roster : Roster
        The class list, for the names of people.

    Returns
    -------
    tuple of AlteredRule
        One for each rule and each setting that differs; none where nothing does.
    """
    return (*_rules(before.rule, now.rule, roster), *_settings(before, now))


def taken_back(rules: Rules, change: AlteredRule, before: Rules) -> Rules:
    """Return rules with one thing as it was before.

    Parameters
    ----------
    rules : Rules
        As they are, with the same ids of students as before.
    change : AlteredRule
        Of `rule_changes`.
    before : Rules

    Returns
    -------
    Rules
    """
    if change.setting:
        return rules.model_copy(update={change.setting: getattr(before, change.setting)})
    kept: list[Rule] = list(rules.rule)
    if change.now is not None and change.now in kept:
        place = kept.index(change.now)
        kept[place : place + 1] = [] if change.was is None else [change.was]
    elif change.was is not None:
        kept.insert(_place(kept, change.was, before.rule), change.was)
    return rules.model_copy(update={"rule": tuple(kept)})


def _place(rules: Sequence[Rule], one: Rule, before: Sequence[Rule]) -> int:
    """Return where a rule comes in again: behind the one that it stood behind."""
    ahead = before[: before.index(one)] if one in before else ()
    return max((at for at, rule in enumerate(rules, 1) if rule in ahead), default=0)


def _rules(before: Iterable[Rule], now: Iterable[Rule], roster: Roster) -> Iterator[AlteredRule]:
    gone, new = list(before), []
    for rule in now:
        if rule in gone:
            gone.remove(rule)
        else:
            new.append(rule)
    for rule in new:
        was = next((one for one in gone if _alike(one, rule)), None)
        if was is None:
            yield AlteredRule(message("New: {rule}", rule=title(rule, roster)), now=rule)
        else:
            gone.remove(was)
            yield AlteredRule(_changed(was, rule, roster), was, rule)
    for rule in gone:
        yield AlteredRule(message("Removed: {rule}", rule=title(rule, roster)), rule)


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


def _settings(before: Rules, now: Rules) -> Iterator[AlteredRule]:
    if before.groups != now.groups:
        yield AlteredRule(_groups(before, now), setting="groups")
    if before.roles != now.roles:
        yield AlteredRule(message("The roles, or how often they rotate"), setting="roles")
    for setting, text in SETTINGS.items():
        if getattr(before, setting) != getattr(now, setting):
            yield AlteredRule(text, setting=setting)


SETTINGS = {
    "term": message("The weeks of the term, or when groups are refreshed"),
    "goals": message("The goals"),
    "rerun": message("What a replan takes into account"),
    "language": message("The language of the groups"),
}


def _groups(before: Rules, now: Rules) -> Message:
    if before.groups.size == now.groups.size:
        return message("The number, preferred size or names of the groups")
    return message(
        "Groups of {sizes}, were {before}",
        sizes=sizes(*now.groups.size),
        before=sizes(*before.groups.size),
    )
