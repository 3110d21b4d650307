"""The words on cards, sheets, pulse and mail: a data file for each language, for people to edit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

from pydantic import ConfigDict, Field, ValidationError, field_validator

from planner.files import safe_toml as toml
from planner.files.bounded import read_at_most
from planner.model import role_catalogue
from planner.model.base import Frozen
from planner.model.invisible import is_unreadable, seen_only
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Language, message
from planner.model.values import normalize_text

FOLDER = Path(__file__).parent / "content"
LONGEST_TERM = 15  # weeks for which there is a question of their own, at the least
_GAP = "names"
MOST_TOLD = 20  # problems of one file
LONGEST_TOLD = 60  # signs of a name in it


class Texts(Frozen):
    """A part of the file: texts that fit on a card, a sheet or in a mail."""

    model_config = ConfigDict(str_max_length=5_000)


class Agreement(Texts):
    """An agreement of a group that makes it safe to try."""

    title: str
    text: str


class CardTexts(Texts):
    """What stands on every card. `welcome` has ``{names}`` where the names go."""

    welcome: str
    first_steps: tuple[str, ...]
    help: tuple[str, ...]
    no_moment: str
    no_role: str
    own_role: str
    agreement: tuple[Agreement, ...] = Field(min_length=3)

    @field_validator("welcome")
    @classmethod
    def _for_names(cls, welcome: str) -> str:
        gaps = [gap[1:] for gap in Formatter().parse(welcome) if gap[1] is not None]
        if gaps != [(_GAP, "", None)]:
            raise ValueError("welcome")
        return welcome


class CheckIn(Texts):
    """A question to begin with, and answers to choose from in a poll."""

    ask: str
    options: tuple[str, ...] = Field(min_length=2)


class Words(Texts):
    """At which moment a teacher can say what, so that there is room to grow."""

    moment: str
    say: str


class SheetTexts(Texts):
    """What stands on the teacher's sheet."""

    spoken: str
    poll: str
    chat: str
    visit: str
    sentences: tuple[str, ...] = Field(min_length=LONGEST_TERM)
    words: tuple[Words, ...] = Field(min_length=LONGEST_TERM)


class PulseTexts(Texts):
    """The questions of the pulse: which group, which week, and three statements to agree with."""

    title: str
    intro: str
    group: str
    week: str
    scale: tuple[str, str, str, str, str]
    belonging: str
    safety: str
    role: str


class MailTexts(Texts):
    """A mail to everyone in the class; ``«field»`` is where a mail merge fills in."""

    subject: str
    body: str


class Content(Texts):
    """All texts of one language that coordinators may edit."""

    card: CardTexts
    roles: dict[str, str]
    check_in: tuple[CheckIn, ...] = Field(min_length=LONGEST_TERM)
    sheet: SheetTexts
    pulse: PulseTexts
    mail: MailTexts
    mail_later: MailTexts | None = None  # files of before have one text for both

    def mail_of(self, *, have_met: bool) -> MailTexts:
        """Return the mail of the first week, or the one for groups that have met before."""
        return self.mail_later if have_met and self.mail_later is not None else self.mail

    def check_in_of(self, week: int) -> CheckIn:
        """Return the question of a week; a long term begins anew."""
        return self.check_in[(week - 1) % len(self.check_in)]

    def sentence_of(self, week: int) -> str:
        """Return the sentence of a week for the teacher."""
        return self.sheet.sentences[(week - 1) % len(self.sheet.sentences)]

    def words_of(self, week: int, count: int) -> tuple[Words, ...]:
        """Return the words of a week that leave room: the next `count` of them.

        Parameters
        ----------
        week : int
            Of the term.
        count : int
            How many are wanted.

        Returns
        -------
        tuple of Words
        """
        words = self.sheet.words
        return tuple(words[((week - 1) * count + place) % len(words)] for place in range(count))

    def starts(self, role: str) -> str:
        """Return what somebody with a role can say to get going; empty for a role that is not here."""
        known = {normalize_text(name): text for name, text in self.roles.items()}
        found = role_catalogue.find(role)
        names = [role] if found is None else [role, found.name.text("nl"), found.name.text("en")]
        return next((known[normalize_text(name)] for name in names if normalize_text(name) in known), "")


def own_file(language: Language) -> str:
    """Return the name of a file with a coordinator's own texts, in the folder of a plan."""
    return f"texts-{language}.toml"


def content(language: Language, folder: Path | None = None) -> Content:
    """Return the texts of a language; those in the folder of a plan win.

    Parameters
    ----------
    language : Language
    folder : Path, optional
        Of the plan; None takes the texts that come along.

    Returns
    -------
    Content

    Raises
    ------
    InputError
        Where a coordinator's own file cannot be used.
    """
    if folder is not None and (folder / own_file(language)).exists():
        name = own_file(language)
        return read_content(read_at_most(folder / name, toml.LARGEST), name)
    return _shipped(language)


@cache
def _shipped(language: Language) -> Content:
    return read_content((FOLDER / f"{language}.toml").read_bytes(), f"{language}.toml")


def read_content(written: bytes, name: str) -> Content:
    """Read a file with texts.

    Parameters
    ----------
    written : bytes
        TOML.
    name : str
        Of the file.

    Returns
    -------
    Content

    Raises
    ------
    InputError
        With the file, and the row or the part of it that is not right.
    """
    try:
        data = toml.parse(written)
        unseen = [_unseen(part, name, written) for part, found in _texts(data, ()) if _is_unseen(found)]
        if unseen:
            raise InputError(unseen[:MOST_TOLD])
        return Content.model_validate(data)
    except toml.NotToml as error:
        raise InputError([_unreadable(name, error.row)]) from error
    except ValidationError as error:
        raise InputError([_misfit(detail, name) for detail in error.errors()[:MOST_TOLD]]) from error


def _texts(value: object, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield every text in a file, with the part that it is."""
    if isinstance(value, str):
        yield ".".join(path), value
    inside = (
        value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    )
    for step, item in inside:
        yield from _texts(item, (*path, str(step)))


def _is_unseen(text: str) -> bool:
    return is_unreadable(text) or seen_only(text) != text


def _unseen(part: str, name: str, written: bytes) -> Problem:
    lines = toml.decoded(written).split("\n")
    rows = (row for row, line in enumerate(lines, start=1) if seen_only(line) != line)
    return Problem(
        code="texts-unseen",
        level=Level.ERROR,
        message=message("“{part}” contains a character that cannot be seen or read.", part=part),
        hint=message("Type it again instead of pasting it."),
        file=name,
        row=next(rows, None),
    )


def _unreadable(name: str, row: int | None) -> Problem:
    return Problem(
        code="texts-syntax",
        level=Level.ERROR,
        message=message("These texts cannot be read."),
        hint=message("Put texts between quotation marks and lists between [ and ]; save the file as UTF-8."),
        file=name,
        row=row,
    )


def _misfit(detail: Any, name: str) -> Problem:
    part = ".".join(str(step)[:LONGEST_TOLD] for step in detail["loc"])
    return Problem(
        code="texts-misfit",
        level=Level.ERROR,
        message=message("“{part}” is missing here, or is not as it should be.", part=part),
        hint=message("Compare with the file that comes with Hecht, or remove this one from the folder."),
        file=name,
    )
