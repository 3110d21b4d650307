"""Topics, tutors, meetings and rooms in the rules file: read, written back, and refused with the row."""

from __future__ import annotations

import pytest

from planner.model.problems import InputError
from planner.rules import Rules, placed, read_rules, write_rules
from planner.rules.class_settings import Classes
from planner.rules.meeting_settings import Meetings
from planner.rules.topic_settings import Need
from tests.builders.classes import make_roster

TOML = """language = "nl"
[classes]
column = "Klas"
[topics]
choices = ["Keuze 1", "Keuze 2"]
importance = "must"
[[topic]]
name = "Rover"
groups = [0, 2]
needs = [{ column = "Prog", value = "ervaren", at_least = 1 }]
[[topic]]
name = "Brug"
[[tutor]]
name = "M. Bakker"
groups = [1, 4]
moments = ["ma ochtend", "di middag"]
topics = ["Rover"]
not_with = ["1286257"]
[[tutor]]
name = "Smit"
[meetings]
[[room]]
name = "B2.14"
moments = ["ma ochtend"]
groups = 2
"""


def test_it_reads_back_as_it_was_written() -> None:
    rules = read_rules(TOML.encode())
    assert rules.classes == Classes(column="Klas")
    assert rules.topic[0].needs == (Need(column="Prog", value="ervaren", at_least=1),)
    assert rules.meetings == Meetings()
    assert read_rules(write_rules(rules)) == rules
    assert Rules.model_validate(rules.model_dump(mode="json", exclude_none=True)) == rules


def test_what_nobody_asked_for_is_not_written() -> None:
    """Files of plans without it stay the same to the byte."""
    dumped = Rules().model_dump(mode="json", exclude_none=True)
    assert list(dumped) == ["language", "groups", "rule", "roles", "term", "goals", "rerun"]
    assert write_rules(Rules()) == b'language = "nl"\n'


@pytest.mark.parametrize(
    ("change", "row", "sentence"),
    [
        (('name = "Brug"', 'nam = "Brug"'), 12, "“nam” is not a part of [[topic]]."),
        (('name = "Brug"', 'name = "rover"'), 11, "A topic is here for the second time."),
        (('name = "Smit"', 'name = "m. bakker"'), 19, "A tutor is here for the second time."),
        (("groups = [0, 2]", "groups = [2, 0]"), 9, "`groups` is two whole numbers, the smaller one first"),
        (("groups = [0, 2]", "groups = [0, 0]"), 9, "no group can have this one"),
        (("groups = [1, 4]", "groups = 3"), 15, "`groups` is two whole numbers, the smaller one first"),
        (("at_least = 1 }", "atleast = 1 }"), 10, "“atleast” is not a part of needs."),
        (("groups = 2\n", "groups = 0\n"), 25, "“groups” is 1 or more"),
        (("[meetings]\n", "[[meetings]]\n"), 21, "needs its own section"),
        (('choices = ["Keuze 1", "Keuze 2"]', 'scores = "V"'), 4, "`scores` is a heading with {topic} once"),
        (('name = "B2.14"', 'name = "B2\\u200b14"'), 23, "cannot be seen or read"),
    ],
)
def test_what_cannot_be_is_refused_with_its_row(change: tuple[str, str], row: int, sentence: str) -> None:
    assert change[0] in TOML
    with pytest.raises(InputError) as caught:
        read_rules(TOML.replace(*change).encode(), "regels.toml")
    first = caught.value.problems[0]
    assert sentence in first.message.text("en")
    assert first.hint is not None
    assert first.file == "regels.toml"
    assert first.row == row


def test_what_only_a_class_list_shows_gets_the_row_too() -> None:
    roster = make_roster(
        [{"Klas": "1", "Keuze 1": "Rover", "Prog": "geen"}], headings=["Klas", "Keuze 1", "Prog"]
    )
    broken = TOML.replace('topics = ["Rover"]', 'topics = ["Robot", "Rover", "Brug"]')
    rules = read_rules(broken.encode())
    found = {p.code: p.row for p in placed(rules.check(roster), rules, broken.encode(), "regels.toml")}
    assert (
        found.items()
        >= {
            "unknown-column": 4,  # Keuze 2
            "unknown-value": 10,
            "tutor-topic": 17,
            "tutor-not-with": 18,
        }.items()
    )


def test_a_refresh_that_would_lose_topics_is_refused_with_its_row() -> None:
    toml = '[[topic]]\nname = "Rover"\n[term]\nrefresh_after = [5]\n'
    rules, roster = read_rules(toml.encode()), make_roster([{}, {}])
    (found,) = placed(rules.check(roster), rules, toml.encode(), "regels.toml")
    assert (found.code, found.row) == ("refresh-beside-members", 4)
    assert found.hint is not None
