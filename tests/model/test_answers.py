"""Questions that say *not*, and questions in which a "not" says nothing of the kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.answers import says_not

NOT = """
    Wanneer kun je NIET? | Check the times that you will be UNAVAILABLE for group work. [Monday]
    not free | NIET | bezet | niet beschikbaar | verhinderd | Times I can't make | Times I can’t make
    When can you not meet | When are you busy? | Bezet op maandag | Welke momenten schikken niet?
    When don't you have time | cant make it | Wanneer heb je geen tijd | Dagdelen waarop ik niet kan
    Unavailability | Non-availability | No availability | Op welke dagen ben je verhinderd?
    Vul in wanneer je NIET kunt | Beschikbaarheid (kruis aan wanneer je niet kunt)
    Availability: tick the times you can't | Momenten dat het niet uitkomt | Not possible [Tue]
    Kan niet op | Which times do not work for you? | Wanneer kan je niet | Niet-beschikbaar
    Schedule conflicts | Afwezig
"""
FREE = """
    When are you free? | Wanneer kun je? | When are you not busy? | Wanneer ben je niet bezet?
    Available or not? | Beschikbaar of niet? | Wel/niet beschikbaar [ma] | Beschikbaar (niet meer dan 3)
    Availability [Mon] | Availability (leave blank if not available)
    Tick the times you are available. Leave empty when you are not. | Op welke dagen werk je niet?
    Wanneer heb je geen les? | When are you available? (do not select more than three) | Notulist
    Notice period | When are you available? If not, when? | Which moment | What do you want | Student
"""


def _listed(text: str) -> list[str]:
    return [part.strip() for line in text.strip().splitlines() for part in line.split("|")]


@pytest.mark.parametrize("heading", _listed(NOT))
def test_these_ask_when_somebody_cannot(heading: str) -> None:
    assert says_not(heading)
    assert says_not(heading.upper())


@pytest.mark.parametrize("heading", _listed(FREE))
def test_these_do_not(heading: str) -> None:
    assert not says_not(heading)


@given(st.text(max_size=60))
def test_any_text_can_be_asked(text: str) -> None:
    assert says_not(text) in (True, False)
