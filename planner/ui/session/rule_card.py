"""The card of one rule while a coordinator works on it: it may be off, or not finished yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from pydantic import ValidationError

from planner.model.domain import ColumnKind, Roster
from planner.model.reports import Importance
from planner.model.text import Message, message
from planner.rules import KINDS, Rule
from planner.rules.purposes import same
from planner.rules.setting_error import code_of

# What a card still needs, by the reason that the rule gives.
UNFINISHED: Mapping[str, Message] = {
    "within": message("Fill in how far a group average may be from the class average."),
    "limit": message("Give a minimum, a maximum, or both."),
    "limits-crossed": message("The minimum is larger than the maximum."),
    "faces-half": message("Leave the number of terms empty: to keep someone, one person is enough."),
    "students": message("Choose at least two students."),
    "column": message("Choose a column."),
    "columns": message("Choose at least one column."),
    "value": message("Choose an answer."),
}
# The kinds of columns that a kind of rule reads, the likeliest first.
_CHOICES = (
    ColumnKind.CATEGORY,
    ColumnKind.SECTION,
    ColumnKind.PARTICIPATION,
    ColumnKind.SCALE,
    ColumnKind.TOPIC_CHOICE,
    ColumnKind.ROLE,
    ColumnKind.GROUP,
    ColumnKind.NUMBER,
)
LIKELY: Mapping[str, tuple[ColumnKind, ...]] = {
    "balance": (ColumnKind.NUMBER, ColumnKind.SCALE),
    "mix": _CHOICES,
    "similar": _CHOICES,
    "never-alone": _CHOICES,
    "limit": _CHOICES,
    "participation": (
        *(ColumnKind.PARTICIPATION, ColumnKind.SLOTS, ColumnKind.BUSY),
        *(ColumnKind.CATEGORY, ColumnKind.SECTION),
    ),
    "overlap": (ColumnKind.SLOTS, ColumnKind.BUSY, ColumnKind.CATEGORY),
    "wish": (ColumnKind.PEER, ColumnKind.TEXT),
    "new-faces": (ColumnKind.EARLIER_GROUP, ColumnKind.GROUP, ColumnKind.SECTION, ColumnKind.CATEGORY),
}
IDS = count(1)  # widget keys are made of these: never the same twice


@dataclass
class RuleCard:
    """One rule on the page; `fields` may not make a rule yet."""

    kind: str
    fields: dict[str, Any]
    on: bool = True
    opened: bool = False
    id: int = field(default_factory=lambda: next(IDS))

    @classmethod
    def of(cls, rule: Rule) -> RuleCard:
        """Return a card that holds a rule."""
        return cls(
            rule.kind, {name: getattr(rule, name) for name in KINDS[rule.kind].model_fields if name != "kind"}
        )

    @property
    def importance(self) -> Importance:
        """How much it matters."""
        return Importance(self.fields["importance"])

    def rule(self) -> Rule | None:
        """Return the rule, or None where the card is not finished."""
        try:
            return KINDS[self.kind].model_validate({"kind": self.kind, **self.fields})
        except ValidationError:
            return None

    def switched(self, *, on: bool) -> RuleCard:
        """Return the same card, on or off, with fields that start from what it holds."""
        return RuleCard(self.kind, self.fields, on=on)

    def unfinished(self) -> Message | None:
        """Return what the card still needs."""
        try:
            KINDS[self.kind].model_validate({"kind": self.kind, **self.fields})
        except ValidationError as error:
            return what_is_needed(error, UNFINISHED)
        return None


def blank(kind: str, roster: Roster) -> RuleCard:
    """Return an open card of a kind, filled in as far as the class list tells."""
    model = KINDS[kind]
    fields: dict[str, Any] = {
        name: info.get_default(call_default_factory=True)
        for name, info in model.model_fields.items()
        if name != "kind" and not info.is_required()
    }
    heading = next(iter(fitting(kind, roster)), "")
    empty: dict[str, Any] = {
        "column": heading,
        "columns": (heading,) if heading else (),
        "students": (),
        "value": "",
    }
    needed = {name for name, info in model.model_fields.items() if info.is_required()}
    fields.update({name: value for name, value in empty.items() if name in needed})
    return RuleCard(kind, fields, opened=True)


def cards_holding(cards: Sequence[RuleCard], rules: Sequence[Rule]) -> list[RuleCard]:
    """Return cards for rules in their order; what is off, or has no rule now, stands off where it stood."""
    left = list(cards)
    made = [_take(left, rule) for rule in rules]
    result = [new for _, new in made]
    behind: RuleCard | None = None
    for card in cards:
        new = next((new for old, new in made if old is card), None)
        if new is None:
            new = card.switched(on=False) if card.on else card
            result.insert(0 if behind is None else _place(result, behind) + 1, new)
        behind = new
    return result


def _take(left: list[RuleCard], rule: Rule) -> tuple[RuleCard | None, RuleCard]:
    """Take the card of a rule from what is left; return it, and the card with the rule as it is now."""
    on = [(card, there) for card in left if card.on and (there := card.rule()) is not None]
    like = next((card for card, there in on if there == rule), None)
    found = like or next((card for card, there in on if same(there, rule)), None)
    if found is None:  # one that was switched off is switched on again, rather than to stand there twice
        found = next((card for card in left if not card.on and card.rule() == rule), None)
        like = None if found is None else found.switched(on=True)
    if found is not None:
        del left[_place(left, found)]
    return found, like or RuleCard.of(rule)


def _place(cards: Sequence[RuleCard], one: RuleCard) -> int:
    return next(at for at, card in enumerate(cards) if card is one)


def what_is_needed(error: ValidationError, texts: Mapping[str, Message]) -> Message:
    """Return what is still needed, by the reason that a model gives or by the place of its field."""
    detail = error.errors()[0]
    reason = code_of(detail)
    place = str(detail["loc"][0]) if detail["loc"] else ""
    if reason in texts:
        return texts[reason]
    return texts.get(place) or message("Something in this rule cannot be used.")


def fitting(kind: str, roster: Roster) -> tuple[str, ...]:
    """Return the headings that a kind of rule can read, the likeliest first."""
    likely = LIKELY.get(kind, ())
    return tuple(
        column.heading
        for column in sorted(
            roster.columns,
            key=lambda column: likely.index(column.kind) if column.kind in likely else len(likely),
        )
    )
