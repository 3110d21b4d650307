"""Rules while the coordinator works on them: cards that may be off, or not finished yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from pydantic import ValidationError

from planner.model.domain import ColumnKind, Importance, Roster
from planner.model.invisible import is_plain_line
from planner.model.text import Language, Message, message
from planner.rules import KINDS, GroupSizes, RoleSettings, Rule, Rules, TermSettings
from planner.rules.goals import GoalSettings
from planner.rules.invisible import unseen_problem
from planner.rules.purposes import same
from planner.rules.replan_settings import RerunSettings
from planner.rules.setting_error import code_of
from planner.rules.suggest import MOST_ON, suggested_opt_out, suggested_rules, suggestions

# What a card still needs, by the reason that the rule gives.
UNFINISHED: Mapping[str, Message] = {
    "within": message("Say how far a group average may be from the class average."),
    "limit": message("Say at least how many, at most how many, or both."),
    "limits-crossed": message("“At least” is more than “at most”."),
    "students": message("Choose at least two students."),
    "column": message("Choose a column."),
    "columns": message("Choose at least one column."),
    "value": message("Choose an answer."),
}
SETTINGS: Mapping[str, Message] = {
    "size-order": message("The smallest group is larger than the largest one. Swap the two numbers."),
    "prefer-outside": message(
        "The preferred size lies outside the smallest and largest group. Choose one in between."
    ),
    "names-number": message("Write {{n}} once in the names of the groups, where the number goes."),
    "role-twice": message("A role is in the list twice. Keep one of them."),
    "role-names": message("There are at most eight roles."),
    "pairs-many": message("These rules name far more pairs of students than a class has use for."),
}
# The kinds of columns that a kind of rule reads, the likeliest first.
_CHOICES = (
    ColumnKind.CATEGORY,
    ColumnKind.SECTION,
    ColumnKind.ROLE,
    ColumnKind.GROUP,
    ColumnKind.NUMBER,
)
LIKELY: Mapping[str, tuple[ColumnKind, ...]] = {
    "balance": (ColumnKind.NUMBER,),
    "mix": _CHOICES,
    "similar": _CHOICES,
    "never-alone": _CHOICES,
    "limit": _CHOICES,
    "overlap": (ColumnKind.SLOTS, ColumnKind.BUSY, ColumnKind.CATEGORY),
    "wish": (ColumnKind.PEER, ColumnKind.TEXT),
}
_ids = count(1)  # widget keys are made of these: never the same twice


@dataclass
class RuleCard:
    """One rule on the page; `fields` may not make a rule yet."""

    kind: str
    fields: dict[str, Any]
    on: bool = True
    opened: bool = False
    id: int = field(default_factory=lambda: next(_ids))

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
            return _needed(error, UNFINISHED)
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
    fields.update({name: value for name, value in empty.items() if name in model.model_fields})
    return RuleCard(kind, fields, opened=True)


@dataclass
class RulesDraft:
    """All that is asked of one course, while it is being written.

    Attributes
    ----------
    language : Language or None
        None follows the page.
    role_names : tuple of str or None
        None are the first of the catalogue, in the language of the rules.
    suggested : tuple of Rule
        What the columns suggested, to see whether somebody changed it.
    """

    language: Language | None = None
    smallest: int = 3
    largest: int = 5
    prefer: int | None = None
    count: int | None = None
    names: str | None = None
    cards: list[RuleCard] = field(default_factory=list)
    role_names: tuple[str, ...] | None = None
    opt_out: str | None = None
    role_wish: str | None = None
    rotate_every: int = 1
    term: TermSettings = field(default_factory=TermSettings)
    goals: GoalSettings = field(default_factory=GoalSettings)
    rerun: RerunSettings = field(default_factory=RerunSettings)
    suggested: tuple[Rule, ...] = ()
    id: int = field(default_factory=lambda: next(_ids))

    @classmethod
    def suggest(cls, roster: Roster) -> RulesDraft:
        """Return the rules that a class list suggests."""
        rules = suggested_rules(roster)
        return cls(
            cards=[RuleCard.of(rule) for rule in rules], opt_out=suggested_opt_out(roster), suggested=rules
        )

    @classmethod
    def of(cls, rules: Rules) -> RulesDraft:
        """Return rules from a file, to work on."""
        return cls(
            language=rules.language,
            smallest=rules.groups.size[0],
            largest=rules.groups.size[1],
            prefer=rules.groups.prefer,
            count=rules.groups.count,
            names=rules.groups.names,
            cards=[RuleCard.of(rule) for rule in rules.rule],
            role_names=rules.roles.names,
            opt_out=rules.roles.opt_out,
            role_wish=rules.roles.wish,
            rotate_every=rules.roles.rotate_every,
            term=rules.term,
            goals=rules.goals,
            rerun=rules.rerun,
        )

    def holding(self, rules: Rules) -> RulesDraft:
        """Return other rules to work on; cards that are off stay, and so does that of a rule that is gone."""
        new = RulesDraft.of(rules)
        new.language = None if self.language is None else rules.language
        new.suggested = self.suggested
        new.cards = _cards(self.cards, rules.rule)
        return new

    def touched(self) -> bool:
        """Whether somebody changed the rules since the columns suggested them."""
        rules = [card.rule() if card.on else None for card in self.cards]
        return self.language is not None or rules != list(self.suggested)

    def renew(self, before: Roster, roster: Roster) -> None:
        """Add what columns suggest that were not in the class list before, while few rules are on."""
        for rule in suggested_rules(roster):
            new = any(heading not in before.headings for heading in rule.headings())
            few = sum(card.on for card in self.cards) < MOST_ON
            if new and few and not self.cards_for(rule):
                self.cards.append(RuleCard.of(rule))
        if self.opt_out is None:
            self.opt_out = suggested_opt_out(roster)

    def renew_fields(self) -> None:
        """Let the fields of the settings start from what is set now."""
        self.id = next(_ids)

    def cards_for(self, rule: Rule) -> list[RuleCard]:
        """Return the cards that ask the same of the same columns as a rule."""
        made = [(card, card.rule()) for card in self.cards]
        return [card for card, there in made if there is not None and same(there, rule)]

    def ideas(self, roster: Roster) -> tuple[Rule, ...]:
        """Return what else the columns suggest: rules for which there is no card."""
        found = suggestions(roster)
        return tuple(rule for rule in (*found.on, *found.ideas) if not self.cards_for(rule))

    def unfinished(self) -> tuple[Message, ...]:
        """Return what is still needed before these are rules."""
        found = [
            message("{rule}: {needed}", rule=KINDS[card.kind].title, needed=needed)
            for card in self.cards
            if card.on and (needed := card.unfinished()) is not None
        ]
        for make in (self._groups, self._roles, self._finished):
            try:
                make()
            except ValidationError as error:
                found.append(_needed(error, SETTINGS))
        return (*found, *self._unseen())

    def _unseen(self) -> Iterator[Message]:
        """Say which names of groups and roles nobody can read whole."""
        for name in (self.names or "", *(self.role_names or ())):
            if not is_plain_line(name):
                problem = unseen_problem(name)
                yield message("{one} {other}", one=problem.message, other=problem.hint or "")

    def _finished(self) -> Rules:
        """Return the cards that make rules, as far as they go together."""
        made = (card.rule() for card in self.cards if card.on)
        return Rules(rule=tuple(rule for rule in made if rule is not None))

    def rules(self, language: Language) -> Rules | None:
        """Return the rules, in `language` unless a file has set it; None while something is unfinished."""
        made = [card.rule() for card in self.cards if card.on]
        rules = tuple(rule for rule in made if rule is not None)
        if len(rules) < len(made) or self.unfinished():
            return None
        return Rules(
            language=self.language or language,
            groups=self._groups(),
            rule=rules,
            roles=self._roles(),
            term=self.term,
            goals=self.goals,
            rerun=self.rerun,
        )

    def group_settings(self) -> GroupSizes | None:
        """Return what is asked of the groups; None while that is unfinished."""
        try:
            return self._groups()
        except ValidationError:
            return None

    def _groups(self) -> GroupSizes:
        return GroupSizes(
            size=(self.smallest, self.largest), prefer=self.prefer, count=self.count, names=self.names
        )

    def _roles(self) -> RoleSettings:
        return RoleSettings(
            names=self.role_names,
            opt_out=self.opt_out,
            wish=self.role_wish,
            rotate_every=self.rotate_every,
        )


def _cards(cards: Sequence[RuleCard], rules: Sequence[Rule]) -> list[RuleCard]:
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
    if found is not None:
        del left[_place(left, found)]
    return found, like or RuleCard.of(rule)


def _place(cards: Sequence[RuleCard], one: RuleCard) -> int:
    return next(at for at, card in enumerate(cards) if card is one)


def _needed(error: ValidationError, texts: Mapping[str, Message]) -> Message:
    detail = error.errors()[0]
    reason = code_of(detail)
    place = str(detail["loc"][0]) if detail["loc"] else ""
    if reason in texts:
        return texts[reason]
    if place == "size":
        return SETTINGS["size-order"]
    return texts.get(place) or message("Something in it cannot be used.")


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
