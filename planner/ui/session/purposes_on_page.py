"""A purpose chosen on the page: what it switched on, and that taken back."""

from __future__ import annotations

from dataclasses import dataclass

from planner.model.domain import Roster
from planner.model.text import Message, message
from planner.rules import Rule
from planner.rules.purposes import WORDS, CourseSettings, Purpose, needs, serving
from planner.rules.titles import title
from planner.ui.session.draft import RulesDraft
from planner.ui.session.rule_card import RuleCard


@dataclass(frozen=True)
class Done:
    """What a purpose came to.

    Attributes
    ----------
    purpose : Purpose
    draft : int
        Id of the rules that were changed.
    before, after : CourseSettings
    rules : tuple of Rule
        That were switched on, by the ids of their `cards`.
    added : tuple of int
        Ids of the cards that were not there before.
    """

    purpose: Purpose
    draft: int
    before: CourseSettings
    after: CourseSettings
    rules: tuple[Rule, ...] = ()
    cards: tuple[int, ...] = ()
    added: tuple[int, ...] = ()

    def told(self, roster: Roster) -> Message:
        """Say what was done, or what the purpose needs."""
        words = WORDS[self.purpose]
        if self.nothing:
            return needs(self.purpose)
        named = tuple(message("“{rule}”", rule=title(rule, roster)) for rule in self.rules)
        done = (*named, *self.before.changes_to(self.after))
        return message("{purpose}: {done}.", purpose=words.name, done=done)

    @property
    def nothing(self) -> bool:
        """Whether no column fits."""
        return not self.cards and self.before == self.after


def served(draft: RulesDraft, roster: Roster) -> list[Purpose]:
    """Return the purposes that the rules on the page serve whole."""
    return [purpose for purpose in Purpose if _served(draft, purpose, roster)]


def _served(draft: RulesDraft, purpose: Purpose, roster: Roster) -> bool:
    rules, now = serving(purpose, roster), _settings(draft)
    on = all(any(card.on for card in draft.cards_for(rule)) for rule in rules)
    return bool(rules) and on and now.serving(purpose) == now


def serve(draft: RulesDraft, purpose: Purpose, roster: Roster) -> Done:
    """Switch on what serves a purpose; return what was changed."""
    before = _settings(draft)
    cards: list[int] = []
    added: list[int] = []
    rules: list[Rule] = []
    for rule in serving(purpose, roster):
        there = draft.cards_for(rule)
        if any(card.on for card in there):
            continue
        card = RuleCard.of(rule) if not there else there[0].switched(on=True)
        if there:
            draft.cards[draft.cards.index(there[0])] = card
        else:
            draft.cards.append(card)
            added.append(card.id)
        rules.append(card.rule() or rule)
        cards.append(card.id)
    after = before.serving(purpose) if serving(purpose, roster) else before
    _set(draft, after)
    return Done(purpose, draft.id, before, after, tuple(rules), tuple(cards), tuple(added))


def leave(draft: RulesDraft, purpose: Purpose, roster: Roster, done: Done | None) -> None:
    """Take back what a purpose did; else switch off the rules that serve it."""
    if done is not None and (done.purpose, done.draft) == (purpose, draft.id):
        take_back(draft, done)
        return
    for rule in serving(purpose, roster):
        for card in draft.cards_for(rule):
            draft.cards[draft.cards.index(card)] = card.switched(on=False)
    if purpose is Purpose.CALM:
        _set(draft, _settings(draft).model_copy(update={"rotate_every": CourseSettings().rotate_every}))


def take_back(draft: RulesDraft, done: Done) -> None:
    """Leave the rules and settings as they were before a purpose, as far as they are still what it made."""
    draft.cards = [
        card.switched(on=False) if card.id in done.cards else card
        for card in draft.cards
        if card.id not in done.added
    ]
    if _settings(draft) == done.after:
        _set(draft, done.before)


def _settings(draft: RulesDraft) -> CourseSettings:
    return CourseSettings(term=draft.term, rerun=draft.rerun, rotate_every=draft.rotate_every)


def _set(draft: RulesDraft, settings: CourseSettings) -> None:
    if settings != _settings(draft):
        draft.term, draft.rerun, draft.rotate_every = settings.term, settings.rerun, settings.rotate_every
        draft.renew_fields()
