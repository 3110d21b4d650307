"""The rules file: what it holds, and that nothing in it is ever an accident."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.invisible import is_plain_line
from planner.model.problems import InputError, Problem
from planner.rules import KINDS, Rules, read_rules, write_rules
from planner.rules.file_problems import SECTIONS
from tests.builders.classes import KIND_NAMES, make_rules
from tests.builders.places import DATA

# What it holds


def test_an_empty_file_is_all_defaults() -> None:
    rules = make_rules("")
    assert rules == Rules()
    assert (rules.language, rules.groups.size, rules.term.weeks, rules.rule) == ("nl", (3, 5), 10, ())


def test_the_contract_in_one_file() -> None:
    rules = make_rules("""
        language = "en"
        [groups]
        size = [3, 5]
        prefer = 4
        count = 12
        names = "Groep {n}"
        [[rule]]
        kind = "balance"
        column = "Vooropleiding cijfer"
        importance = "important"
        [[rule]]
        kind = "never-alone"
        column = "Gender"
        values = ["v", "x"]
        importance = "must"
        [[rule]]
        kind = "overlap"
        columns = ["Beschikbaar"]
        at_least = 2
        importance = "must"
        [[rule]]
        kind = "limit"
        column = "Werkt parttime"
        value = "ja"
        at_most = 2
        [[rule]]
        kind = "apart"
        students = ["0912345", "0912399"]
        [roles]
        names = ["Gespreksleider", "Notulist"]
        opt_out = "Liever geen rol"
        rotate_every = 2
        [term]
        weeks = 10
        refresh_after = [5]
        keep_familiar = 1
        max_moved = 0.25
    """)
    assert [(rule.kind, rule.importance.value) for rule in rules.rule] == [
        ("balance", "important"),
        ("never-alone", "must"),
        ("overlap", "must"),
        ("limit", "important"),
        ("apart", "must"),
    ]
    assert rules.headings() == (
        "Vooropleiding cijfer",
        "Gender",
        "Beschikbaar",
        "Werkt parttime",
        "Liever geen rol",
    )
    assert rules.group_names(2) == ("Groep 1", "Groep 2")


@pytest.mark.parametrize("path", sorted(DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_the_sample_files_read_and_come_back(path: Path) -> None:
    rules = read_rules(path.read_bytes(), path.name)
    assert rules.rule
    assert read_rules(write_rules(rules)) == rules


def test_a_byte_order_mark_is_no_text() -> None:
    assert read_rules(b"\xef\xbb\xbflanguage = 'en'").language == "en"


TEXT = st.text(min_size=1, max_size=12)
NAME = TEXT.filter(is_plain_line)  # others are refused
IDS = st.lists(TEXT, min_size=2, max_size=3, unique=True)
FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "balance": {"column": TEXT, "within": st.floats(0.001, 1e6)},
    "mix": {"column": TEXT},
    "similar": {"column": TEXT},
    "never-alone": {
        "column": TEXT,
        "values": st.none() | st.lists(TEXT, max_size=2),
        "at_least_share": st.none() | st.floats(0.05, 1),
    },
    "overlap": {"columns": st.lists(TEXT, min_size=1, max_size=2), "at_least": st.integers(1, 9)},
    "limit": {
        "column": TEXT,
        "value": TEXT,
        "at_least": st.integers(0, 2),
        "at_most": st.none() | st.just(2),
    },
    "apart": {"students": IDS},
    "together": {"students": IDS},
    "wish": {"columns": st.lists(TEXT, min_size=1, max_size=2)},
    "participation": {"column": TEXT, "columns": st.lists(TEXT, max_size=2), "at_least": st.integers(1, 9)},
    "new-faces": {"columns": st.lists(TEXT, min_size=1, max_size=3), "half_after": st.integers(1, 9)},
    "steady": {"importance": st.sampled_from(["important", "nice"])},
}
RULE = st.one_of(
    *(
        st.fixed_dictionaries(
            {"kind": st.just(kind), "importance": st.sampled_from(["must", "important", "nice"]), **fields}
        )
        for kind, fields in FIELDS.items()
    )
)
RULES = st.fixed_dictionaries(
    {
        "language": st.sampled_from(["nl", "en"]),
        "groups": st.fixed_dictionaries(
            {
                "size": st.just([2, 6]),
                "prefer": st.none() | st.integers(2, 6),
                "count": st.none() | st.integers(1, 99),
                "names": st.none() | NAME.map(lambda text: text.replace("{n}", "") + "{n}"),
            }
        ),
        "rule": st.lists(RULE, max_size=4),
        "roles": st.fixed_dictionaries(
            {
                "names": st.none()
                | st.lists(st.sampled_from(["A", "b c", '"', "é", "{n}", "\\"]), unique=True),
                "opt_out": st.none() | TEXT,
                "rotate_every": st.integers(1, 3),
            }
        ),
        "term": st.fixed_dictionaries(
            {
                "weeks": st.integers(1, 60),
                "refresh_after": st.lists(st.integers(1, 9), max_size=2),
                "keep_familiar": st.integers(0, 3),
                "max_moved": st.floats(0, 1),
            }
        ),
    }
).map(Rules.model_validate)


def test_every_kind_of_rule_is_drawn() -> None:
    assert set(FIELDS) == set(KINDS) == set(KIND_NAMES)


@given(RULES)
@settings(max_examples=300)
def test_what_is_written_reads_back(rules: Rules) -> None:
    assert read_rules(write_rules(rules)) == rules


def problems_of(content: bytes) -> list[Problem]:
    try:
        read_rules(content, "regels.toml")
    except InputError as error:
        return list(error.problems)
    return []


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
@settings(max_examples=300)
def test_nonsense_is_refused_and_never_an_accident(content: bytes) -> None:
    for problem in problems_of(content):
        assert problem.file
        assert problem.hint
        assert problem.row or problem.code == "rules-encoding"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2**70) | st.floats() | TEXT | st.sampled_from(list(FIELDS)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=5,
)


@st.composite
def odd_files(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a file with the right names and any values at all."""

    def odd(fields: Iterable[str]) -> dict[str, Any]:
        names = st.sampled_from([*fields, "names", "colum"])
        return draw(st.dictionaries(names, VALUES, max_size=3))

    data = odd(Rules.model_fields) if draw(st.integers(0, 3)) == 0 else {}
    for section, model in SECTIONS.items():
        if draw(st.booleans()):
            data[section] = odd(model.model_fields)
    if draw(st.booleans()):
        kinds = draw(st.lists(st.sampled_from(list(KINDS)), max_size=2))
        data["rule"] = [
            {"kind": kind, **odd(sorted(set(KINDS[kind].model_fields) - {"kind"}))} for kind in kinds
        ]
    return data


@given(odd_files())
@settings(max_examples=250)
def test_any_value_anywhere_is_read_or_refused(data: dict[str, Any]) -> None:
    for problem in problems_of(tomlkit.dumps(without_none(data)).encode()):
        assert problem.row
        assert problem.hint
        assert problem.text("nl") != problem.text("en")


def without_none(value: Any) -> Any:
    """TOML has no null."""
    if isinstance(value, dict):
        return {key: without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_none(item) for item in value if item is not None]
    return value
