"""Names: full, to be called by, to be sorted on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rosters.people import from_full, from_parts


@pytest.mark.parametrize(
    ("cell", "full", "call", "sort"),
    [
        ("Noor van der Berg", "Noor van der Berg", "Noor", "Berg, Noor van der"),
        ("Berg, Noor van der", "Noor van der Berg", "Noor", "Berg, Noor van der"),
        ("van der Berg, Noor", "Noor van der Berg", "Noor", "Berg, Noor van der"),
        ("Jansen, Jan Willem", "Jan Willem Jansen", "Jan", "Jansen, Jan Willem"),
        ("Anna Maria Jansen", "Anna Maria Jansen", "Anna", "Jansen, Anna Maria"),
        ("Anne-Marie 't Hart", "Anne-Marie 't Hart", "Anne-Marie", "Hart, Anne-Marie 't"),
        ("A. de Vries", "A. de Vries", "A. de Vries", "Vries, A. de"),
        ("Vries, A.B. de", "A.B. de Vries", "A.B. de Vries", "Vries, A.B. de"),
        ("Jansen, J. (Jan)", "Jan Jansen", "Jan", "Jansen, J."),
        ("Noor de Vries-van den Berg", "Noor de Vries-van den Berg", "Noor", "Vries-van den Berg, Noor de"),
        ("Youssef El Amrani", "Youssef El Amrani", "Youssef", "Amrani, Youssef El"),
        ("Anh Le", "Anh Le", "Anh", "Le, Anh"),
        ("Madonna", "Madonna", "Madonna", "Madonna"),
        ("  Sem \u00a0 de   Vries ", "Sem de Vries", "Sem", "Vries, Sem de"),
        ("Berg, van der", "van der Berg", "van der Berg", "Berg, van der"),
        ("Berg, van der, Noor", "Noor van der Berg", "Noor", "Berg, Noor van der"),
        ("Vries, Sem, de", "Sem de Vries", "Sem", "Vries, Sem de"),
        (",", ",", ",", ","),
        ("Null, Jan", "Jan Null", "Jan", "Null, Jan"),
        ("", "", "", ""),
    ],
)
def test_a_name_in_one_cell(cell: str, full: str, call: str, sort: str) -> None:
    name = from_full(cell)
    assert (name.full, name.call, name.sort) == (full, call, sort)


@pytest.mark.parametrize(
    ("parts", "full", "call", "sort"),
    [
        (("Noor", "van der", "Berg"), "Noor van der Berg", "Noor", "Berg, Noor van der"),
        (("Noor", "", "van der Berg"), "Noor van der Berg", "Noor", "Berg, Noor van der"),
        (("Noor", "", "Berg, van der"), "Noor van der Berg", "Noor", "Berg, Noor van der"),
        (("Johanna Maria", "", "Smit"), "Johanna Maria Smit", "Johanna", "Smit, Johanna Maria"),
        (("N.", "van der", "Berg"), "N. van der Berg", "N. van der Berg", "Berg, N. van der"),
        (("A. Maria", "", "Smit"), "A. Maria Smit", "Maria", "Smit, A. Maria"),
        (("", "van der", "Berg"), "van der Berg", "van der Berg", "Berg, van der"),
        (("Noor", "", ""), "Noor", "Noor", "Noor"),
        (("", "", "Du"), "Du", "Du", "Du"),
    ],
)
def test_a_name_in_parts(parts: tuple[str, str, str], full: str, call: str, sort: str) -> None:
    name = from_parts(*parts)
    assert (name.full, name.call, name.sort) == (full, call, sort)


def test_a_roepnaam_is_what_people_say_as_a_whole() -> None:
    assert from_parts("Jan Willem", "", "Smit", whole_call_name=True).call == "Jan Willem"


WORDS = st.sampled_from(
    ["Noor", "van", "der", "de", "Berg", "J.", "El", "'t", "Ó", "de-Wit", "X", "(Jan)", ","]
)


@given(st.lists(WORDS, max_size=6).map(" ".join))
def test_any_name_has_all_three_forms(cell: str) -> None:
    name = from_full(cell)
    assert bool(name.full) == bool(name.call) == bool(name.sort) == bool(cell)


@given(st.text(max_size=40))
def test_any_text_is_read_as_a_name(cell: str) -> None:
    name = from_full(cell)
    assert bool(name.full) == bool(" ".join(cell.split()))
    assert "\n" not in name.full


@given(
    st.sampled_from(["Noor", "Jan Willem", "Ayşe"]),
    st.sampled_from(["", "van", "van der", "de"]),
    st.sampled_from(["Berg", "Vries-Smit", "Yılmaz"]),
)
def test_the_sorted_form_gives_the_same_name(first: str, infix: str, last: str) -> None:
    parts = from_parts(first, infix, last)
    again = from_full(parts.sort)
    assert (again.full, again.sort) == (parts.full, parts.sort)
