"""Cells that look like formulas: made harmless, and given back as they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.cells import neutralise, restore

TRICKY = st.text(alphabet=st.sampled_from("=+-@'\t\r\n,;| a1\"\uff1d\uff20"), max_size=12)
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.mark.parametrize(
    ("cell", "harmless"),
    [
        ("=1+1", "'=1+1"),
        ("+31", "'+31"),
        ("-2", "'-2"),
        ("@x", "'@x"),
        ("\rx", "'\rx"),
        ("\t=x", "'\t'=x"),
        ("'=1+1", "''=1+1"),
        ("''@x", "'''@x"),
        ("Bos;=1+1", "Bos;'=1+1"),
        ("Bos,@x", "Bos,'@x"),
        ("\uff1d1", "'\uff1d1"),
    ],
)
def test_neutralise_puts_an_apostrophe_before_formulas(cell: str, harmless: str) -> None:
    assert neutralise(cell) == harmless
    assert restore(harmless) == cell


@pytest.mark.parametrize(
    "cell", ["", "Noor", "'t Hooft", "a=b", "a - b", "0912345", "noor@x.example", "''", " =1"]
)
def test_ordinary_cells_stay_as_they_are(cell: str) -> None:
    assert neutralise(cell) == cell
    assert restore(cell) == cell


def test_restore_leaves_what_was_never_escaped() -> None:
    assert restore("=1+1") == "=1+1"


@given(st.one_of(TRICKY, st.text()))
def test_restore_undoes_neutralise(cell: str) -> None:
    assert restore(neutralise(cell)) == cell


@given(TRICKY)
def test_no_piece_of_a_neutralised_cell_starts_a_formula(cell: str) -> None:
    harmless = neutralise(cell)
    for separator in ",;|\t":
        assert not any(piece.startswith(STARTS) for piece in harmless.split(separator))
