"""The server stays on this computer, keeps no statistics, and shows nobody what went wrong inside."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections import Counter

import pytest
from streamlit.testing.v1 import AppTest

from planner.rosters.opening import SIZE_LIMIT
from planner.ui.session import sign_in
from planner.ui.widgets import serving
from tests.builders.pages import texts
from tests.builders.places import ROOT

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))


def test_only_this_computer_can_reach_the_page() -> None:
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert set(CONFIG["server"]["allowedHosts"]) == {"localhost", "127.0.0.1"}


@pytest.mark.parametrize(
    ("address", "hosts", "own"),
    [
        ("127.0.0.1", ["localhost", "127.0.0.1"], True),
        ("::1", [], True),
        ("127.0.0.1", ["localhost", "hecht.example.nl"], False),  # behind a proxy
        ("0.0.0.0", ["localhost"], False),
        ("", [], False),
    ],
)
def test_the_page_is_on_one_s_own_computer_only_where_nobody_else_reaches_it(
    monkeypatch: pytest.MonkeyPatch, address: str, hosts: list[str], own: bool
) -> None:
    options = {"server.address": address, "server.allowedHosts": hosts}
    monkeypatch.setattr("streamlit.get_option", options.__getitem__)
    assert serving.own_computer() is own


@pytest.mark.parametrize(
    ("own", "asked", "told"),
    [
        (True, False, "De lijst blijft op deze computer"),
        (False, False, "waar iedereen die Hecht kan openen hem kan zien"),
        (False, True, "Niemand anders ziet hem"),
    ],
)
def test_where_a_class_list_stays_is_told_as_it_is(
    page: AppTest, monkeypatch: pytest.MonkeyPatch, own: bool, asked: bool, told: str
) -> None:
    monkeypatch.setattr(serving, "own_computer", lambda: own)
    monkeypatch.setattr(sign_in, "asked", lambda: asked)
    monkeypatch.setattr(sign_in, "passed", lambda: True)
    monkeypatch.setattr(sign_in, "owner", lambda: "somebody" if asked else "")
    monkeypatch.setattr(sign_in, "hint", lambda: None)
    assert told in texts(page.run())


def test_nothing_is_told_to_others() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["client"]["showErrorDetails"] == "none"
    assert CONFIG["client"]["showErrorLinks"] is False
    assert "http" not in (ROOT / ".streamlit" / "config.toml").read_text("utf-8")


def test_uploads_are_as_large_as_what_can_be_read() -> None:
    assert CONFIG["server"]["maxUploadSize"] * 1024 * 1024 == SIZE_LIMIT


def test_a_worker_that_imports_the_page_s_file_loads_no_page() -> None:
    # A spawned process runs the main file again, under another name.
    run = "runpy.run_path('app.py', run_name='__mp_main__')"
    code = f"import runpy, sys; {run}; print('streamlit' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"


def test_what_a_worker_does_first_loads_no_page() -> None:
    code = "import sys, planner.jobs.worker; print('streamlit' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"


def test_no_name_in_the_session_is_used_for_two_things() -> None:
    """The cards of the groups once took the name under which the page of cards keeps what was filled in."""
    code = "\n".join(path.read_text() for path in (ROOT / "planner" / "ui").rglob("*.py"))
    named = Counter(re.findall(r'"(hecht_[a-z_]+)"', code))
    assert len(named) > 10
    assert [name for name, times in named.items() if times > 1] == []
