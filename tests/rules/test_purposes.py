"""From what groups are for to the rules and settings that serve it."""

from __future__ import annotations

import pytest

from planner.model.domain import Roster
from planner.model.problems import InputError
from planner.rules import RoleSettings, Rules, TermSettings
from planner.rules.balance import Balance
from planner.rules.purposes import WORDS, CourseSettings, Purpose, needs, serving, with_purpose
from planner.rules.replan_settings import RerunSettings
from tests.builders.classes import make_roster
from tests.builders.survey_class import MOMENTS, QUESTION, survey_class

BARE = make_roster([{"name": "Noor"}, {"name": "Sem"}])


@pytest.mark.parametrize(
    ("purpose", "asked"),
    [
        ("time", [("overlap", (MOMENTS,))]),
        ("company", [("never-alone", ("Gender",))]),
        ("level", [("balance", (QUESTION,))]),
        ("wishes", [("wish", ("Wens 1",))]),
        ("mix", [("mix", ("Opleiding",))]),
        ("calm", [("steady", ())]),
    ],
)
def test_each_purpose_has_its_rules(purpose: str, asked: list[tuple[str, tuple[str, ...]]]) -> None:
    rules = with_purpose(Rules(), purpose, survey_class())
    assert [(rule.kind, rule.headings()) for rule in rules.rule] == asked
    assert not any(rule.must for rule in rules.rule)


def test_nobody_on_their_own_reads_what_there_is_where_nothing_says_who_could_be_alone() -> None:
    roster = survey_class()
    without = roster.model_copy(update={"columns": tuple(c for c in roster.columns if c.heading != "Gender")})
    (rule,) = serving(Purpose.COMPANY, without)
    assert rule.headings() == ("Opleiding",)


@pytest.mark.parametrize("purpose", [one for one in Purpose if one is not Purpose.CALM])
def test_without_a_column_that_serves_it_the_way_out_is_said(purpose: Purpose) -> None:
    assert serving(purpose, BARE) == ()
    with pytest.raises(InputError) as found:
        with_purpose(Rules(), purpose, BARE)
    for language in ("nl", "en"):
        said = found.value.text(language)
        assert WORDS[purpose].name.text(language) in said
        assert WORDS[purpose].needs.text(language) in said
    assert needs(Purpose.WISHES).text("en") == (
        "“With someone they asked for” needs a column in which students name a classmate, such as “Wish 1”."
    )


def test_a_calm_term_has_no_refresh_and_roles_that_stay_a_while() -> None:
    restless = Rules(
        term=TermSettings(refresh_after=(3, 6)),
        rerun=RerunSettings(newcomers_together=False),
        roles=RoleSettings(names=("Lezer",)),
    )
    calm = with_purpose(restless, "calm", BARE)
    assert (calm.term.refresh_after, calm.roles.rotate_every) == ((), 2)
    assert calm.rerun.newcomers_together
    assert calm.roles.names == ("Lezer",)
    said = CourseSettings.of(restless).changes_to(CourseSettings.of(calm))
    assert [one.text("nl") for one in said] == [
        "geen wissel van de groepen",
        "een rol duurt 2 weken",
        "een nieuwe student komt niet als enige nieuwe in een groep",
    ]
    assert with_purpose(calm, "calm", BARE) == calm


@pytest.mark.parametrize("weeks", [0, 3])
def test_roles_that_stay_longer_still_are_calm_already(weeks: int) -> None:
    rules = Rules(roles=RoleSettings(rotate_every=weeks))
    assert with_purpose(rules, Purpose.CALM, BARE).roles.rotate_every == weeks


def test_a_rule_that_is_there_stays_as_it_is() -> None:
    asked: Roster = survey_class()
    rules = Rules(rule=(Balance(column=QUESTION, importance="must", within=0.5),))
    assert with_purpose(rules, "level", asked) == rules
