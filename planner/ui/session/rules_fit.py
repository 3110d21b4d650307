"""Whether the rules on the page fit the class list."""

from __future__ import annotations

from dataclasses import dataclass

from planner.model.domain import Roster
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError, Level, Problem
from planner.rules import Rules
from planner.services.plan import check


@dataclass(frozen=True)
class Fit:
    """Whether the rules fit the class list: the errors if not, and what they assume."""

    rules: Rules
    roster: Roster
    errors: tuple[Problem, ...] = ()
    remarks: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, rules: Rules, roster: Roster) -> Fit:
        """Hold rules against a class list."""
        try:
            return cls(rules, roster, remarks=check(rules, roster))
        except InputError as error:
            return cls(rules, roster, errors=error.problems)
        except NoPlan as error:
            return cls(rules, roster, errors=tuple(p for p in error.problems if p.level is Level.ERROR))
