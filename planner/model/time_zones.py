"""Time zones as people write them, and how far two of them are apart over some days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from planner.model.values import normalize_text

_AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)
# Short names that stand for the clock of a place, in summer too.
_SHORT = {
    "cet": "Europe/Amsterdam",
    "cest": "Europe/Amsterdam",
    "mez": "Europe/Amsterdam",
    "met": "Europe/Amsterdam",
    "eet": "Europe/Athens",
    "eest": "Europe/Athens",
    "wet": "Europe/Lisbon",
    "west": "Europe/Lisbon",
    "bst": "Europe/London",
    "et": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "ct": "America/Chicago",
    "cdt": "America/Chicago",
    "mt": "America/Denver",
    "mdt": "America/Denver",
    "pt": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "sgt": "Asia/Singapore",
    "hkt": "Asia/Hong_Kong",
    "nederland": "Europe/Amsterdam",
    "netherlands": "Europe/Amsterdam",
    "the netherlands": "Europe/Amsterdam",
    "belgie": "Europe/Brussels",
    "belgium": "Europe/Brussels",
}
_UTC = frozenset({"utc", "gmt", "z", "zulu"})
_OFFSET = re.compile(r"(?:utc|gmt)? ?([+-]) ?(\d{1,2})(?: ?[:.]? ?(\d{2}))?")
_BEHIND = re.compile(r"^\(?(?:utc|gmt) ?(?:[+-] ?\d{1,2}(?:[:.]?\d{2})?)?\)? *(?=\S)|\([^()]*\)")
_FARTHEST = timedelta(hours=14)


@lru_cache(maxsize=1 << 12)
def zone_name(text: str) -> str | None:
    """Return the zone that a text names: one of IANA, or "UTC+02:00"; None where it names none, or several.

    Examples
    --------
    >>> zone_name("europe/amsterdam"), zone_name("UTC+2"), zone_name("New York"), zone_name("CET")
    ('Europe/Amsterdam', 'UTC+02:00', 'America/New_York', 'Europe/Amsterdam')
    >>> zone_name("(UTC+01:00) Amsterdam, Berlin"), zone_name("somewhere")
    ('Europe/Amsterdam', None)
    """
    plain = normalize_text(text).replace("\u2212", "-")[:100]
    found = _named(plain)
    if found is not None or not plain:
        return found
    # "(UTC+01:00) Amsterdam, Berlin" is the clock of Amsterdam, in summer too.
    rest = [part.strip() for part in re.split(r"[,;]| - ", _BEHIND.sub(" ", plain).strip())]
    placed = next((name for part in rest if part and (name := _named(part)) is not None), None)
    offset = _OFFSET.search(plain) if "utc" in plain or "gmt" in plain else None
    return placed or (None if offset is None else _fixed(offset))


@lru_cache(maxsize=1)
def every_zone() -> tuple[str, ...]:
    """Return the zones of all places, by their names."""
    return tuple(sorted(name for name in available_timezones() if name.split("/")[0] in _AREAS))


def _named(plain: str) -> str | None:
    if plain in _UTC:
        return "UTC+00:00"
    offset = _OFFSET.fullmatch(plain)
    if offset is not None:
        return _fixed(offset)
    return _SHORT.get(plain) or _places().get(plain.replace("_", " "))


def _fixed(offset: re.Match[str]) -> str | None:
    hours, minutes = int(offset[2]), int(offset[3] or 0)
    if minutes > 59 or timedelta(hours=hours, minutes=minutes) > _FARTHEST:
        return None
    return f"UTC{offset[1]}{hours:02}:{minutes:02}"


@lru_cache(maxsize=1)
def _places() -> Mapping[str, str]:
    """Return the zones by their names in small letters, and by the city where that tells them apart."""
    names = sorted(available_timezones())
    found = {name.casefold().replace("_", " "): name for name in names if "/" in name}
    cities: dict[str, list[str]] = defaultdict(list)
    for name in names:
        if name.split("/")[0] in _AREAS:
            cities[name.rsplit("/", 1)[-1].casefold().replace("_", " ")].append(name)
    return {city: zones[0] for city, zones in cities.items() if len(zones) == 1} | found


@lru_cache(maxsize=1 << 10)
def _zone(name: str) -> tzinfo:
    if not name.startswith("UTC"):
        return ZoneInfo(name)
    hours, minutes = int(name[4:6]), int(name[7:9])
    ahead = timedelta(hours=hours, minutes=minutes)
    return timezone(-ahead if name[3] == "-" else ahead)


@lru_cache(maxsize=1 << 10)
def minutes_ahead(zone: str, other: str, first: date, last: date) -> tuple[int, ...]:
    """Return by how many minutes one clock is ahead of another over some days, each difference once.

    Parameters
    ----------
    zone, other : str
        As `zone_name` gives them.
    first, last : date

    Returns
    -------
    tuple of int
        Rising; more than one where one of them goes over to summer time and the other does not,
        or not on the same day.
    """
    one, two = _zone(zone), _zone(other)
    found = set()
    for day in range((last - first).days + 1):
        noon = datetime.combine(first + timedelta(days=day), time(12), UTC)
        ahead = (noon.astimezone(one).utcoffset(), noon.astimezone(two).utcoffset())
        found.add(
            sum((-1) ** at * int((offset or timedelta()).total_seconds()) for at, offset in enumerate(ahead))
        )
    return tuple(sorted(seconds // 60 for seconds in found))
