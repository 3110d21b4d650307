"""How people take part, as they say it."""

from __future__ import annotations

import pytest

from planner.model.participation import EITHER, Mode, modes_of

SAID = {
    Mode.ONLINE: ("Online", "online via MS Teams", "op afstand", "Remote", "vanuit huis", "not on campus"),
    Mode.ON_SITE: (
        "Op locatie",
        "On-site",
        "on campus",
        "Fysiek",
        "In person",
        "niet online",
        "face-to-face",
    ),
}


@pytest.mark.parametrize(("mode", "answer"), [(mode, one) for mode, some in SAID.items() for one in some])
def test_one_way(mode: Mode, answer: str) -> None:
    assert modes_of(answer) == {mode}
    assert modes_of(answer.upper()) == {mode}


@pytest.mark.parametrize(
    "answer", ["Hybride", "hybrid", "Allebei", "both", "soms online, soms op de campus", "maakt me niet uit"]
)
def test_either_way(answer: str) -> None:
    assert modes_of(answer) == EITHER


@pytest.mark.parametrize("answer", ["", "weet nog niet", "ja", "Rotterdam"])
def test_an_answer_that_does_not_tell(answer: str) -> None:
    assert modes_of(answer) == frozenset()


def test_what_is_denied_beside_what_is_said() -> None:
    assert modes_of("online, niet op locatie") == {Mode.ONLINE}
