"""The server stays on this computer, keeps no statistics, and shows nobody what went wrong inside."""

from __future__ import annotations

import subprocess
import sys
import tomllib

from planner.rosters.opening import SIZE_LIMIT
from tests.ui.conftest import ROOT

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))


def test_only_this_computer_can_reach_the_page() -> None:
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert set(CONFIG["server"]["allowedHosts"]) == {"localhost", "127.0.0.1"}


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
    code = "import sys, planner.ui.ready; print('streamlit' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False"
