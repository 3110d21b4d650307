"""Rules while they are worked on: what is missing, what stays, what a class list suggests."""

from __future__ import annotations

import pytest

from planner.model.domain import Column, ColumnKind, Roster
from planner.model.reports import Importance
from planner.rules import KINDS, read_rules
from planner.rules.apart import Apart
from planner.rules.base import Rule
from planner.rules.goals import GoalSettings
from planner.rules.replan_settings import RerunSettings
from planner.ui.session.draft import RulesDraft
from planner.ui.session.rule_card import RuleCard, blank, fitting
from tests.builders.classes import make_roster
from tests.builders.places import DATA
from tests.builders.survey_class import survey_class

RULES = read_rules((DATA / "regels-28.toml").read_bytes())


def small_class() -> Roster:
    """Return six students with a grade and a programme."""
    roster = make_roster([{"Cijfer": str(5 + n), "Opleiding": "ab"[n % 2]} for n in range(6)])
    kinds = (ColumnKind.NUMBER, ColumnKind.CATEGORY)
    columns = tuple(Column(heading=h, kind=k) for h, k in zip(("Cijfer", "Opleiding"), kinds, strict=True))
    return roster.model_copy(update={"columns": columns})


@pytest.mark.parametrize("rule", RULES.rule, ids=lambda rule: rule.kind)
def test_a_card_holds_a_rule_whole(rule: Rule) -> None:
    assert RuleCard.of(rule).rule() == rule


def test_a_draft_gives_back_the_rules_it_was_made_of() -> None:
    assert RulesDraft.of(RULES).rules("en") == RULES


def test_goals_and_what_a_rerun_is_kind_to_stay_with_the_rules() -> None:
    goals = GoalSettings(column="L", course=("x",))
    rules = RULES.model_copy(update={"goals": goals, "rerun": RerunSettings(known_faces=False)})
    draft = RulesDraft.of(rules)
    assert draft.rules("en") == rules
    draft.rerun = RerunSettings()
    assert draft.rules("en") == rules.model_copy(update={"rerun": RerunSettings()})


def test_the_language_is_that_of_the_page_unless_a_file_says_so() -> None:
    rules = RulesDraft().rules("en")
    assert rules is not None
    assert rules.language == "en"
    assert rules.group_names(2) == ("Group 1", "Group 2")
    assert RulesDraft.of(RULES).rules("en").language == "nl"  # type: ignore[union-attr]


def test_a_class_list_suggests_rules_and_nobody_touched_them_yet() -> None:
    draft = RulesDraft.suggest(small_class())
    assert [card.kind for card in draft.cards] == ["balance", "mix"]
    assert not draft.touched()
    draft.cards[0].on = False
    assert draft.touched()


@pytest.mark.parametrize(
    ("kind", "fields", "needed"),
    [
        ("balance", {"column": "", "importance": Importance.NICE}, "Kies een kolom."),
        (
            "balance",
            {"column": "Cijfer", "importance": Importance.MUST},
            "Vul in hoe ver een groep gemiddeld van het klassengemiddelde mag liggen.",
        ),
        ("limit", {"column": "c", "value": "x"}, "Geef een minimum, een maximum, of allebei."),
        (
            "limit",
            {"column": "c", "value": "x", "at_least": 3, "at_most": 2},
            "Het minimum is groter dan het maximum.",
        ),
        ("apart", {"students": ("a",)}, "Kies minstens twee studenten."),
        ("overlap", {"columns": ()}, "Kies minstens één kolom."),
    ],
)
def test_an_unfinished_card_says_what_it_needs(kind: str, fields: dict[str, object], needed: str) -> None:
    card = RuleCard(kind, {"importance": Importance.IMPORTANT, **fields})
    message = card.unfinished()
    assert message is not None
    assert message.text("nl") == needed
    assert card.rule() is None
    assert RulesDraft(cards=[card]).rules("nl") is None
    assert len(RulesDraft(cards=[card]).unfinished()) == 1


def test_a_card_that_is_off_stands_in_nobody_s_way() -> None:
    draft = RulesDraft(cards=[RuleCard("apart", {"students": (), "importance": Importance.MUST}, on=False)])
    assert draft.unfinished() == ()
    rules = draft.rules("nl")
    assert rules is not None
    assert rules.rule == ()


@pytest.mark.parametrize(
    ("draft", "needed"),
    [
        (RulesDraft(smallest=5, largest=3), "De kleinste groep is groter dan de grootste."),
        (RulesDraft(prefer=8), "De grootte die je het liefst hebt, ligt niet tussen"),
        (
            RulesDraft(names="Team"),
            "Schrijf één keer {n} in de namen van de groepen, op de plek van het nummer.",
        ),
        (RulesDraft(role_names=("Notulist", "notulist")), "Een rol staat twee keer in de lijst."),
        (RulesDraft(role_names=("x" * 501,)), "In deze regel staat iets wat niet gebruikt kan worden."),
        (
            RulesDraft(cards=[RuleCard.of(Apart(students=tuple(map(str, range(500)))))]),
            "Deze regels noemen veel meer tweetallen dan een klas nodig heeft.",
        ),
    ],
)  # fmt: skip
def test_settings_that_do_not_go_together_say_so(draft: RulesDraft, needed: str) -> None:
    (message,) = draft.unfinished()
    assert message.text("nl").startswith(needed)
    assert draft.rules("nl") is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_blank_card_is_open_and_reads_the_likeliest_column(kind: str) -> None:
    card = blank(kind, small_class())
    assert card.opened
    wanted = {"balance": "Cijfer", "mix": "Opleiding"}.get(kind)
    if wanted:
        assert card.fields["column"] == wanted
        assert card.rule() is not None


def test_the_likeliest_columns_come_first() -> None:
    assert fitting("balance", small_class()) == ("Cijfer", "Opleiding")
    assert fitting("mix", small_class()) == ("Opleiding", "Cijfer")


def test_new_columns_add_their_rules_to_those_that_were_worked_on() -> None:
    after = small_class()
    before = after.model_copy(update={"columns": after.columns[:1]})
    draft = RulesDraft.suggest(before)
    draft.cards[0].fields["importance"] = Importance.NICE
    draft.renew(before, after)
    assert [(card.kind, card.importance) for card in draft.cards] == [
        ("balance", Importance.NICE),
        ("mix", Importance.IMPORTANT),
    ]
    draft.renew(before, after)
    assert len(draft.cards) == 2


def test_what_is_not_on_is_an_idea_until_there_is_a_card_for_it() -> None:
    draft = RulesDraft.suggest(survey_class())
    assert [card.kind for card in draft.cards] == ["overlap", "never-alone", "balance", "wish", "mix"]
    idea, *earlier = draft.ideas(survey_class())
    assert idea.headings() == ("Werkt parttime",)
    assert [rule.kind for rule in earlier] == ["new-faces", "new-faces"]
    draft.cards.append(RuleCard.of(idea))
    assert draft.ideas(survey_class()) == tuple(earlier)
    balance = draft.cards.pop(2)
    assert draft.ideas(survey_class()) == (balance.rule(), *earlier)


def test_a_pair_is_an_idea_until_a_card_keeps_both_of_them_apart() -> None:
    roster = make_roster([{"Liever niet": answer} for answer in ("Sem", "", "Juul", "")])
    columns = (Column(heading="Liever niet", kind=ColumnKind.NOT_WITH),)
    roster = roster.model_copy(update={"columns": columns})
    draft = RulesDraft.suggest(roster)
    one, other = draft.ideas(roster)
    draft.cards.append(RuleCard.of(Apart(students=("d", "a", "c"))))
    assert draft.ideas(roster) == (one,)
    draft.cards.append(RuleCard.of(one))
    assert (draft.ideas(roster), other.must) == ((), False)


def test_new_columns_add_no_sixth_rule() -> None:
    after = survey_class()
    before = after.model_copy(update={"columns": after.columns[1:]})
    draft = RulesDraft.suggest(before)
    draft.cards.append(RuleCard.of(Apart(students=("a", "b"))))
    assert sum(card.on for card in draft.cards) > 4
    draft.renew(before, after)
    assert len(draft.cards) == 6
    assert [rule.headings() for rule in draft.ideas(after) if rule.kind == "mix"] == [("Opleiding",)]


def test_rules_of_before_come_back_and_what_was_switched_off_stays() -> None:
    """Taking back a change of the rules, or a plan, dropped the rules that were off."""
    draft = RulesDraft.of(RULES)
    first, second = draft.cards[0], draft.cards[1]
    draft.cards.insert(1, RuleCard("apart", {**RuleCard.of(Apart(students=("a", "b"))).fields}, on=False))
    changed = second.fields | {"importance": Importance.MUST}
    second.fields = changed
    added = RuleCard.of(Apart(students=("c", "d")))
    draft.cards.append(added)
    back = draft.holding(RULES)
    assert back.rules("en") == RULES
    assert back.cards[0] is first
    assert [(card.kind, card.on, card.fields) for card in back.cards if not card.on] == [
        ("apart", False, draft.cards[1].fields),
        ("apart", False, added.fields),
    ]
    assert not back.cards[1].on
    assert not back.cards[-1].on


def test_a_language_is_set_by_other_rules_only_where_one_was_set() -> None:
    english = RULES.model_copy(update={"language": "en"})
    assert RulesDraft().holding(english).language is None
    assert RulesDraft(language="nl").holding(english).language == "en"
