"""What would break if somebody left, for each `must` rule: counted on names and answers, with no cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import floor
from typing import Any

from planner.model.domain import Group, Roster
from planner.model.participation import Mode
from planner.model.text import Message, message
from planner.model.wording import shortened
from planner.rules.balance import DECIMALS, Balance, numbers
from planner.rules.base import Rule
from planner.rules.column_values import has, values_of
from planner.rules.limit import Limit
from planner.rules.mix import Mix
from planner.rules.never_alone import NeverAlone
from planner.rules.new_faces import NewFaces, met_before
from planner.rules.participation import SAID, Participation
from planner.rules.people import lookup
from planner.rules.size import Size
from planner.rules.wish import Wish

Reason = tuple[Group, Message, int]  # what would break there, and units


# Audited: counted on names and answers.


def _size_reasons(rule: Size, _roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    for group in groups:
        short = max(0, rule.smallest + 1 - len(group.members))
        yield group, message("If someone leaves, this group is too small."), rule.smallest * short


def _company_reasons(rule: NeverAlone, roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    for value in rule.minded(roster):
        holders = _holders(roster, rule.column, value)
        if len(holders) == len(roster.students):
            continue
        sentence = (
            message(
                "If someone with “{value}” in {column} leaves, someone else is the only one.",
                value=value,
                column=rule.column,
            )
            if rule.at_least_share is None
            else message(
                "If someone with “{value}” in {column} leaves, there are too few.",
                value=value,
                column=rule.column,
            )
        )
        for group in groups:
            here = len(holders & set(group.members))
            yield group, sentence, here * max(0, rule.least(len(group.members) - 1) + 1 - here)


def _mode_reasons(rule: Participation, roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    if rule.columns:
        return
    for mode in Mode:
        sentence = message(
            "If someone who takes part {mode} leaves, someone else is the only one.", mode=SAID[mode]
        )
        for group in groups:
            only, able = rule.alone(roster, group, mode)
            yield group, sentence, len(only) * max(0, 3 - len(able))


def _limit_reasons(rule: Limit, roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    least, holders = rule.at_least or 0, _holders(roster, rule.column, rule.wanted(roster))
    sentence = message(
        "If someone with {column} = {value} leaves, there are too few.", column=rule.column, value=rule.value
    )
    for group in groups:
        yield group, sentence, least * max(0, least + 1 - len(holders & set(group.members)))


def _wish_reasons(rule: Wish, roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    ids = lookup(roster)
    for group in groups:
        for student in group.members:
            wished = rule._peers(roster.by_id[student], ids)
            if len(wished) > 1:
                name = roster.shown_names[student]
                sentence = message("{name} has just one of the people they wished for here.", name=name)
                yield group, sentence, max(0, 2 - len(wished & set(group.members)))


def _known_reasons(rule: NewFaces, roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    if not rule.keep_one:
        return
    met = met_before(roster, rule.columns)
    for group in groups:
        for student in group.members:
            known = met.get(student, frozenset())
            if len(known) > 1:
                name = roster.shown_names[student]
                sentence = message("{name} has just one person from an earlier group here.", name=name)
                yield group, sentence, max(0, 2 - len(known & set(group.members)))


def _mix_reasons(rule: Mix, roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    class_size = len(roster.students)
    for value in values_of(roster, rule.column):
        holders = _holders(roster, rule.column, value)
        if len(holders) == class_size:
            continue
        sentence = message("{value}: if one leaves, the spread is no longer even.", value=value)
        for group in groups:
            here, size = len(holders & set(group.members)), len(group.members)
            short = 0
            for count, total in ((here, len(holders)), (size - here, class_size - len(holders))):
                share = Fraction((size - 1) * (total - 1), class_size - 1)
                short += max(0, floor(share) + 1 - count) if share >= 1 else 0
            yield group, sentence, short


def _balance_reasons(rule: Balance, roster: Roster, groups: Sequence[Group]) -> Iterator[Reason]:
    """Take each member out of the class, and hold the others against the mean of who is left."""
    values = numbers(roster, rule.column)
    total = sum((value for value in values.values() if value is not None), Fraction(0))
    known = sum(value is not None for value in values.values())
    within = Fraction(rule.within or 0).limit_denominator(DECIMALS)
    for group in groups:
        needed = []
        for leaver in group.members:
            gone = values[leaver]
            left = known - (gone is not None)
            mean = (total - (gone or 0)) / left if left else Fraction(0)
            others = [values[student] for student in group.members if student != leaver]
            distance = abs(sum((value - mean for value in others if value is not None), Fraction(0)))
            needed += [leaver] if distance > len(others) * within else []
        sentence = message(
            "{column} stays within {within} of the class as long as these stay: {names}.",
            column=rule.column,
            within=float(within),
            names=shortened(roster.names(needed)),
        )
        yield group, sentence, len(needed)


def _holders(roster: Roster, column: str, value: str) -> set[str]:
    return {student.id for student in roster.students if has(student.answer(column), value)}


REASONS: Mapping[type[Rule], Callable[[Any, Roster, Sequence[Group]], Iterator[Reason]]] = {
    Size: _size_reasons,
    NeverAlone: _company_reasons,
    Participation: _mode_reasons,
    Limit: _limit_reasons,
    Wish: _wish_reasons,
    NewFaces: _known_reasons,
    Mix: _mix_reasons,
    Balance: _balance_reasons,
}
