"""The docstring lint: what it asks of a public function, and of whom it asks nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from numpydoc.hooks.validate_docstrings import parse_config

from benchmarks.docstrings import House, remarks

WHOLE = '''
def add(a, b):
    """Add two numbers.

    Parameters
    ----------
    a, b : int

    Returns
    -------
    int
    """
    return a + b
'''
SHORT = '''
def add(a, b):
    """Add two numbers."""
    return a + b
'''
ONE = '''
def twice(a):
    """Return twice a number."""
    return 2 * a
'''
RAISES = '''
def refuse(a):
    """Refuse a number."""
    raise NoNumber(a)
'''
KNOWN = '''
def refuse(a):
    """Refuse a number."""
    raise ValueError(a)
'''
SAID = '''
def refuse(a):
    """Refuse a number.

    Raises
    ------
    NoNumber
    """
    raise NoNumber(a)
'''
KERNEL = "@loop" + SHORT
PRIVATE = SHORT.replace("def add", "def _add")
BASE = '''
class Adder:
    """Adds."""
''' + WHOLE.replace("\n", "\n    ").replace("(a, b)", "(self, a, b)")
HEIR = '''
class Other(Adder):
    """Adds otherwise."""

    def add(self, a, b):
        """Add two numbers otherwise."""
        return b + a
'''


def codes(source: str, tmp_path: Path) -> list[str]:
    path = tmp_path / "one.py"
    path.write_text('"""A module."""\n' + source)
    house = House()
    house.read(path)
    root = Path(__file__).resolve().parents[2]
    return [remark.split(": ")[2].split()[0] for remark in remarks(house, parse_config(root), [tmp_path])]


@pytest.mark.parametrize("source", [WHOLE, ONE, KNOWN, SAID, KERNEL, PRIVATE, BASE, BASE + HEIR])
def test_nothing_is_asked_of_what_explains_itself(source: str, tmp_path: Path) -> None:
    assert codes(source, tmp_path) == []


@pytest.mark.parametrize(
    ("source", "asked"),
    [
        (SHORT, ["PR01", "RT01"]),
        (WHOLE.replace("a, b : int", "a : int"), ["PR01"]),
        (WHOLE.replace("a, b : int", "b, a : int"), ["PR03"]),
        (WHOLE.replace("a, b : int", "a, b, c : int"), ["PR02"]),
        (RAISES, ["RS01"]),
        (HEIR, ["PR01", "RT01"]),
        (ONE.replace('    """Return twice a number."""\n', ""), ["GL08"]),
        (ONE.replace("number.", "number"), ["SS03"]),
    ],
)
def test_what_is_missing_is_asked_for(source: str, asked: list[str], tmp_path: Path) -> None:
    assert codes(source, tmp_path) == asked
