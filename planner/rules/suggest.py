"""Rules that the columns of a class list suggest, for a coordinator to keep or change."""

from __future__ import annotations

from typing import NamedTuple

from planner.model.domain import Roster
from planner.model.reports import Importance
from planner.rules.balance import Balance
from planner.rules.base import Rule
from planner.rules.column_uses import company, levels, minded_modes, mixable, moments, role_column, wishes
from planner.rules.mix import Mix
from planner.rules.never_alone import NeverAlone
from planner.rules.overlap import Overlap
from planner.rules.wish import Wish

MOST_ON = 5  # rules that are on when a class list is read


class Suggestions(NamedTuple):
    """Rules that are on when a class list is read, and more ideas."""

    on: tuple[Rule, ...]
    ideas: tuple[Rule, ...]


def suggestions(roster: Roster) -> Suggestions:
    """Return what the columns suggest, none of it a `must`.

    One rule is on for each thing that groups which stay together need first, so five at the
    most: times at which they can meet, nobody on their own, evenness in level, company that
    people asked for, and a mix of what they study. Whatever else the columns could do is an
    idea; see `docs/decisions/0029-few-rules-that-matter.md`.
    """
    every = (
        with_times(roster),
        with_company(roster),
        with_even_levels(roster),
        with_wishes(roster),
        with_mix(roster),
    )
    return Suggestions(
        tuple(rules[0] for rules in every if rules), tuple(rule for rules in every for rule in rules[1:])
    )


def suggested_rules(roster: Roster) -> tuple[Rule, ...]:
    """Return the rules that are on when a class list is read."""
    return suggestions(roster).on


def suggested_opt_out(roster: Roster) -> str | None:
    """Return the column in which people say which role they would rather leave, if there is one."""
    return role_column(roster)


def with_times(roster: Roster) -> list[Rule]:
    """Return a rule for times to meet, where people said when they can."""
    columns = tuple(moments(roster))
    return [Overlap(kind="overlap", columns=columns)] if columns else []


def with_company(roster: Roster) -> list[Rule]:
    """Return a rule for each column in which it matters not to be the only one."""
    return [
        NeverAlone(kind="never-alone", column=heading, values=minded_modes(roster, heading))
        for heading in company(roster)
    ]


def with_even_levels(roster: Roster) -> list[Rule]:
    """Return a rule for each number that says how far somebody is."""
    return [Balance(kind="balance", column=heading) for heading in levels(roster)]


def with_wishes(roster: Roster) -> list[Rule]:
    """Return a rule for the company that people asked for."""
    columns = tuple(wishes(roster))
    return [Wish(kind="wish", columns=columns, importance=Importance.NICE)] if columns else []


def with_mix(roster: Roster) -> list[Rule]:
    """Return a rule for each category that can be spread."""
    return [Mix(kind="mix", column=heading) for heading in mixable(roster)]
