"""Who was said to be away: kept for the day, so that a window that is opened again knows it.

It is nobody's business tomorrow: it stays in the memory of the server and is in no course that is saved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from planner.ui.session import sign_in
from planner.ui.session.days import today
from planner.ui.session.state import Session

KEY = "hecht_away"  # where the course is not saved
MOST = 500  # courses; what was said longest ago is forgotten


@dataclass(frozen=True)
class AwayToday:
    """What was chosen on a day.

    Attributes
    ----------
    day : date
    absent : tuple of str
        Ids.
    week : int
    """

    day: date
    absent: tuple[str, ...]
    week: int


_said: dict[tuple[str, str], AwayToday] = {}  # by who said it and of which course


def remember(now: Session, absent: tuple[str, ...], week: int) -> None:
    """Keep for today who is away, in which week."""
    said = AwayToday(today(), absent, week)
    if not now.kept.id:
        st.session_state[KEY] = said
        return
    _said.pop(_key(now), None)
    _said[_key(now)] = said
    if len(_said) > MOST:
        _said.pop(next(iter(_said)), None)


def remembered(now: Session) -> AwayToday | None:
    """Return what was chosen earlier today, if anything was."""
    said: AwayToday | None = _said.get(_key(now)) or st.session_state.get(KEY)
    return said if said is not None and said.day == today() else None


def _key(now: Session) -> tuple[str, str]:
    return sign_in.owner(), now.kept.id
