"""What differs between two sets of rules is told rule by rule, in both languages."""

from __future__ import annotations

from typing import Any

from planner.model.domain import Roster
from planner.reporting.rule_changes import rule_changes
from planner.rules import Rules

NOBODY = Roster(students=())
LIMIT = {"kind": "limit", "column": "Chair", "value": "yes", "at_most": 1, "importance": "important"}


def rules(*rule: dict[str, Any], **settings: object) -> Rules:
    return Rules.model_validate({"language": "en", "rule": list(rule), **settings})


def told(before: Rules, now: Rules) -> list[tuple[str, str]]:
    found = rule_changes(before, now, NOBODY)
    return [(one.message.text("en"), one.message.text("nl")) for one in found]


def test_the_same_rules_differ_in_nothing() -> None:
    assert told(rules(LIMIT), rules(LIMIT)) == []


def test_another_importance_is_told_as_that() -> None:
    assert told(rules(LIMIT), rules({**LIMIT, "importance": "must"})) == [
        (
            "At most 1 × Chair = yes: required, was important",
            "Hooguit 1 × Chair = yes: verplicht, was belangrijk",
        )
    ]


def test_another_limit_is_a_rule_that_changed_and_not_one_gone_and_one_new() -> None:
    assert told(rules(LIMIT), rules({**LIMIT, "at_most": 2})) == [
        (
            "At most 2 × Chair = yes, was At most 1 × Chair = yes",
            "Hooguit 2 × Chair = yes, was Hooguit 1 × Chair = yes",
        )
    ]


def test_a_rule_twice_is_told_once_where_one_of_them_goes() -> None:
    assert [one for one, _ in told(rules(LIMIT, LIMIT), rules(LIMIT))] == ["Removed: At most 1 × Chair = yes"]


def test_settings_are_told_too() -> None:
    now = rules(
        groups={"size": [3, 5], "prefer": 4},
        roles={"rotate_every": 2},
        term={"weeks": 12},
        rerun={"known_faces": False},
    )
    assert [one for one, _ in told(rules(), now)] == [
        "The number, preferred size or names of the groups",
        "The roles, or how often they rotate",
        "The weeks of the term, or when groups are refreshed",
        "What a replan takes into account",
    ]
