"""The texts that travel with the groups: whole in both languages, and no label on anyone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.handouts.content import (
    FOLDER,
    Content,
    content,
    own_file,
    read_content,
)
from planner.handouts.mail import FIELDS
from planner.handouts.typeset import TEMPLATES
from planner.model.problems import InputError
from planner.model.role_catalogue import CATALOGUE
from planner.model.text import LANGUAGES, Language
from tests.builders.labels import LABELS

LABEL = re.compile(rf"\b({'|'.join(LABELS)})\b", re.IGNORECASE)
# What a text that is for everybody does not take for granted; see docs/style-guide.md.
ASSUMED = re.compile(
    r"\b(ouders|vader|moeder|thuisland|vakantie|kerst|jongens|meisjes|hij|zij/hij|moedertaal|normaal\w*|gewone"
    r"|parents|father|mother|home country|holidays?|christmas|boys|girls|he|she|native|normal\w*|disabled)\b",
    re.IGNORECASE,
)


def strings(value: Any) -> Iterator[str]:
    """Return every text in a file with texts."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from strings(part)


def shape(value: Any) -> Any:
    """Return how a file with texts is built, without its texts."""
    if isinstance(value, dict):
        return {key: shape(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [shape(part) for part in value]
    return type(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_text_of_its_own_for_fifteen_weeks_and_more(language: Language) -> None:
    texts = content(language)
    asked = [texts.check_in_of(week).ask for week in range(1, 16)]
    assert len(set(asked)) == 15
    assert len({texts.sentence_of(week) for week in range(1, 16)}) == 15
    assert len({words for week in range(1, 9) for words in texts.words_of(week, 2)}) == 16
    assert texts.check_in_of(len(texts.check_in) + 1).ask == asked[0]
    assert len(texts.card.agreement) == 3


def test_both_languages_say_as_much() -> None:
    dutch, english = (content(language).model_dump() for language in LANGUAGES)
    del dutch["roles"], english["roles"]  # these are called by their names
    assert shape(dutch) == shape(english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_of_the_catalogue_has_a_first_sentence(language: Language) -> None:
    said = [content(language).starts(role.name.text("nl")) for role in CATALOGUE]
    assert all(said)
    assert said == [content(language).starts(role.name.text("en")) for role in CATALOGUE]
    assert content(language).starts("Materiaalbaas") == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_puts_a_label_on_people_or_takes_their_lives_for_granted(language: Language) -> None:
    texts = list(strings(content(language).model_dump()))
    assert len(texts) > 150
    assert not [text for text in texts if LABEL.search(text)]
    # "hij" is a word for a question and a text too; it never stands for a person here.
    loose = ["ook als hij klein is", "waarom is hij begrijpelijk"]
    assert not [text for text in texts if ASSUMED.search(text) and not any(part in text for part in loose)]


@pytest.mark.parametrize("text", ["een zwakke groep", "low performers", "allochtone studenten"])
def test_the_list_of_labels_finds_them(text: str) -> None:
    assert LABEL.search(text)


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_templates_hold_no_words_of_their_own(path: Path) -> None:
    """Words come from the texts and the catalogues, where both languages are looked after."""
    written = path.read_text("utf-8")
    bare = re.sub(r"<style>.*?</style>|<[^>]*>|\{%.*?%\}|\{\{.*?\}\}", " ", written, flags=re.DOTALL)
    assert not re.findall(r"[^\W\d_]{2,}", bare)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mail_asks_for_fields_that_the_table_has(language: Language) -> None:
    mail = content(language).mail
    asked = set(re.findall(r"«([^«»]*)»", mail.subject + mail.body))
    assert asked <= set(FIELDS[language])
    assert len(asked) == 5
    later = content(language).mail_later
    assert later is not None
    asked = set(re.findall(r"«([^«»]*)»", later.subject + later.body))
    assert asked <= set(FIELDS[language])
    assert {FIELDS[language][-1], "week"} <= asked


def test_texts_in_the_folder_of_a_plan_win(tmp_path: Path) -> None:
    written = (FOLDER / "nl.toml").read_text("utf-8").replace("Een fout is informatie.", "Proberen mag.")
    (tmp_path / own_file("nl")).write_text(written, "utf-8")
    assert content("nl", tmp_path).card.agreement[0].title == "Proberen mag."
    assert content("en", tmp_path) == content("en")


def refused(written: bytes) -> list[str]:
    with pytest.raises(InputError) as error:
        read_content(written, "texts-nl.toml")
    return [problem.text("en") for problem in error.value.problems]


def test_texts_that_cannot_be_used_are_told_of() -> None:
    whole = (FOLDER / "nl.toml").read_text("utf-8")
    row = next(n for n, line in enumerate(whole.splitlines(), 1) if line.startswith("welcome"))
    assert refused(whole.replace('welcome = "', "welcome = ", 1).encode()) == [
        f"texts-nl.toml, row {row}: These texts cannot be read. Put texts between quotation marks and "
        "lists between [ and ]; save the file as UTF-8."
    ]
    assert refused(b"\xff\xfe\x00")[0].startswith("texts-nl.toml: These texts cannot be read.")
    assert refused(b"x = " + b"[" * 3_000)[0].startswith("texts-nl.toml, row 1: These texts cannot be read.")
    for gap in ("jullie", "{0.__class__}", "{names:>99999999}", "{names!r}", "x" * 5_000):
        broken = whole.replace("{names}", gap)
        assert refused(broken.encode())[0].startswith(
            "texts-nl.toml: “card.welcome” is missing here, or is not as it should be."
        )
    assert "“check_in” is missing" in refused(whole.replace("check_in", "chek_in").encode())[0]


def test_the_texts_that_come_along_are_strict() -> None:
    with pytest.raises(ValueError, match="Extra inputs"):
        Content.model_validate({**content("nl").model_dump(), "more": "x"})
