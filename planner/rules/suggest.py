"""Rules that the columns of a class list suggest, for a coordinator to keep or change."""

from __future__ import annotations

from collections.abc import Callable

from planner.model.domain import ColumnKind, Importance, Roster
from planner.model.values import normalize_text
from planner.rules.balance import Balance
from planner.rules.base import Rule
from planner.rules.column_values import usable, values_of
from planner.rules.mix import MOST_VALUES, Mix
from planner.rules.never_alone import NeverAlone
from planner.rules.overlap import Overlap
from planner.rules.wish import Wish

ROLE_WORDS = ("rol", "role")
COMPANY_WORDS = ("gender", "geslacht", "sex", "m/v", "v/m")
FEW_VALUES = 12  # categories with more answers are not suggested for mixing


def suggested_rules(roster: Roster) -> tuple[Rule, ...]:
    """Return one rule for each column that speaks for itself, none of them a `must`.

    Numbers are balanced, categories mixed, slots overlap, peers are wishes; nobody
    is alone on gender.
    """
    found: list[Rule] = []
    for column in roster.columns:
        make = _MAKERS.get(column.kind)
        rule = make(column.heading, roster) if make else None
        if rule is not None:
            found.append(rule)
    moments = usable(roster.columns, ColumnKind.SLOTS, ColumnKind.BUSY)
    slots = tuple(heading for heading in moments if heading != suggested_opt_out(roster))
    if slots:
        found.append(Overlap(kind="overlap", columns=slots))
    peers = usable(roster.columns, ColumnKind.PEER)
    if peers:
        found.append(Wish(kind="wish", columns=tuple(peers), importance=Importance.NICE))
    return tuple(found)


def suggested_opt_out(roster: Roster) -> str | None:
    """Return the column in which people say which role they would rather leave, if there is one."""
    return next(
        (
            column.heading
            for column in roster.columns
            if any(word in normalize_text(column.heading).split() for word in ROLE_WORDS)
        ),
        None,
    )


def _balance(heading: str, roster: Roster) -> Rule:  # noqa: ARG001
    return Balance(kind="balance", column=heading)


def _category(heading: str, roster: Roster) -> Rule | None:
    if heading == suggested_opt_out(roster):
        return None
    if any(word in normalize_text(heading) for word in COMPANY_WORDS):
        return NeverAlone(kind="never-alone", column=heading)
    values = len(values_of(roster, heading))
    return Mix(kind="mix", column=heading) if 2 <= values <= min(FEW_VALUES, MOST_VALUES) else None


_MAKERS: dict[ColumnKind, Callable[[str, Roster], Rule | None]] = {
    ColumnKind.NUMBER: _balance,
    ColumnKind.CATEGORY: _category,
    ColumnKind.SECTION: _category,
}
