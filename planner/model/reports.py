"""What rules find in a plan, how good it is, and what is proven of it."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from planner.model.base import FARTHEST, Amount, Frozen
from planner.model.text import Message


class Importance(StrEnum):
    """How much a rule matters."""

    MUST = "must"
    IMPORTANT = "important"
    NICE = "nice"


class Finding(Frozen):
    """What a rule finds in a finished plan, in plain words.

    `units` counts how far the rule is from perfect here, in the unit in which the
    rule is priced; zero for a remark that costs nothing.
    """

    message: Message
    group: str | None = None
    students: tuple[str, ...] = ()
    units: Amount = 0


class RulePrice(Frozen):
    """What one rule asks of another: a plan without it was made, and there the other has fewer units.

    Attributes
    ----------
    place : int
        Of the rule without which that plan was made, among the reports of the rules.
    left_out : Message
        The rule without which that plan was made, as the coordinator named it.
    units : int
        How many fewer, at least.
    message : Message
        The same in natural units.
    """

    place: Amount
    left_out: Message
    units: Amount
    message: Message


class RuleReport(Frozen):
    """One rule's account of a plan: holds or not, what it costs, what was found, what is proven.

    `bound` is a proven lower limit on the units of this rule in any plan with as many
    groups that holds every `must` rule; None where nothing is proven. `proof` says it in
    words, `prices` what other rules ask of this one; both only where they were worked out. `told` says
    in a sentence how the plan stands as a whole, for rules that have one.
    """

    kind: str
    title: Message
    importance: Importance
    cost: Amount
    units: Amount
    findings: tuple[Finding, ...] = ()
    bound: Amount | None = None
    proof: Message | None = None
    prices: tuple[RulePrice, ...] = ()
    told: Message | None = None

    @property
    def broken(self) -> bool:
        """Whether a `must` rule does not hold."""
        return self.importance is Importance.MUST and self.units > 0


class Status(StrEnum):
    """How a run ended."""

    OPTIMAL = "optimal"  # proven: no plan can be better
    FEASIBLE = "feasible"  # every must rule holds; a better plan may exist
    INFEASIBLE = "infeasible"  # proven: no plan can hold every must rule
    STOPPED = "stopped"  # cut short by a limit or by hand
    BROKEN = "broken"  # changed by hand: somewhere a must rule does not hold


class StageReport(Frozen):
    """One thing that a rerun or a refresh makes as small (or large) as can be, and whether that is proven.

    `limit` is a proven limit on the value, where one is known apart from the value itself.
    """

    name: str
    value: Amount
    proven: bool
    limit: Amount | None = None


class Outcome(Frozen):
    """How good a plan is and what is proven about it.

    `cost` and `bound` are in the common integer cost; `moves` and `moves_bound`
    count students and are None for a first plan. `seconds` is how long it took, as far as that
    is known: the folder of a plan does not tell.
    """

    status: Status
    cost: Amount
    bound: Amount
    moves: Amount | None = None
    moves_bound: Amount | None = None
    seconds: float | None = Field(default=None, ge=0, le=FARTHEST)
    cut_short: bool = False
    stages: tuple[StageReport, ...] = ()
    rules: tuple[RuleReport, ...] = ()
