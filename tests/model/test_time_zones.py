"""Time zones as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.model.time_zones import minutes_ahead, zone_name


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Amsterdam", "Europe/Amsterdam"),
        ("europe/amsterdam ", "Europe/Amsterdam"),
        ("America/New_York", "America/New_York"),
        ("New York", "America/New_York"),
        ("Bogot\u00e1", "America/Bogota"),
        ("tokyo", "Asia/Tokyo"),
        ("Tokyo (Japan)", "Asia/Tokyo"),
        ("CET", "Europe/Amsterdam"),
        ("EST", "America/New_York"),
        ("UTC+2", "UTC+02:00"),
        ("utc \u2212 5:30", "UTC-05:30"),
        ("GMT+0100", "UTC+01:00"),
        ("+02:00", "UTC+02:00"),
        ("UTC", "UTC+00:00"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern", "Europe/Amsterdam"),
        ("UTC+1 (Lagos)", "UTC+01:00"),
        ("Mars", None),
        ("UTC+99", None),
        ("9-12", None),
        ("", None),
    ],
)
def test_zones_as_people_write_them(text: str, zone: str | None) -> None:
    assert zone_name(text) == zone


def test_how_far_two_clocks_are_apart_depends_on_the_dates() -> None:
    summer, winter = (date(2026, 6, 1), date(2026, 6, 30)), (date(2026, 1, 5), date(2026, 1, 30))
    assert minutes_ahead("Europe/Amsterdam", "Asia/Tokyo", *summer) == (-7 * 60,)
    assert minutes_ahead("Europe/Amsterdam", "Asia/Tokyo", *winter) == (-8 * 60,)
    assert minutes_ahead("Europe/Amsterdam", "America/New_York", *summer) == (6 * 60,)
    # In the last week of October only one of them has gone back yet.
    assert minutes_ahead("Europe/Amsterdam", "America/New_York", date(2026, 10, 20), date(2026, 11, 10)) == (
        5 * 60,
        6 * 60,
    )
    assert minutes_ahead("UTC+05:30", "UTC-02:00", *summer) == (450,)


@given(st.text(max_size=40))
def test_any_text_is_a_zone_or_none(text: str) -> None:
    zone = zone_name(text)
    assert zone is None or minutes_ahead(zone, zone, date(2026, 1, 1), date(2026, 1, 2)) == (0,)
