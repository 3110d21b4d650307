"""Everything Hecht says, written once in English and spoken in Dutch or English.

A `Message` keeps its template and its values apart until someone reads it, so
one finding can be shown in both languages, saved, and compared in tests.
Catalogues are gettext files, `locale/<language>/*.po`, all of which count as one: a sentence
stands in the file of its subject, wherever in the code it is said.
"""

from __future__ import annotations

import gettext
import io
import re
import tomllib
from collections.abc import Mapping, Sequence
from decimal import localcontext
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal, Self

from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from pydantic import BaseModel, ConfigDict, Field, model_validator

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
LOCALE_FOLDER = Path(__file__).parents[1] / "locale"

_FARTHEST = 2**62
_DIGITS = 400  # the largest number that a computer calculates with has 309
_GAP = re.compile(r"\{\{|\}\}|\{(\w+)\}")

Number = Annotated[int, Field(ge=-_FARTHEST, le=_FARTHEST)]


class Message(BaseModel):
    """A text with named gaps, not yet in any language.

    Attributes
    ----------
    template : str
        English text with ``{gaps}``; the key in the catalogues.
    plural : str or None
        English text for a number other than one, where the text counts.
    number : int or None
        What is counted; also available as ``{n}``.
    values : dict
        What fills the gaps: texts, numbers, other messages, or tuples of these
        (shown as a list: "Noor, Sem and Ali").
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    template: str
    plural: str | None = None
    number: int | None = Field(default=None, ge=-_FARTHEST, le=_FARTHEST)
    values: dict[str, str | Number | float | Message | tuple[str | Message, ...]] = {}

    @model_validator(mode="after")
    def _can_be_filled(self) -> Self:
        """See that every gap is a plain one, and filled: a message can come from a file."""
        filled = self.values.keys() if self.number is None else {*self.values, "n"}
        for template in (self.template, self.plural):
            if template is not None and not _gaps(template) <= filled:
                raise ValueError("gaps")
        return self

    def text(self, language: Language) -> str:
        """Return the message in ``language``."""
        catalogue = _catalogue(language)
        said = _in_todays_words(self.template)
        if self.plural is not None and self.number is not None:
            template = catalogue.ngettext(said, _in_todays_words(self.plural), self.number)
        else:
            template = catalogue.gettext(said)
        gaps = {name: _shown(value, language) for name, value in self.values.items()}
        if self.number is not None:
            gaps["n"] = str(self.number)
        return _filled(template, gaps)

    def __hash__(self) -> int:
        return hash((self.template, self.number))


def message(template: str, /, **values: str | int | float | Message | Sequence[str | Message]) -> Message:
    """Make a message that stays open until somebody reads it.

    Parameters
    ----------
    template : str
        English text with ``{gaps}``; translators see it, so it is a literal.
    **values : str or int or float or Message or sequence of str or Message
        What fills the gaps; a sequence becomes a list as people write one.

    Returns
    -------
    Message
    """
    return Message(template=template, values=_kept(values))


def plural_message(
    singular: str,
    plural: str,
    number: int,
    /,
    **values: str | int | float | Message | Sequence[str | Message],
) -> Message:
    """Make a message that counts.

    Parameters
    ----------
    singular : str
        English text for one; a literal.
    plural : str
        English text for any other number, with ``{n}`` for it; a literal.
    number : int
        What is counted.
    **values : str or int or float or Message or sequence of str or Message
        What fills the other gaps.

    Returns
    -------
    Message
    """
    return Message(template=singular, plural=plural, number=number, values=_kept(values))


def _kept(
    values: dict[str, str | int | float | Message | Sequence[str | Message]],
) -> dict[str, str | int | float | Message | tuple[str | Message, ...]]:
    return {
        name: value if isinstance(value, str | int | float | Message) else tuple(value)
        for name, value in values.items()
    }


def _filled(template: str, gaps: Mapping[str, str]) -> str:
    """Fill the gaps, and do nothing else: the message of a saved course may be anybody's."""

    def fill(gap: re.Match[str]) -> str:
        return gaps.get(gap[1], gap[0]) if gap[1] else gap[0][0]

    return _GAP.sub(fill, template)


def number_text(value: float, language: Language, digits: int = 2) -> str:
    """Return a number as it is written in a language, however large: a file may have any.

    Parameters
    ----------
    value : float
    language : {"en", "nl"}
    digits : int, default 2
        Behind the decimal sign, at the most.

    Returns
    -------
    str
    """
    with localcontext(prec=_DIGITS):
        return str(format_decimal(round(value, digits), locale=language, group_separator=False))


def _shown(value: object, language: Language) -> str:
    if isinstance(value, Message):
        return value.text(language)
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, float):
        return number_text(value, language)
    if isinstance(value, tuple):
        return format_list([_shown(item, language) for item in value], locale=language)
    return str(value)


@lru_cache(maxsize=4096)
def _gaps(template: str) -> frozenset[str]:
    """Return the gaps of a template, which say nothing of how they are filled."""
    gaps = set()
    for _, gap, shape, conversion in Formatter().parse(template):
        if gap is not None:
            if shape or conversion or not gap.isidentifier():
                raise ValueError("gaps")
            gaps.add(gap)
    return frozenset(gaps)


@cache
def _earlier() -> Mapping[str, str]:
    return tomllib.loads((LOCALE_FOLDER / "earlier.toml").read_text("utf-8"))


def _in_todays_words(template: str) -> str:
    """Return what a text of a saved course says now: it may be in words that no catalogue has any more."""
    return _earlier().get(template, template)


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    """Read every catalogue of a language as one; English is the source and has none."""
    paths = sorted((LOCALE_FOLDER / language).glob("*.po"))
    if not paths:
        return gettext.NullTranslations()
    merged, compiled = Catalog(locale=language), io.BytesIO()
    for path in paths:
        with path.open("rb") as file:
            for entry in read_po(file, locale=language):
                merged[entry.id] = entry
    write_mo(compiled, _with_plurals(merged))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _with_plurals(catalogue: Catalog) -> Catalog:
    """Let the text of a saved course that did not count yet be found by what is its plural now."""
    for entry in list(catalogue):
        if isinstance(entry.string, tuple) and entry.id[1] not in catalogue:
            catalogue.add(entry.id[1], entry.string[1])
    return catalogue
