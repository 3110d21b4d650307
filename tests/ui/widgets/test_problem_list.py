"""What folds says in its label what it is about, where it is one thing."""

from __future__ import annotations

import pytest

from planner.model.problems import Level, Problem
from planner.model.text import Message, message
from planner.ui.widgets import problem_list
from planner.ui.widgets.folds import fold


@pytest.mark.parametrize(
    ("column", "lines", "label"),
    [
        ("Gender", 1, "Waar de regels van uitgaan: één aangenomen – Gender"),
        (None, 1, "Waar de regels van uitgaan: één aangenomen – Niemand hoeft te verhuizen."),
        ("Gender", 2, "Waar de regels van uitgaan: 2 aangenomen"),
    ],
)
def test_one_thing_is_named_in_the_label(
    column: str | None, lines: int, label: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It said "one remark", and nothing more until it was opened."""
    labels: list[str] = []

    def noted(text: Message, *others: str, expanded: bool = False) -> object:
        labels.append(text.text("nl"))
        return fold(text, *others, expanded=expanded)

    monkeypatch.setattr(problem_list, "fold", noted)
    one = Problem(code="x", level=Level.ASSUMED, message=message("Nobody has to move."), column=column)
    problem_list.remarks([one] * lines, message("What the rules assume"), "remarks")
    assert labels == [label]
