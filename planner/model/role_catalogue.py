"""The starting catalogue of roles: what you do, from which group size, and who minds it below that."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from planner.model.base import Frozen
from planner.model.text import (
    LANGUAGES,
    Language,
    Message,
    message,
)
from planner.model.values import normalize_text


class Role(Frozen):
    """A role of the catalogue; `minded_by` does its work in groups too small to fill it."""

    name: Message
    what: Message
    from_size: int
    minded_by: Message | None = None


FACILITATOR = message("Facilitator")
NOTE_TAKER = message("Note-taker")

CATALOGUE: tuple[Role, ...] = (
    Role(
        name=FACILITATOR,
        what=message("You open with a short check-in and give everyone a turn."),
        from_size=2,
    ),
    Role(name=NOTE_TAKER, what=message("You write down what you agree on."), from_size=2),
    Role(
        name=message("Spokesperson"),
        what=message("You share the group's answer or question."),
        from_size=3,
        minded_by=NOTE_TAKER,
    ),
    Role(
        name=message("Reflector"),
        what=message("You notice how things are going and name one thing to try."),
        from_size=4,
        minded_by=FACILITATOR,
    ),
    Role(
        name=message("Timekeeper"),
        what=message("You keep an eye on the time and the next steps."),
        from_size=5,
        minded_by=FACILITATOR,
    ),
    Role(
        name=message("Questioner"),
        what=message("You ask “how do we know?”"),
        from_size=6,
        minded_by=FACILITATOR,
    ),
)
DEFAULT_ROLES = 4  # the first so many are used unless the coordinator says otherwise
DOUBLED_ABOVE = 6  # members; in a larger group a role is held by two


@lru_cache  # asked for every student
def default_names(language: Language) -> tuple[str, ...]:
    """Return the roles a class starts with."""
    return tuple(role.name.text(language) for role in CATALOGUE[:DEFAULT_ROLES])


def find(name: str) -> Role | None:
    """Return the catalogue's role of this name, in either language."""
    wanted = normalize_text(name)
    return next(
        (
            r
            for r in CATALOGUE
            if wanted in (normalize_text(r.name.text("nl")), normalize_text(r.name.text("en")))
        ),
        None,
    )


@lru_cache  # asked for every turn
def place_of(names: tuple[str, ...], role: str) -> int | None:
    """Find a role in a list, however it is spelled there and in which of the two languages.

    Parameters
    ----------
    names : tuple of str
        The roles of a course.
    role : str
        As written somewhere.

    Returns
    -------
    int or None
        None where it is not there.
    """
    if role in names:
        return names.index(role)
    known, folded = find(role), [normalize_text(name) for name in names]
    others = () if known is None else (normalize_text(known.name.text(one)) for one in LANGUAGES)
    return next((folded.index(one) for one in (normalize_text(role), *others) if one in folded), None)


def positions(names: Sequence[str], size: int) -> list[int]:
    """Return which roles a group of some size fills; a doubled role occurs twice.

    A group fills as many roles as it has members, in the coordinator's order. Above
    six members, each one more doubles a role, the last in the list first.

    Parameters
    ----------
    names : sequence of str
        The roles of a course, the most needed first.
    size : int
        Members.

    Returns
    -------
    list of int
        Places in `names`.
    """
    filled = list(range(min(len(names), size)))
    extra = max(0, size - DOUBLED_ABOVE) if len(filled) == len(names) else 0
    room = min(extra, size - len(filled), len(names))
    return filled + [len(names) - 1 - place for place in range(room)]


def minded(names: Sequence[str], size: int) -> dict[int, int]:
    """Return who minds the roles that a group is too small to fill.

    Below four members the facilitator also minds the process; in pairs the note-taker
    also speaks. Roles that are not of the catalogue are minded by nobody.

    Parameters
    ----------
    names : sequence of str
        The roles of a course, the most needed first.
    size : int
        Members.

    Returns
    -------
    dict of int to int
        By the place in `names` of a role that is not filled, that of the role that minds it.
    """
    folded = {normalize_text(name): place for place, name in enumerate(names)}
    found: dict[int, int] = {}
    for place in range(min(size, len(names)), len(names)):
        role = find(names[place])
        if role is None or role.minded_by is None:
            continue
        minders = (folded.get(normalize_text(role.minded_by.text(language))) for language in LANGUAGES)
        minder = next((one for one in minders if one is not None and one < size), None)
        if minder is not None:
            found[place] = minder
    return found
