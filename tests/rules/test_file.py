"""The rules file: what it holds, and how it is refused."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.problems import InputError, Level, Problem
from planner.rules import KINDS, Rules, read_rules, write_rules
from planner.rules.file import SECTIONS, TEXTS
from tests.classes import KIND_NAMES, make_rules

DATA = Path(__file__).parents[2] / "data"
WAY_OUT = {
    "nl": "Verbeter het in het regelbestand; in README.md staat van elke regel een voorbeeld.",
    "en": "Correct it in the rules file; README.md has an example of each rule.",
}


def refused(toml: str) -> list[tuple[str, int | None, str, str]]:
    """Return code, row, message and way out (in English) of everything that is refused."""
    with pytest.raises(InputError) as caught:
        read_rules(toml.encode(), "regels.toml")
    for problem in caught.value.problems:
        assert problem.level is Level.ERROR
        assert problem.file == "regels.toml"
        assert problem.text("nl") != problem.text("en")
    return [
        (p.code, p.row, p.message.text("en"), p.way_out.text("en") if p.way_out else "")
        for p in caught.value.problems
    ]


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
IDS = st.lists(TEXT, min_size=2, max_size=3, unique=True)
FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "balance": {"column": TEXT, "within": st.floats(0.001, 1e6)},
    "mix": {"column": TEXT},
    "similar": {"column": TEXT},
    "never-alone": {"column": TEXT, "values": st.none() | st.lists(TEXT, max_size=2)},
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
                "names": st.none() | TEXT.map(lambda text: text.replace("{n}", "") + "{n}"),
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
        assert problem.way_out
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
@settings(max_examples=500)
def test_any_value_anywhere_is_read_or_refused(data: dict[str, Any]) -> None:
    for problem in problems_of(tomlkit.dumps(without_none(data)).encode()):
        assert problem.row
        assert problem.way_out
        assert problem.text("nl") != problem.text("en")


def without_none(value: Any) -> Any:
    """TOML has no null."""
    if isinstance(value, dict):
        return {key: without_none(item) for key, item in value.items() if item is not None}
    if isinstance(value, list):
        return [without_none(item) for item in value if item is not None]
    return value


# How it is refused


@pytest.mark.parametrize(
    ("toml", "row", "message", "way_out"),
    [
        (
            'langauge = "nl"',
            1,
            "“langauge” is not a part of the rules file.",
            "Did you mean “language”?",
        ),
        ("[group]\nsize = [3, 5]", 1, "“group” is not a part of the rules file.", "Did you mean “groups”?"),
        ("\n[groups]\nsise = [3, 5]", 3, "“sise” is not a part of [groups].", "Did you mean “size”?"),
        ("groups.sise = [3, 5]", 1, "“sise” is not a part of [groups].", "Did you mean “size”?"),
        ("groups = { sise = 3 }", 1, "“sise” is not a part of [groups].", "Did you mean “size”?"),
        (
            '[groups]\nnames = "Groep {n}"\n[term]\n"names" = "x"',
            4,
            "“names” is not a part of [term].",
            "Possible: weeks, refresh_after, keep_familiar, and max_moved.",
        ),
        (
            "[roles]\nopt-out = 'Rol'",
            2,
            "“opt-out” is not a part of [roles].",
            "Did you mean “opt_out”?",
        ),
        (
            '[[rule]]\nkind = "mix"\ncolumn = "X"\n\n[[rule]]\nkind = "balance"\ncolunm = "X"',
            7,
            "“colunm” is not a part of a rule of kind “balance”.",
            "Did you mean “column”?",
        ),
        (
            '[[rule]]\nkind = "apart"\nstudents = ["1", "2"]\nreason = "ruzie"',
            4,
            "“reason” is not a part of a rule of kind “apart”.",
            "Possible: kind, importance, and students.",
        ),
    ],
)
def test_an_unknown_key_is_refused_with_row_and_nearest(
    toml: str, row: int, message: str, way_out: str
) -> None:
    assert refused(toml) == [("unknown-key", row, message, way_out)]


@pytest.mark.parametrize(
    ("toml", "row", "message", "way_out"),
    [
        (
            '[[rule]]\nkind = "mix"\ncolumn = "X"\n[[rule]]\nkind = "balans"',
            4,
            "There is no rule of kind “balans”.",
            "Did you mean “balance”?",
        ),
        (
            '[[rule]]\nkind = "zzz"',
            1,
            "There is no rule of kind “zzz”.",
            "Possible: balance, mix, similar, never-alone, overlap, limit, apart, together, and wish.",
        ),
        (
            '\n[[rule]]\ncolumn = "X"',
            2,
            "This rule does not say what kind it is.",
            "Possible: balance, mix, similar, never-alone, overlap, limit, apart, together, and wish.",
        ),
    ],
)
def test_an_unknown_kind_is_refused_with_row_and_nearest(
    toml: str, row: int, message: str, way_out: str
) -> None:
    assert refused(toml) == [("unknown-kind", row, message, way_out)]


def test_everything_unknown_is_told_at_once() -> None:
    found = refused(
        'taal = "nl"\n[groups]\nsise = 3\n[[rule]]\nkind = "balans"\n[[rule]]\nkind = "mix"\nx = 1'
    )
    assert [(code, row) for code, row, _, _ in found] == [
        ("unknown-key", 1),
        ("unknown-key", 3),
        ("unknown-kind", 4),
        ("unknown-key", 8),
    ]


BALANCE = '[[rule]]\nkind = "balance"\ncolumn = "X"\n'
LIMIT = '[[rule]]\nkind = "limit"\ncolumn = "X"\nvalue = "y"\n'
SIZE = "The size is two whole numbers, the smaller one first, such as [3, 5]."


@pytest.mark.parametrize(
    ("toml", "row", "message"),
    [
        ('language = "fr"', 1, "“language” is one of these: nl and en; it cannot be fr."),
        ("[groups]\nsize = 3", 2, SIZE),
        ("[groups]\nsize = [3]", 2, SIZE),
        ("[groups]\nsize = [3, 4, 5]", 2, SIZE),
        ("[groups]\nsize = [5, 3]", 2, SIZE),
        ("[groups]\nsize = [0, 3]", 2, SIZE),
        ('[groups]\nsize = ["3", "x"]', 2, SIZE),
        ("[groups]\nsize = [3.5, 4]", 2, SIZE),
        ("[groups]\n\nprefer = 0", 3, "“prefer” is 1 or more; it cannot be 0."),
        ("[groups]\nprefer = 4.5", 2, "“prefer” is a whole number; it cannot be 4.5."),
        ('[groups]\ncount = "veel"', 2, "“count” is a whole number; it cannot be veel."),
        ("[groups]\ncount = [1]", 2, "“count” is a whole number."),
        ("[groups]\nprefer = 9", 1, "`prefer` is outside the allowed size."),
        ('[groups]\nnames = "Groep"', 2, "The names of groups hold {n} once, where the number goes."),
        ('[groups]\nnames = "{n}{n}"', 2, "The names of groups hold {n} once, where the number goes."),
        ('[groups]\nnames = "{n}"\n[roles]\nnames = ["A", " a "]', 4, "A role is named twice."),
        ('[roles]\nnames = ["A", " "]', 2, "There are at most eight roles, and none without a name."),
        (
            f"[roles]\nnames = {[str(n) for n in range(9)]}",
            2,
            "There are at most eight roles, and none without a name.",
        ),
        ("[roles]\nrotate_every = 0", 2, "“rotate_every” is 1 or more; it cannot be 0."),
        ("[term]\nweeks = 61", 2, "“weeks” is 60 or less; it cannot be 61."),
        ("[term]\nrefresh_after = 5", 2, "“refresh_after” is a list between [ and ]; it cannot be 5."),
        ("[term]\nmax_moved = 1.5", 2, "“max_moved” is 1 or less; it cannot be 1.5."),
        ('[term]\nmax_moved = "x"', 2, "“max_moved” is a number; it cannot be x."),
        ('[[rule]]\nkind = "mix"', 1, "“column” is missing here."),
        ('[[rule]]\nkind = "mix"\ncolumn = ""', 3, "“column” is a text that is not empty."),
        (
            '[[rule]]\nkind = "mix"\ncolumn = 3',
            3,
            "“column” is a text between quotation marks; it cannot be 3.",
        ),
        (
            f'{BALANCE}importance = "heel"',
            4,
            "“importance” is one of these: must, important, and nice; it cannot be heel.",
        ),
        (f"{BALANCE}within = 0", 4, "“within” is more than 0; it cannot be 0."),
        (f"{BALANCE}within = inf", 4, "“within” is a number; it cannot be inf."),
        (
            f'[term]\nweeks = 3\n{BALANCE}importance = "must"',
            3,
            "A balance that is a must needs `within`: how far a group mean may be from the class mean.",
        ),
        (LIMIT, 1, "A limit needs `at_least`, `at_most` or both."),
        (f"{LIMIT}at_least = 3\nat_most = 2", 1, "`at_least` is more than `at_most`."),
        (f"{LIMIT}at_least = -1", 5, "“at_least” is 0 or more; it cannot be -1."),
        ('[[rule]]\nkind = "apart"\nstudents = ["1", "1"]', 3, "A student is named twice."),
        ('[[rule]]\nkind = "together"\nstudents = ["1", "1"]', 3, "A student is named twice."),
        ('[[rule]]\nkind = "apart"\nstudents = ["1"]', 3, "“students” is a list of at least 2."),
        ('[[rule]]\nkind = "wish"\ncolumns = []', 3, "“columns” is a list of at least one."),
        (
            '[[rule]]\nkind = "overlap"\ncolumns = "Vrij"',
            3,
            "“columns” is a list between [ and ]; it cannot be Vrij.",
        ),
    ],
)
def test_a_value_that_does_not_fit_is_refused(toml: str, row: int, message: str) -> None:
    ((code, found_row, text, way_out),) = refused(toml)
    assert code.startswith("rules-")
    assert (found_row, text, way_out) == (row, message, WAY_OUT["en"])


def test_every_text_of_a_refusal_occurs_above() -> None:
    told = {
        message
        for mark in test_a_value_that_does_not_fit_is_refused.pytestmark  # type: ignore[attr-defined]
        for _, _, message in mark.args[1]
    }
    assert {text.text("en") for text in TEXTS.values()} <= told


def test_the_same_refusal_in_dutch() -> None:
    with pytest.raises(InputError) as caught:
        read_rules(f"{LIMIT}at_least = 3\nat_most = 2".encode(), "regels.toml")
    assert [problem.text("nl") for problem in caught.value.problems] == [
        f"regels.toml, rij 1: `at_least` is meer dan `at_most`. {WAY_OUT['nl']}"
    ]
    with pytest.raises(InputError) as caught:
        read_rules(b"[term]\nweeks = 61", "regels.toml")
    assert caught.value.problems[0].text("nl") == (
        f"regels.toml, rij 2, kolom weeks: “weeks” is 60 of minder; 61 kan niet. {WAY_OUT['nl']}"
    )


@pytest.mark.parametrize(
    ("toml", "row", "message"),
    [
        ("language = 'nl'\ngroups = 3", 2, "“groups” is a part of its own."),
        ("[[groups]]\nsize = [3, 5]", 1, "“groups” is a part of its own."),
        ("roles = []", 1, "“roles” is a part of its own."),
        ('\n[rule]\nkind = "mix"\ncolumn = "X"', 2, "A rule is a part of its own."),
        ("rule = [1]", 1, "A rule is a part of its own."),
        ('rule = "mix"', 1, "A rule is a part of its own."),
    ],
)
def test_a_part_in_the_wrong_shape_is_refused(toml: str, row: int, message: str) -> None:
    ((code, found_row, text, way_out),) = refused(toml)
    assert (code, found_row, text) == ("rules-shape", row, message)
    assert way_out.startswith("Write [")


@pytest.mark.parametrize(
    ("toml", "code", "row"),
    [
        ("language = nl", "rules-syntax", 1),
        ("language = 'nl'\nx", "rules-syntax", 2),
        ("language = 'nl'\na = [", "rules-syntax", 2),
        ("[groups]\nsize = [3, 5]\nsize = [3, 5]", "rules-twice", 3),
        ('[rule]\nkind = "mix"\n\n[rule]\nkind = "mix"', "rules-twice", 4),
    ],
)
def test_what_is_no_toml_is_refused_with_its_row(toml: str, code: str, row: int) -> None:
    assert [(found, place) for found, place, _, _ in refused(toml)] == [(code, row)]


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        read_rules(b"\xff\xfe\x00", "regels.toml")
    assert [problem.text("nl") for problem in caught.value.problems] == [
        "regels.toml: Dit regelbestand is geen gewone tekst. Sla het op als UTF-8-tekst."
    ]
