"""Which answers have an order, and which one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.scales import levels_of

SCALES = (
    ("strongly disagree", "disagree", "neutral", "agree", "strongly agree"),
    ("helemaal mee oneens", "mee oneens", "neutraal", "mee eens", "helemaal mee eens"),
    ("never", "sometimes", "often", "always"),
    ("nooit", "soms", "vaak", "altijd"),
    ("none", "beginner", "intermediate", "advanced", "expert"),
    ("geen ervaring", "weinig ervaring", "enige ervaring", "veel ervaring"),
    ("F", "D-", "D", "C+", "B", "A-", "A"),
    ("A1", "A2", "B1", "B2", "C1", "C2"),
    ("zeer slecht", "slecht", "voldoende", "goed", "uitstekend"),
    ("laag", "midden", "hoog"),
    ("Not confident", "Slightly confident", "Somewhat confident", "Very confident", "Extremely confident"),
    ("1. I have never tried", "2. I have tried", "3. I do it weekly", "10. I teach it"),
    ("1 = helemaal niet", "2", "3", "4 = heel goed"),
    ("never", "once a month", "weekly", "every day"),
    ("Level 1", "Level 2", "Level 3"),
    ("F (fail)", "C (fair)", "A (great)"),
    ("1st", "2nd", "3rd"),
    ("eerstejaars", "tweedejaars", "derdejaars"),
    ("zeer ontevreden", "ontevreden", "tevreden", "zeer tevreden"),
)


@given(st.sampled_from(SCALES), st.data())
def test_any_answers_of_a_scale_in_any_order_are_put_in_its_order(
    scale: tuple[str, ...], data: st.DataObject
) -> None:
    some = data.draw(
        st.lists(st.sampled_from(scale), min_size=2, unique=True).filter(
            lambda x: not all(map(str.isdigit, x))
        )
    )
    shuffled = data.draw(st.permutations([*some, *some, "n/a", ""]))
    capitals = [cell.title() if data.draw(st.booleans()) else cell for cell in shuffled]
    found = levels_of(capitals, "How well? Letter grade")
    expected = [level for level in scale if level in some]
    assert [[*dict.fromkeys(map(str.casefold, level))] for level in found] == [
        [one.casefold()] for one in expected
    ]


@pytest.mark.parametrize(
    "answers",
    [
        ["ja", "nee"],
        ["1", "2", "3"],
        ["1. Biology", "2. Law"],
        ["m", "v", "x"],
        ["Monday", "Tuesday"],
        ["agree", "agree"],
        ["2 hours", "3 hours"],
        ["beginner", "Utrecht"],
        ["A", "B", "C"],
        [],
    ],
)
def test_what_has_no_order(answers: list[str]) -> None:
    assert levels_of(answers) == ()


def test_none_is_the_lowest_of_some_scales_and_no_answer_beside_others() -> None:
    assert levels_of(["none", "expert"]) == (("none",), ("expert",))
    assert levels_of(["none", "agree", "disagree"]) == (("disagree",), ("agree",))
