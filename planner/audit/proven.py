"""What is proven about a plan and each of its rules, in words: never more than that."""

from __future__ import annotations

from collections.abc import Sequence

from planner.model.domain import Roster
from planner.model.reports import Importance, Outcome, RulePrice, RuleReport, Status
from planner.model.text import Message, message, plural_message
from planner.rules import Rule, Rules
from planner.rules.base import PRICES, STUDENT


def closeness(rule: Rule, units: int, bound: int | None, roster: Roster) -> Message:
    """Return how far a rule is from its best, no more than is proven.

    Parameters
    ----------
    rule : Rule
    units : int
        Of the rule in a plan.
    bound : int or None
        Fewest units that any plan with as many groups can have; None where that is not known.
    roster : Roster

    Returns
    -------
    Message
    """
    if bound is None:
        return message("no proof yet")
    if units <= bound:
        return message("proven best")
    return message("at most {distance} from the best", distance=rule.natural(units - bound, roster))


def price_of(place: int, left_out: int, fewer: int, rules: Sequence[Rule], roster: Roster) -> RulePrice:
    """Return what one rule asks of another, in words.

    Parameters
    ----------
    place : int
        Position in `rules` of the rule that could be better.
    left_out : int
        Position of the rule without which it could.
    fewer : int
        Units that it has less there.
    rules : sequence of Rule
        The active ones.
    roster : Roster

    Returns
    -------
    RulePrice
    """
    rule, other = rules[place], rules[left_out]
    return RulePrice(
        place=left_out + 1,  # the reports begin with the placement of students
        left_out=other.label(),
        units=fewer,
        message=message(
            "{rule} could be {gain} better without “{other}”.",
            rule=rule.label(),
            gain=rule.natural(fewer, roster),
            other=other.label(),
        ),
    )


def kept(
    rules: Rules, roster: Roster, before: Sequence[RuleReport], now: Sequence[RuleReport]
) -> tuple[RuleReport, ...]:
    """Return reports with what was proven before, as far as it says something about these.

    A bound holds for every plan with as many groups; a price only where the rule came out the same.

    Parameters
    ----------
    rules : Rules
    roster : Roster
    before : sequence of RuleReport
        With what was proven.
    now : sequence of RuleReport
        The same rules, of other groups; with nothing proven yet.

    Returns
    -------
    tuple of RuleReport
        In the order of `now`.
    """
    proven = list(now)
    for place, (rule, was, report) in enumerate(zip(rules.active(), before[1:], now[1:], strict=False), 1):
        if rule.must or was.proof is None:
            continue
        bound = was.bound if was.bound is not None and was.bound <= report.units else None
        proven[place] = report.model_copy(
            update={
                "bound": bound,
                "proof": closeness(rule, report.units, bound, roster),
                "prices": was.prices if was.units == report.units else (),
            }
        )
    return tuple(proven)


def whole(outcome: Outcome, groups: int) -> Message:
    """Return how far a plan of so many groups is from the best one, in students of an important rule.

    Parameters
    ----------
    outcome : Outcome
    groups : int
        How many groups the plan has.

    Returns
    -------
    Message
    """
    if outcome.status is Status.BROKEN:
        return message("Edited by hand: not every required rule is met.")
    if outcome.status is Status.OPTIMAL:
        return plural_message(
            "Proven: no plan with one group can be better.",
            "Proven: no plan with {n} groups can be better.",
            groups,
        )
    if outcome.bound == 0 and outcome.cost > 0:
        return message("How much better a plan could be is not known yet.")
    students = -(-(outcome.cost - outcome.bound) // (PRICES[Importance.IMPORTANT] * STUDENT))
    return plural_message(
        "Proven: a better plan would gain at most the weight of one student on an important rule.",
        "Proven: a better plan would gain at most the weight of {n} students on an important rule.",
        students,
    )
