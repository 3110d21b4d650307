"""Where the coordinator's clock is, and which day it is there."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from babel.dates import format_datetime

from planner.ui.session.language import current


def zone() -> tzinfo:
    """Return where the browser's clock is."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def today() -> date:
    """Return the day on the coordinator's calendar."""
    return datetime.now(zone()).date()


def day_and_time(moment: datetime) -> str:
    """Return a moment with its day."""
    return str(format_datetime(moment, "d MMM y HH:mm", tzinfo=zone(), locale=current()))
