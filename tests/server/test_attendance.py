"""Who is still let in: until when, after which sign-out, and where the database cannot be asked."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from itsdangerous import URLSafeTimedSerializer

from planner.store import NotSaved, SignOuts, Store, sign_outs
from planner.store.errors import gone
from planner.ui.server.attendance import MOST_FILES, Attendance
from planner.ui.session import signed
from planner.ui.session.signed import LIFE, USER_COOKIE_NAME, SignedInPerson
from tests.builders.clock import Clock, ticking
from tests.builders.loops import run
from tests.store.conftest import new_database, postgres_server, store, url  # noqa: F401 - fixtures

NOW = 1_788_264_000.5
CLAIMS = {"iss": "https://provider.example", "sub": "u-1", "is_logged_in": True}


@pytest.fixture(autouse=True)
def _held_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold the clock that cookies and sign-outs are judged by; it goes on where somebody waits."""
    held = Clock(NOW)

    async def sleep(seconds: float) -> None:
        held.now += seconds

    monkeypatch.setattr(time, "time", held.time)
    monkeypatch.setattr(asyncio, "sleep", sleep)
    monkeypatch.setattr(sign_outs, "datetime", ticking(datetime.fromtimestamp(NOW, UTC)))


def anna(seconds_ago: int = 60) -> SignedInPerson:
    return SignedInPerson("https://provider.example u-1", int(time.time()) - seconds_ago)


def broken() -> SignOuts:
    raise gone()


def test_a_sign_in_holds_for_a_working_day() -> None:
    attendance = Attendance(broken)
    assert run(attendance.holds(anna()))
    assert not run(attendance.holds(anna(LIFE)))


def test_signing_out_is_known_to_all_servers_of_a_database(store: Store) -> None:  # noqa: F811
    here, there = Attendance(lambda: SignOuts(store)), Attendance(lambda: SignOuts(store))
    bram = SignedInPerson("https://provider.example u-2", anna().at)
    before = anna()
    assert run(there.holds(before))
    run(here.leave(anna(30)))
    assert not run(there.holds(before))
    assert run(there.holds(bram))
    assert run(there.holds(anna(0)))  # signed in again


def test_a_sign_out_is_kept_for_as_long_as_it_matters(store: Store) -> None:  # noqa: F811
    record = SignOuts(store)
    long_ago, now = datetime(2020, 1, 1, tzinfo=UTC), datetime.fromtimestamp(int(NOW), UTC)
    record.add("one", long_ago)
    record.add("other", now)
    assert record.last("one") is None
    assert record.last("other") == now


def test_without_the_database_this_server_knows_who_left() -> None:
    """Nobody loses a page with a database that is away for a moment, and who left does not come back in."""
    attendance = Attendance(broken)
    with pytest.raises(NotSaved):
        broken()
    person = anna()
    assert run(attendance.holds(person))
    run(attendance.leave(person))
    assert not run(attendance.holds(person))


def test_files_are_known_by_whom_they_were_named_to() -> None:
    attendance, person = Attendance(broken), anna()
    attendance.name_file(person, "one")
    attendance.name_file(None, "for all")
    assert attendance.may_fetch(person, "one")
    assert not attendance.may_fetch(None, "one")
    assert attendance.may_fetch(person, "for all")
    for n in range(MOST_FILES):
        attendance.name_file(person, str(n))
    assert not attendance.may_fetch(person, "one")


# The cookie


def cookie(claims: object, at: float, secret: str = "secret", name: str = USER_COOKIE_NAME) -> dict[str, str]:
    """Return a cookie as it was made at a moment."""

    class Then(URLSafeTimedSerializer):
        class default_signer(URLSafeTimedSerializer.default_signer):  # noqa: N801
            def get_timestamp(self) -> int:
                return int(at)

    value: Any = Then(secret, salt=name).dumps(json.dumps(claims))
    return {name: value}


def test_a_cookie_says_who_it_is_and_since_when(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signed, "get_cookie_secret", lambda: "secret")
    now = int(NOW)
    assert signed.person(cookie(CLAIMS, now - 5)) == SignedInPerson("https://provider.example u-1", now - 5)


@pytest.mark.parametrize(
    "made",
    [
        {},
        {USER_COOKIE_NAME: ""},
        {USER_COOKIE_NAME: "a.b.c"},
        cookie(CLAIMS, NOW - LIFE - 60),
        cookie(CLAIMS, NOW, secret="another"),
        {USER_COOKIE_NAME: cookie(CLAIMS, NOW, name="another")["another"]},
        cookie({**CLAIMS, "is_logged_in": False}, NOW),
        cookie({**CLAIMS, "sub": ""}, NOW),
        cookie([1], NOW),
        cookie(None, NOW),
    ],
)
def test_a_cookie_that_says_nothing_is_nobody(monkeypatch: pytest.MonkeyPatch, made: dict[str, str]) -> None:
    monkeypatch.setattr(signed, "get_cookie_secret", lambda: "secret")
    assert signed.person(made) is None
