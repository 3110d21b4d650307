"""Rules on their page that are not finished, part by part, and each part as it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from planner.model.text import Language
from planner.rules import Rule, Rules
from planner.rules.purposes import same
from planner.ui.session.draft import RulesDraft
from planner.ui.session.rule_card import IDS, RuleCard, cards_holding


def finished(draft: RulesDraft, before: Rules, language: Language) -> Rules:
    """Return the rules of a draft; what is not finished in it counts as it was before."""
    for part, _ in draft.lacking():
        draft = mended(draft, part, before)
    return draft.rules(language) or before


def mended(draft: RulesDraft, part: str, before: Rules) -> RulesDraft:
    """Return a draft in which one part that is not finished is as it was before.

    Parameters
    ----------
    draft : RulesDraft
    part : str
        Of `RulesDraft.lacking`.
    before : Rules

    Returns
    -------
    RulesDraft
    """
    then = RulesDraft.of(before)
    if part == "rules":
        return replace(draft, cards=cards_holding(draft.cards, before.rule))
    names = _PARTS.get(part)
    if names is not None:
        return replace(draft, id=next(IDS), **{name: getattr(then, name) for name in names})
    cards = [_mended(card, draft, before) if f"card_{card.id}" == part else card for card in draft.cards]
    return replace(draft, cards=cards)


def holding(draft: RulesDraft, rules: Rules, before: Rules) -> RulesDraft:
    """Return a draft that holds other rules; what is not finished in it stays as it is.

    Parameters
    ----------
    draft : RulesDraft
    rules : Rules
        In which what is not finished counts as it was before.
    before : Rules

    Returns
    -------
    RulesDraft
    """
    held = draft.holding(rules)
    for part, _ in draft.lacking():
        for name in _PARTS.get(part, ()):
            setattr(held, name, getattr(draft, name))
        for card in draft.cards:
            if f"card_{card.id}" == part:
                held.cards = _with(held.cards, card, _mended(card, draft, before).rule())
    return held


def _with(cards: Sequence[RuleCard], card: RuleCard, then: Rule | None) -> list[RuleCard]:
    """Return cards with one that is not finished again, in the place of what it counted as."""
    place = next((at for at, one in enumerate(cards) if one.on and one.rule() == then), None)
    others = [one for at, one in enumerate(cards) if at != place and one.fields is not card.fields]
    here = len(others) if place is None else min(place, len(others))
    return [*others[:here], card, *others[here:]]


_PARTS = {
    "groups": ("smallest", "largest", "prefer", "count", "names"),
    "roles": ("role_names", "opt_out", "role_wish", "rotate_every"),
    "names": ("names", "role_names"),
}


def _mended(card: RuleCard, draft: RulesDraft, before: Rules) -> RuleCard:
    """Return the card of the rule that a card likely held before; where there is none, the card is off."""
    free: list[Rule] = list(before.rule)
    made = [there for one in draft.cards if one.on and one is not card and (there := one.rule()) is not None]
    for rule in made:
        held = next((one for one in free if one == rule), None)
        held = held or next((one for one in free if same(one, rule)), None)
        if held is not None:
            free.remove(held)
    said = {card.fields.get("column"), *card.fields.get("columns", ())}
    likely = [one for one in free if one.kind == card.kind]
    likely.sort(key=lambda one: said.isdisjoint(one.headings()))
    return RuleCard.of(likely[0]) if likely else card.switched(on=False)
