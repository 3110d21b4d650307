"""Names as people wish to be called, and told apart with no more than that takes."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.handouts.people import called
from planner.model.domain import Student
from tests.builders.handouts import student


def ways(*names: str) -> list[str]:
    return list(called([student(n, name) for n, name in enumerate(names, start=1)]).values())


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["Noor van der Berg", "Sem de Wit"], ["Noor", "Sem"]),
        (["Noor van der Berg", "Noor de Wit", "Sem Bos"], ["Noor B.", "Noor W.", "Sem"]),
        (["Noor van der Berg", "Noor Bakker"], ["Noor van der Berg", "Noor Bakker"]),
        (["Noor Bakker", "NOOR Bakker"], ["Noor Bakker (001)", "NOOR Bakker (002)"]),
        (["J.P. de Vries", "Ali Kaya"], ["J.P. de Vries", "Ali"]),
        (["J.P. de Vries (Jan)", "Ali Kaya"], ["Jan", "Ali"]),
        (["Zoë Bos", "Zoe Kok"], ["Zoë B.", "Zoe K."]),
        (["Cher", "Cher"], ["Cher (001)", "Cher (002)"]),
        (["محمد الأمين", "محمد علي"], ["محمد ا.", "محمد ع."]),
    ],
)
def test_people_are_called_as_they_wish(names: Sequence[str], shown: list[str]) -> None:
    assert ways(*names) == shown


def test_a_column_with_how_people_wish_to_be_called_wins() -> None:
    one = Student(id="1", name="Wilhelmina Bos", call_name="Willem  Jan", sort_name="Bos, Wilhelmina")
    assert called([one]) == {"1": "Willem Jan"}


NAMES = st.sampled_from(["Noor Bos", "Noor Bakker", "noor bakker", "Sem Bos", "Sem", "N. Bos", "x"])


@given(st.lists(NAMES, min_size=1, max_size=8))
def test_everyone_has_a_name_of_their_own(names: list[str]) -> None:
    shown = ways(*names)
    assert len(set(shown)) == len(names)
    assert all(shown)
