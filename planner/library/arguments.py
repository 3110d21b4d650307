"""What the functions of the library are given, looked at before any work: an error names the argument.

A whole number may be one of numpy, and an id or the name of a group may be a number, as in a DataFrame.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from numbers import Integral, Real

from planner.model.base import MOST_STUDENTS
from planner.model.domain import Roster
from planner.planning.efforts import EFFORTS, Effort
from planner.rules import Rules

LARGEST = 2**31 - 1  # whole number, as on the command line


def whole(name: str, value: object, least: int = 0, most: int = LARGEST) -> int:
    """Return a whole number.

    Parameters
    ----------
    name : str
        Of the argument.
    value : object
    least, most : int

    Returns
    -------
    int

    Raises
    ------
    TypeError
        Where it is no whole number.
    ValueError
        Where it is not between `least` and `most`.
    """
    wanted = f"a whole number from {least} to {most}"
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(_takes(name, wanted, value))
    number = int(value)
    if not least <= number <= most:
        raise ValueError(_takes(name, wanted, value))
    return number


def whole_numbers(name: str, values: object, most: int = MOST_STUDENTS) -> tuple[int, ...]:
    """Return whole numbers from 1 on.

    Parameters
    ----------
    name : str
        Of the argument.
    values : iterable of int
    most : int

    Returns
    -------
    tuple of int

    Raises
    ------
    TypeError, ValueError
        Where it is none; the text names the argument.
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError(_takes(name, "several whole numbers, such as [3, 4]", values))
    return tuple(whole(name, one, 1, most) for one in values)


def seconds(name: str, value: object) -> float | None:
    """Return a time limit.

    Parameters
    ----------
    name : str
        Of the argument.
    value : float or None

    Returns
    -------
    float or None

    Raises
    ------
    TypeError, ValueError
        Where it is none; the text names the argument.
    """
    wanted = "a number of seconds, more than 0, or None"
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(_takes(name, wanted, value))
    if not 0 < float(value) < float("inf"):
        raise ValueError(_takes(name, wanted, value))
    return float(value)


def share(name: str, value: object) -> float:
    """Return a part of the class.

    Parameters
    ----------
    name : str
        Of the argument.
    value : float

    Returns
    -------
    float

    Raises
    ------
    TypeError, ValueError
        Where it is none; the text names the argument.
    """
    wanted = "a part of the class, from 0 to 1, or a planner.Dropout"
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(_takes(name, wanted, value))
    if not 0 <= float(value) <= 1:
        raise ValueError(_takes(name, wanted, value))
    return float(value)


def effort_of(value: object) -> Effort:
    """Return an effort.

    Parameters
    ----------
    value : str

    Returns
    -------
    {"quick", "normal", "prove"}

    Raises
    ------
    TypeError, ValueError
        Where it is none; the text names the argument.
    """
    for known in EFFORTS:
        if known == value:
            return known
    raise ValueError(_takes("effort", " or ".join(f'"{one}"' for one in EFFORTS), value))


def texts(name: str, values: object) -> tuple[str, ...]:
    """Return ids or names of groups, of which some may be whole numbers.

    Parameters
    ----------
    name : str
        Of the argument.
    values : iterable of str or int

    Returns
    -------
    tuple of str

    Raises
    ------
    TypeError, ValueError
        Where it is none; the text names the argument.
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError(_takes(name, 'a list of texts, such as ["…"]', values))
    return tuple(_text(name, one) for one in values)


def pairs(name: str, values: object) -> tuple[tuple[str, str], ...]:
    """Return pairs of names of groups, each once.

    Parameters
    ----------
    name : str
        Of the argument.
    values : iterable of (str, str)

    Returns
    -------
    tuple of (str, str)

    Raises
    ------
    TypeError, ValueError
        Where it is none; the text names the argument.
    """
    wanted = 'a list of pairs, such as [("…", "…")]'
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise TypeError(_takes(name, wanted, values))
    found: list[tuple[str, str]] = []
    for pair in values:
        if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
            raise TypeError(_takes(name, wanted, pair))
        found.append((_text(name, pair[0]), _text(name, pair[1])))
    return tuple(dict.fromkeys(found))


def roster_and_rules(roster: object, rules: object) -> None:
    """Refuse what is no class list and what are no rules.

    Parameters
    ----------
    roster : Roster
    rules : Rules

    Raises
    ------
    TypeError, ValueError
        Where it is none; the text names the argument.
    """
    if not isinstance(roster, Roster):
        raise TypeError(_takes("roster", "a planner.Roster, as planner.Roster.from_frame makes it", roster))
    if not isinstance(rules, Rules):
        raise TypeError(_takes("rules", "a planner.Rules, as planner.read_rules reads it", rules))


def called(progress: object) -> None:
    """Refuse what cannot be called.

    Parameters
    ----------
    progress : callable or None

    Raises
    ------
    TypeError, ValueError
        Where it is none; the text names the argument.
    """
    if progress is not None and not callable(progress):
        raise TypeError(_takes("progress", "a function of one argument, or None", progress))


def is_a(name: str, value: object, kind: type | tuple[type, ...], wanted: str) -> None:
    """Refuse what is of no such kind.

    Parameters
    ----------
    name : str
        Of the argument.
    value : object
    kind : type, or tuple of type
    wanted : str
        What it takes, in words.

    Raises
    ------
    TypeError, ValueError
        Where it is none; the text names the argument.
    """
    if not isinstance(value, kind):
        raise TypeError(_takes(name, wanted, value))


def _text(name: str, value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Integral) and not isinstance(value, bool):
        return str(int(value))
    raise TypeError(_takes(name, "texts", value))


def _takes(name: str, wanted: str, value: object) -> str:
    shown = repr(value)
    return f"{name}: it takes {wanted}, not {shown if len(shown) <= 60 else type(value).__name__}"
