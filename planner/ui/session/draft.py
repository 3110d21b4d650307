"""Rules while the coordinator works on them: cards that may be off, or not finished yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pydantic import ValidationError

from planner.model.domain import Roster
from planner.model.invisible import is_plain_line
from planner.model.text import Language, Message, message
from planner.rules import KINDS, GroupSizes, RoleSettings, Rule, Rules, TermSettings
from planner.rules.goals import GoalSettings
from planner.rules.invisible import unseen_problem
from planner.rules.people import NamedStudents
from planner.rules.purposes import same
from planner.rules.replan_settings import RerunSettings
from planner.rules.suggest import MOST_ON, suggested_opt_out, suggested_rules, suggestions
from planner.ui.session.rule_card import IDS, RuleCard, cards_holding, what_is_needed

_SIZE = message("The smallest group is larger than the largest one. Swap the two numbers.")
SETTINGS: Mapping[str, Message] = {
    "size-order": _SIZE,
    "size": _SIZE,
    "prefer-outside": message(
        "The preferred size lies outside the smallest and largest group. Choose one in between."
    ),
    "names-number": message("Write {{n}} once in the names of the groups, where the number goes."),
    "role-twice": message("A role is in the list twice. Keep one of them."),
    "role-names": message("There can be at most eight roles."),
    "pairs-many": message("These rules name far more pairs of students than a class has use for."),
}


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
    id: int = field(default_factory=lambda: next(IDS))

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
        new.cards = cards_holding(self.cards, rules.rule)
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
        self.id = next(IDS)

    def cards_for(self, rule: Rule) -> list[RuleCard]:
        """Return the cards that ask the same of the same columns, or of the same students, as a rule."""
        made = [(card, card.rule()) for card in self.cards]
        alike = [(card, there) for card, there in made if there is not None and same(there, rule)]
        if not isinstance(rule, NamedStudents):
            return [card for card, _ in alike]
        return [
            card
            for card, there in alike
            if isinstance(there, NamedStudents) and set(rule.students) <= set(there.students)
        ]

    def ideas(self, roster: Roster) -> tuple[Rule, ...]:
        """Return what else the columns suggest: rules for which there is no card."""
        found = suggestions(roster)
        return tuple(rule for rule in (*found.on, *found.ideas) if not self.cards_for(rule))

    def unfinished(self) -> tuple[Message, ...]:
        """Return what is still needed before these are rules."""
        return tuple(needed for _, needed in self.lacking())

    def lacking(self) -> tuple[tuple[str, Message], ...]:
        """Return what is still needed before these are rules, with the part of them that it is about."""
        found = [
            (f"card_{card.id}", message("{rule}: {needed}", rule=KINDS[card.kind].title, needed=needed))
            for card in self.cards
            if card.on and (needed := card.unfinished()) is not None
        ]
        for part, make in (("groups", self._groups), ("roles", self._roles), ("rules", self._finished)):
            try:
                make()
            except ValidationError as error:
                found.append((part, what_is_needed(error, SETTINGS)))
        return (*found, *(("names", text) for text in self._unseen()))

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
