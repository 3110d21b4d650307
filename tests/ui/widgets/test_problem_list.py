"""What folds says in its label what it is about, where it is one thing."""

from __future__ import annotations

import pytest

from planner.model.problems import Level, Problem
from planner.model.text import Message, message
from planner.ui.widgets import problem_list
from planner.ui.widgets.folds import fold

LABELS = (
    ("Gender", 1, "Wat opviel bij het lezen: één om na te kijken – Gender"),
    (None, 1, "Wat opviel bij het lezen: één om na te kijken – Niemand hoeft te verhuizen."),
    ("Gender", 2, "Wat opviel bij het lezen: 2 om na te kijken"),
)


@pytest.fixture
def labels(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the labels of what is folded."""
    found: list[str] = []

    def noted(text: Message, *others: str, expanded: bool = False) -> object:
        found.append(text.text("nl"))
        return fold(text, *others, expanded=expanded)

    monkeypatch.setattr(problem_list, "fold", noted)
    monkeypatch.setattr(problem_list, "WAYS", ())
    return found


def problem(code: str, column: str | None = None, level: Level = Level.ASSUMED) -> Problem:
    return Problem(code=code, level=level, message=message("Nobody has to move."), column=column)


@pytest.mark.parametrize(("column", "lines", "label"), LABELS)
def test_one_thing_is_named_in_the_label(
    column: str | None, lines: int, label: str, labels: list[str]
) -> None:
    """It said "one remark", and nothing more until it was opened."""
    problem_list.remarks([problem("x", column)] * lines, message("What stood out while reading"), "remarks")
    assert labels == [label]


def test_of_rules_it_is_said_in_words_what_they_do_without_answers(labels: list[str]) -> None:
    """“What the rules assume: 2 assumed” told nobody what was assumed, nor where it could be changed."""
    some = [problem("missing-answers", "Cijfer"), problem("missing-answers", "Leerdoel")]
    note = problem("only-one-in-class", "Gender", Level.NOTE)
    for found in (some, [*some, note, note], [note], [note, note], []):
        problem_list.of_rules(found, "remarks")
    assert labels == [
        "Niet iedereen gaf antwoord bij Cijfer en Leerdoel: wat de regels in dat geval doen",
        "Niet iedereen gaf antwoord bij Cijfer en Leerdoel: wat de regels in dat geval doen, "
        "en 2 opmerkingen",
        "Eén opmerking over de regels – Gender",
        "2 opmerkingen over de regels",
    ]
