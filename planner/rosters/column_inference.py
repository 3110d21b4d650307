"""What each column means, by its heading, its cells and what the coordinator said."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from planner.model.answers import says_not
from planner.model.domain import ColumnKind
from planner.model.moments import family_of, label_of, names_moment
from planner.model.text import Message, message
from planner.model.values import choices, normalize_text, number
from planner.model.week_clock import says_when
from planner.rosters.cell_kinds import (
    are_prose,
    are_times,
    are_zones,
    by_answers,
    by_cells,
    of_nameless,
    share_of,
)
from planner.rosters.heading_vocabulary import (
    WEAK,
    asked,
    compact,
    is_moment,
    listed,
)
from planner.rosters.lms_formats import Source
from planner.rosters.privacy import are_bsn, is_bsn_heading, is_special
from planner.rosters.table import ClassTable, is_date, is_email
from planner.rosters.topic_columns import topic_columns

_LOOKED_AT = 2_000  # filled cells that decide on a column
_FEWEST_MOMENTS = 3
_YES_OR_NO = frozenset({"ja", "nee", "yes", "no", "true", "false", "waar", "onwaar"})
# What the cells of a column with one moment can look like.
_OPEN = frozenset(
    {ColumnKind.CATEGORY, ColumnKind.TEXT, ColumnKind.NUMBER, ColumnKind.SLOTS, ColumnKind.IGNORED}
)


@dataclass(frozen=True)
class Meaning:
    """What a column means and why we think so."""

    kind: ColumnKind
    reason: Message
    corrected: bool = False
    bsn: bool = False


def meanings(table: ClassTable, source: Source, kinds: Mapping[str, ColumnKind]) -> list[Meaning]:
    """Return what every column of a table means.

    Parameters
    ----------
    table : ClassTable
    source : Source
        Which learning system or program wrote the file.
    kinds : mapping
        What the coordinator said, by heading, or by the question of a grid without its brackets. A sensitive
        column stays sensitive.

    Returns
    -------
    list of Meaning
    """
    said = {normalize_text(heading): kind for heading, kind in kinds.items()}
    found = [_meaning(table, place, source, said) for place in range(len(table.headings))]
    return _settled(table, _with_topics(table, _with_moments(table, found)))


def _with_topics(table: ClassTable, found: list[Meaning]) -> list[Meaning]:
    """Take columns for choices of a topic where they ask for ranks or scores of several."""
    kinds = [ColumnKind.IGNORED if meaning.corrected else meaning.kind for meaning in found]
    columns = [[cell for cell in table.column(place) if cell] for place in range(len(found))]
    topics = Meaning(ColumnKind.TOPIC_CHOICE, message("Judging by the heading."))
    chosen = topic_columns(table.headings, kinds, columns)
    return [topics if place in chosen else meaning for place, meaning in enumerate(found)]


def _with_moments(table: ClassTable, found: list[Meaning]) -> list[Meaning]:
    """Take columns for slots where several are called after parts of the week."""
    moments = {place for place, heading in enumerate(table.headings) if is_moment(heading)}
    if len(moments) < _FEWEST_MOMENTS:
        return found
    slots = Meaning(ColumnKind.SLOTS, message("Judging by the heading."))
    return [
        slots if place in moments and meaning.kind in _OPEN and not meaning.corrected else meaning
        for place, meaning in enumerate(found)
    ]


def _meaning(table: ClassTable, place: int, source: Source, said: Mapping[str, ColumnKind]) -> Meaning:
    heading = table.headings[place]
    cells = [cell for cell in table.column(place) if cell][:_LOOKED_AT]
    if table.named[place] and is_bsn_heading(heading):
        return Meaning(ColumnKind.SENSITIVE, message("The heading says BSN."), bsn=True)
    if table.named[place] and is_special(heading):
        return Meaning(ColumnKind.SENSITIVE, message("The heading is about something sensitive."))
    if are_bsn(cells):
        return Meaning(ColumnKind.SENSITIVE, message("Every number passes the BSN check."), bsn=True)
    corrected = said.get(normalize_text(heading))
    if corrected is None and said.get(family_of(heading)) in (ColumnKind.SLOTS, ColumnKind.BUSY):
        corrected = said[family_of(heading)]
    if corrected is not None:
        return Meaning(corrected, message("You said so."), corrected=True)
    if not table.named[place]:
        return Meaning(of_nameless(cells), message("Judging by the cells."))
    known = source.kind(heading)
    if known is not None:
        return Meaning(known, message("Judging by the heading, in files from {source}.", source=source.title))
    return _by_heading(heading, cells)


def _by_heading(heading: str, cells: Sequence[str]) -> Meaning:
    word = compact(heading)
    if word in WEAK or word.rstrip("0123456789") in WEAK:
        return Meaning(_of_weak(word, cells), message("Judging by the cells."))
    kind = listed(heading)
    if kind is None or (kind is ColumnKind.GROUP and asked(heading) is ColumnKind.EARLIER_GROUP):
        kind = asked(heading)
        if kind is not None and not _borne_out(kind, cells):
            kind = None
    if kind is None or kind is ColumnKind.CATEGORY:
        kind = by_answers(heading, cells) or kind
    if kind in {ColumnKind.STUDENT_NUMBER, ColumnKind.USERNAME} and share_of(cells, is_email) > 0.5:
        kind = ColumnKind.EMAIL
    if says_not(heading) and _is_about_moments(heading, kind, cells):
        return Meaning(ColumnKind.BUSY, message("The heading asks when someone is not free."))
    if kind is not None:
        return Meaning(kind, message("Judging by the heading."))
    return Meaning(by_cells(cells), message("Judging by the cells."))


def asks_when_not(heading: str, cells: Sequence[str]) -> bool:
    """Whether a heading asks when somebody cannot; its cells tell that it is about moments.

    Parameters
    ----------
    heading : str
        Of a column.
    cells : sequence of str
        Of that column.

    Returns
    -------
    bool
    """
    return says_not(heading) and _is_about_moments(heading, asked(heading), [cell for cell in cells if cell])


def _is_about_moments(heading: str, kind: ColumnKind | None, cells: Sequence[str]) -> bool:
    if kind is not None:
        return kind is ColumnKind.SLOTS
    if label_of(heading):
        return not are_prose(cells) or are_times(cells)
    parts = [part for cell in cells for part in choices(cell)]
    return bool(parts) and share_of(parts, _is_moment) >= 0.5


def _is_moment(part: str) -> bool:
    """Whether an answer is a moment; a bare number is one of a scale ("1 = none") as well as an hour."""
    return (names_moment(part) and number(part) is None) or is_date(part) or says_when(part)


def _borne_out(kind: ColumnKind, cells: Sequence[str]) -> bool:
    """Whether cells are what a question seems to ask for: "May I share your e-mail?" asks for none."""
    if not cells:
        return True
    if kind is ColumnKind.EMAIL:
        return share_of(cells, is_email) > 0.5
    if kind is ColumnKind.STUDENT_NUMBER:
        return share_of(cells, lambda cell: sum(map(str.isdigit, cell)) >= 3) > 0.5
    if kind in {ColumnKind.NAME, ColumnKind.FIRST_NAME, ColumnKind.LAST_NAME}:
        return share_of(cells, lambda cell: len(cell) < 60 and not any(map(str.isdigit, cell))) > 0.5
    if kind is ColumnKind.TIME_ZONE:
        return are_zones(cells)
    if kind in {ColumnKind.PEER, ColumnKind.NOT_WITH, ColumnKind.EARLIER_GROUP}:
        return share_of(cells, lambda cell: normalize_text(cell) in _YES_OR_NO) < 0.5
    if kind is ColumnKind.SLOTS:
        return not are_prose(cells) or are_times(cells)
    return True


def _of_weak(word: str, cells: Sequence[str]) -> ColumnKind:
    """Return what a column means that is only called "id" or "nr"."""
    kind = of_nameless(cells)
    of_people = word == "id" and cells and len(set(cells)) * 2 > len(cells)
    if of_people and kind not in {ColumnKind.IGNORED, ColumnKind.EMAIL}:
        return ColumnKind.STUDENT_NUMBER
    return kind


_IDS = (ColumnKind.STUDENT_NUMBER, ColumnKind.EMAIL, ColumnKind.USERNAME, ColumnKind.LMS_KEY)


def _settled(table: ClassTable, found: list[Meaning]) -> list[Meaning]:
    """Keep one column for what a person has only one of."""
    settled = list(found)
    _keep_best(table, settled, ColumnKind.FIRST_NAME, _call_name_first)
    _keep_best(table, settled, ColumnKind.EMAIL, _school_first)
    for place, meaning in enumerate(found):
        if _is_spare_id(table, place, meaning, settled):
            settled[place] = Meaning(
                ColumnKind.LMS_KEY, message("There is another column with student numbers.")
            )
    if not any(meaning.kind in _IDS for meaning in settled):
        _take_plain_id(table, settled)
    return settled


def _take_plain_id(table: ClassTable, settled: list[Meaning]) -> None:
    """Take ids that count from 1 where there is nothing better."""
    for place, heading in enumerate(table.headings):
        if compact(heading) == "id" and all(table.column(place)) and not settled[place].corrected:
            settled[place] = Meaning(
                ColumnKind.STUDENT_NUMBER, message("No other column tells students apart.")
            )
            return


def _is_spare_id(table: ClassTable, place: int, meaning: Meaning, settled: Sequence[Meaning]) -> bool:
    others = (
        other != place
        and found.kind is ColumnKind.STUDENT_NUMBER
        and compact(table.headings[other]) not in WEAK
        for other, found in enumerate(settled)
    )
    return (
        meaning.kind is ColumnKind.STUDENT_NUMBER
        and not meaning.corrected
        and compact(table.headings[place]) in WEAK
        and any(others)
    )


def _keep_best(
    table: ClassTable, settled: list[Meaning], kind: ColumnKind, rank: Callable[[str], int]
) -> None:
    places = [place for place, meaning in enumerate(settled) if meaning.kind is kind]
    remarks = [place for place in places if settled[place].corrected]
    filled = [place for place in places if any(table.column(place))]
    rest = [place for place in remarks or filled or places if place not in table.repeats]
    if len(places) < 2 or not rest:
        return
    best = min(rest, key=lambda place: (rank(compact(table.headings[place])), place))
    for place in places:
        if place != best and not settled[place].corrected and place not in table.repeats:
            settled[place] = Meaning(ColumnKind.IGNORED, message("Another column says the same, and better."))


def _call_name_first(word: str) -> int:
    order = (
        "roepnaam",
        "preferred",
        "known",
        "callname",
        "voornaam",
        "firstname",
        "given",
        "forename",
        "voornamen",
    )
    return next((place for place, start in enumerate(order) if start in word), len(order))


def _school_first(word: str) -> int:
    if re.search(r"priv|persona|persoonlijk|thuis|home|ouder|parent|alternat|secondary|extra", word):
        return 2
    return 0 if re.search(r"school|student|instelling|universi|hogeschool|institut", word) else 1
