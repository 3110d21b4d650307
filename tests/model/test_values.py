"""Cells as values: numbers, several answers in one cell, texts to compare."""

import math

import pytest
from babel.numbers import format_decimal
from hypothesis import example, given
from hypothesis import strategies as st

from planner.model.values import choices, cut_short, normalize_text, number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7,5", 7.5),
        ("7.5", 7.5),
        (" 7 ", 7.0),
        ("-0,5", -0.5),
        ("\u22123", -3.0),
        ("+2", 2.0),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("-1.234,5", -1234.5),
        ("1.234", 1.234),
        ("1,234", 1.234),
        ("1.234.567", 1234567.0),
        ("1,234,567.25", 1234567.25),
        ("1 234,5", 1234.5),
        ("12\u00a0345", 12345.0),
        ("85%", 85.0),
        ("8,5 %", 8.5),
        (",5", 0.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1,5e2", 150.0),
    ],
)
def test_numbers_in_dutch_and_english_notation(text: str, value: float) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    ["", " ", "-", "n.v.t.", "zeven", "7 of 8", "nan", "inf", "1_000", "12-3", "1.2.3", "1,2,3.5", "1e999",
     "12 34", "7/10", "٣"],
)  # fmt: skip
def test_what_is_no_number_is_none(text: str) -> None:
    assert number(text) is None


@given(st.decimals(min_value=-(10**8), max_value=10**8, places=4), st.sampled_from(["nl", "en"]))
def test_what_babel_writes_is_read_back_where_it_has_decimals(value: object, language: str) -> None:
    shown = format_decimal(value, locale=language, format="#,##0.0000")
    assert number(shown) == float(str(value))


@given(st.text())
@example("1.,")
@example("e5")
def test_any_text_gives_a_finite_number_or_none(text: str) -> None:
    value = number(text)
    assert value is None or math.isfinite(value)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("maandag;dinsdag;", ("maandag", "dinsdag")),
        ("maandag, dinsdag", ("maandag", "dinsdag")),
        ("ma|di|ma", ("ma", "di")),
        ("ma\ndi\r\nwo", ("ma", "di", "wo")),
        ("maandag ochtend", ("maandag ochtend",)),
        (" ;, ", ()),
        ("", ()),
    ],
)
def test_several_answers_in_one_cell(text: str, parts: tuple[str, ...]) -> None:
    assert choices(text) == parts


@given(st.lists(st.text(alphabet="abc de", min_size=1).map(str.strip).filter(bool), unique=True))
def test_answers_come_back_in_their_order(parts: list[str]) -> None:
    assert choices("; ".join(parts)) == tuple(parts)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("José", "jose"),
        ("  Van  DER\tBerg ", "van der berg"),
        ("Strauß", "strauss"),
        ("Łukasz Sørensen", "lukasz sorensen"),
        ("İpek", "ipek"),
        ("Zoë\u00a0Ïsland", "zoe island"),
        ("cafe\u0301", "cafe"),
    ],
)
def test_texts_that_look_alike_compare_alike(text: str, folded: str) -> None:
    assert normalize_text(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert normalize_text(normalize_text(text)) == normalize_text(text)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("twaalf tekens", "twaalf tekens"),
        ("Ik wil leren presenteren voor een groep", "Ik wil leren …"),
        ("Aa" * 20, "AaAaAaAaAaAaAaAaAa …"),
        ("een, twee, drie, vier, vijf", "een, twee, drie …"),
    ],
)
def test_a_long_text_is_cut_between_words_and_says_so(text: str, cut: str) -> None:
    """Examples of answers ended in the middle of a word, as if somebody had written so."""
    assert cut_short(text, 20) == cut
    assert len(cut) <= 20
