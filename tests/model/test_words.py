"""One thing has one name in each language: words that were replaced do not come back."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from planner.model.text import LOCALE_FOLDER, Language
from tests.builders.texts import dutch, used
from tests.builders.words import DUTCH, ENGLISH

ROOT = LOCALE_FOLDER.parents[1]
NO_LONGER: Mapping[Language, Mapping[str, str]] = {"en": ENGLISH, "nl": DUTCH}
GUIDES: Mapping[Language, tuple[str, ...]] = {
    "en": ("README.md", "CHANGELOG.md", "docs/*.md", "docs/coordinators/*.md", "docs/scripts/*.md"),
    "nl": ("docs/nl/*.md",),
}
# The same word for another thing: part of a text, and why it may stay.
ALLOWED: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "Wait a moment": "a short while",
        "wait a moment": "a short while",
        "at this moment": "now",
        "beschikbaarheid, moment": "the Dutch beside it, in the glossary",
        "gedeeld moment": "the Dutch beside it, in the glossary",
    },
    "nl": {
        "Open in Ans je cursus": "the name of it in Ans",
        "naam van de cursus": "what Moodle calls it",
        "naam van een cursus in Moodle": "what Moodle calls it",
        "instellingen van de cursus": "what Moodle calls it",
        "ten koste van": "not in points",
        "geeft iedereen een beurt": "to speak",
        "een regel die fijn is als het kan": "the name of the weight, in a sentence",
    },
}
GAP = re.compile(r"\{\w+\}")
FOR_DEVELOPERS = "## What the code is built of"  # the rest of the glossary
CODE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)", re.DOTALL)


@cache
def read(language: Language) -> dict[str, str]:
    """Return all that anybody reads in a language, by where it stands."""
    return {**dict(said(language)), **dict(carded(language)), **dict(guided(language))}


def said(language: Language) -> Iterator[tuple[str, str]]:
    if language == "en":
        yield from ((template, template) for text in used() for template in text.texts)
        yield from helped()
    else:
        yield from ((text, text) for texts in dutch().values() for text in texts)


def helped() -> Iterator[tuple[str, str]]:
    """Yield what `--help` says of each command and option."""
    for path in sorted((ROOT / "planner" / "cli").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "help" and isinstance(node.value, ast.Constant):
                yield f"{path.name}:{node.value.lineno}", str(node.value.value)


def carded(language: Language) -> Iterator[tuple[str, str]]:
    path = ROOT / "planner" / "handouts" / "content" / f"{language}.toml"
    for row, text in enumerate(path.read_text("utf-8").splitlines(), 1):
        if not text.startswith("#"):
            yield f"{path.name}:{row}", text.partition(" = ")[2] or text


def guided(language: Language) -> Iterator[tuple[str, str]]:
    for pattern in GUIDES[language]:
        for path in sorted(ROOT.glob(pattern)):
            whole = path.read_text("utf-8").split(FOR_DEVELOPERS)[0]
            for part, text in enumerate(re.split(r"\n\s*\n", CODE.sub("`", whole)), 1):
                yield f"{path.relative_to(ROOT)}, part {part}", " ".join(text.split())


def without_allowed(text: str, language: Language) -> str:
    for part in ALLOWED[language]:
        text = text.replace(part, "")
    return GAP.sub("", text)


@pytest.mark.parametrize("language", ["en", "nl"])
def test_words_that_were_replaced_do_not_come_back(language: Language) -> None:
    texts = {place: without_allowed(text, language) for place, text in read(language).items()}
    assert len(texts) > 1000
    found = [
        f"{place}: “{word[0]}” is now “{instead}”"
        for pattern, instead in NO_LONGER[language].items()
        for place, text in texts.items()
        for word in re.compile(rf"\b(?:{pattern})", re.IGNORECASE).finditer(text)
    ]
    assert not found, "\n".join(sorted(found))


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_exception_is_still_needed(language: Language) -> None:
    texts = list(read(language).values())
    unused = [part for part in ALLOWED[language] if not any(part in text for text in texts)]
    assert not unused


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Every must rule holds."),
        ("en", "No newcomer is the only one"),
        ("en", "With so many groups no plan can cost less than {bound}."),
        ("nl", "De kosten worden {more} hoger."),
        ("nl", "Een nieuwkomer is de enige nieuwe."),
        ("nl", "Begin een nieuwe cursus"),
        ("nl", "Telkens wisselen er zo min mogelijk studenten van groep."),
    ],
)
def test_the_list_of_words_finds_them(language: Language, text: str) -> None:
    assert any(re.search(rf"\b(?:{word})", text, re.IGNORECASE) for word in NO_LONGER[language])
