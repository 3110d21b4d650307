"""How many groups each section has, where groups are made within sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planner.model.domain import ColumnKind, Group, Roster
from planner.model.text import Message, message, plural_message
from planner.model.values import normalize_text
from planner.planning.counting import group_counts
from planner.planning.reach import parts
from planner.rules import Rules
from planner.rules.similar import Similar


def section_column(rules: Rules, roster: Roster) -> str | None:
    """Return the column with the sections that groups are made within; None where they are not.

    Parameters
    ----------
    rules : Rules
    roster : Roster

    Returns
    -------
    str or None
    """
    similar = [rule for rule in rules.rule if isinstance(rule, Similar)]
    return next((one.column for one in similar if roster.kind(one.column) is ColumnKind.SECTION), None)


def expected(rules: Rules, roster: Roster) -> dict[str, int]:
    """Return how many groups to expect in each section, before there are any.

    Parameters
    ----------
    rules : Rules
    roster : Roster

    Returns
    -------
    dict of str to int
        Empty where no rule that must hold makes groups within sections, or where one cannot form groups.
    """
    column = section_column(rules, roster)
    asked = [rule for rule in rules.rule if isinstance(rule, Similar) and rule.column == column and rule.must]
    if column is None or not asked:
        return {}
    open_number = Rules(groups=rules.groups.model_copy(update={"count": None}))
    counts = {name: group_counts(open_number, count) for name, count in parts(column, roster).items()}
    return {name: found[0] for name, found in counts.items()} if all(counts.values()) else {}


def formed(rules: Rules, roster: Roster, groups: Sequence[Group]) -> Message | None:
    """Say how many groups each section has, and how many have students of several.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    groups : sequence of Group

    Returns
    -------
    Message or None
        None where groups are not made within sections.
    """
    column = section_column(rules, roster)
    if column is None:
        return None
    written = {normalize_text(name): name for name in parts(column, roster)}
    counted: Counter[str] = Counter()
    several = 0
    for group in groups:
        answers = {normalize_text(roster.by_id[one].answer(column)) for one in group.members} - {""}
        several += len(answers) > 1
        if len(answers) == 1:
            counted[written[answers.pop()]] += 1
    said = told({name: counted[name] for name in written.values()})
    if not several:
        return message("{sections}.", sections=said)
    mixed = plural_message("one group of several sections", "{n} groups of several sections", several)
    return message("{sections}.", sections=(*said, mixed))


def told(counts: dict[str, int]) -> tuple[Message, ...]:
    """Return numbers of groups as parts of a list: "A: 6 groups"."""
    return tuple(
        plural_message("{section}: one group", "{section}: {n} groups", count, section=name)
        for name, count in counts.items()
    )
