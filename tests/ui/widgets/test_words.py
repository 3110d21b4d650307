"""Texts on the page: everything has a name, and nothing that people wrote acts as Markdown."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.planning.efforts import EFFORTS
from planner.rules import KINDS
from planner.ui.session.language import _BORDER, plain
from planner.ui.widgets import words
from planner.ui.widgets.fields import NOT_SHOWN
from tests.builders.places import ROOT

PLANNER = ROOT / "planner"
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def rendered(text: str) -> str:
    """Return what somebody reads where Markdown is shown; nothing where it is more than a plain line."""
    tokens = MARKDOWN.parse(text.replace(_BORDER, ""))
    if [token.type for token in tokens] != ["paragraph_open", "inline", "paragraph_close"]:
        return ""
    return "".join(
        child.content if child.type in ("text", "text_special") else f"<{child.type}>"
        for child in tokens[1].children or ()
    )


@given(st.text(alphabet=r"ab1 *_`[](){}<>#~|\:-+.$!^=", min_size=1, max_size=20))
def test_what_people_wrote_is_shown_letter_by_letter(text: str) -> None:
    if " ".join(text.split()):
        assert rendered(plain(text)) == " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("Cijfer_1 * 2", r"Cijfer\_1 \* 2"),
        ("1. Klassenlijst", r"1\. Klassenlijst"),
        ("- los", r"\- los"),
        ("-", r"\-"),
        ("---", r"\---"),
        ("2)", r"2\)"),
        ("-5", "-5"),
        ("[klik](http://x)", r"\[klik\](http:small[]://x)"),
        (":red[let op]", r"\:red\[let op\]"),
        ("$x$ <b>", r"\$x\$ \<b\>"),
        ("R&amp;D", r"R\&amp;D"),
    ],
)
def test_signs_of_markdown_lose_their_meaning(text: str, escaped: str) -> None:
    assert plain(text) == escaped


# What a page makes of the text that is left once Markdown is read: links, icons, emoji and arrows.
# It looks at each stretch of text by itself, so that a border within one keeps it what it was.
TURNED = (
    r"(?i)(https?://|www(?=\.))[-.\w]+",
    r"[-.\w+]+@[-\w]+(?:\.[-\w]+)+",
    r":material[_/]\w+:|:streamlit:|:[-+\w]+:",
    r"(?:^|\s)(?:<->|->|<-|--|>=|<=|~=)(?:\s|$)",
)


def turned(text: str) -> list[str]:
    """Return what a page makes something else of."""
    stretches = [re.sub(r"\\(?=[!-/:-@\[-`{-~])", "", one) for one in text.split(_BORDER)]
    return [found.group() for one in stretches for sign in TURNED for found in re.finditer(sign, one)]


@pytest.mark.parametrize(
    "text",
    [
        "www.evil.example", "WWW.evil.example", "https://x.y", "HTTP://x.y/a?b=c", "mailto:a@b.nl",
        "xmpp:a@b.nl", "a@b.nl", "Noor <noor.de-vries+1@school.nl>.", "[x](https://x.y)", "<https://x.y>",
        ":material/check:", ":material_check:", ":streamlit:", ":smile:", ":+1:", "a:x::y:", "::smile:",
        "A -> B", "A <-> B", "->", "-- a --", "~= x", "a >= b <= c <- d",
    ],
)  # fmt: skip
def test_addresses_and_signs_in_names_stay_what_they_are(text: str) -> None:
    """Names and answers were shown as links, icons and emoji, though their Markdown was escaped."""
    assert turned(text)
    assert not turned(plain(text))
    assert rendered(plain(text)) == text


@given(st.text(alphabet="wW.:/@a1-+_<>~=[]\\ ", min_size=1, max_size=16))
def test_no_text_is_turned_into_something_else(text: str) -> None:
    if " ".join(text.split()):
        assert not turned(plain(text))
        assert rendered(plain(text)) == " ".join(text.split())


def test_everything_has_a_name_on_the_page() -> None:
    assert set(words.MEANINGS) == set(ColumnKind)
    assert set(words.LEVELS) == set(Level)
    assert set(words.IMPORTANCES) == set(Importance)
    assert set(words.EFFORTS) == set(EFFORTS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_rule_has_a_label(kind: str) -> None:
    for field in KINDS[kind].model_fields:
        if field not in NOT_SHOWN:
            assert words.field_label(kind, field).text("nl") != field


def test_every_level_has_a_sign_and_a_word_of_its_own() -> None:
    signs = list(words.LEVELS.values())
    assert len({sign.icon for sign in signs}) == len(signs)
    assert len({sign.word.text("nl") for sign in signs}) == len(signs)


@pytest.mark.parametrize("path", sorted(PLANNER.rglob("*.py")), ids=lambda path: path.stem)
def test_no_text_hides_in_an_f_string_where_translators_do_not_see_it(path: Path) -> None:
    hidden = [
        call.lineno
        for string in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("message", "plural_message")
    ]
    assert not hidden
