"""`hecht app`, and what the command is called."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from planner.cli import app, main
from planner.files.resources import APP
from tests.builders.places import ROOT


class Server:
    """Stands for the server: keeps what it was started with, and ends as it is told."""

    commands: list[list[str]]
    status = 0
    interrupts = 0  # before it ends

    def __init__(self, command: list[str]) -> None:
        self.commands.append(command)

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def wait(self) -> int:
        if self.interrupts:
            type(self).interrupts -= 1
            raise KeyboardInterrupt
        return self.status

    def terminate(self) -> None:
        pass


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return the commands that would have been started."""
    commands: list[list[str]] = []
    monkeypatch.setattr(Server, "commands", commands, raising=False)
    monkeypatch.setattr(app.subprocess, "Popen", Server)
    monkeypatch.setattr(app.subprocess, "run", lambda command, check: commands.append(command))
    monkeypatch.setattr(app.signal, "signal", lambda *_: None)
    return commands


def test_app_compiles_first_and_runs_the_app_with_streamlit(started):
    assert main(["app"]) == 0
    assert started == [
        [sys.executable, "-m", "planner.services.warm_up"],
        [sys.executable, "-m", "streamlit", "run", str(APP)],
    ]


def test_options_of_streamlit_are_passed_on(started):
    assert main(["app", "--server.port", "8600", "--server.headless=true"]) == 0
    assert started[-1][-3:] == ["--server.port", "8600", "--server.headless=true"]


def test_a_server_that_fails_is_told_in_the_exit_status(started, monkeypatch):
    monkeypatch.setattr(Server, "status", 1)
    assert main(["app"]) == 1


def test_stopping_it_is_no_failure(started, monkeypatch):
    """Streamlit ends with 1 on Ctrl+C, which is how one leaves the app; a second one does no harm."""
    monkeypatch.setattr(Server, "status", 1)
    monkeypatch.setattr(Server, "interrupts", 2)
    assert main(["app"]) == 0


def test_other_commands_take_no_options_that_they_do_not_know(capsys):
    with pytest.raises(SystemExit) as error:
        main(["check", "list.csv", "--server.port=8600"])
    assert error.value.code == 2
    assert "--server.port" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("called", "name"),
    [("/bin/hecht", "hecht"), ("C/hecht.exe", "hecht"), ("planner/__main__.py", "python -m planner")],
)
def test_usage_says_how_it_was_called(monkeypatch, capsys, called, name):
    monkeypatch.setattr(sys, "argv", [called])
    with pytest.raises(SystemExit):
        main(["--help"])
    assert capsys.readouterr().out.startswith(f"usage: {name} ")


WAITS = "from tests.builders.processes import waits; waits()"
APP_ALONE = (
    "import signal, sys; from planner.cli.app import Child; child = Child(); "
    f"signal.signal(signal.SIGTERM, child.stop); child.run([sys.executable, '-c', {WAITS!r}]); "
    "assert child.stopped"
)
WARM_UP = (
    "from planner.services.warm_up import main; from tests.builders.processes import waits; "
    "main((waits, waits))"
)


@pytest.mark.skipif(sys.platform == "win32", reason="there one process alone cannot be asked to end")
@pytest.mark.parametrize(
    ("code", "number", "children"),
    [(APP_ALONE, signal.SIGINT, 1), (APP_ALONE, signal.SIGTERM, 1), (WARM_UP, signal.SIGTERM, 2)],
)
def test_what_was_started_ends_too(code: str, number: signal.Signals, children: int) -> None:
    """Asked by its number to stop, the command ended or waited, and what it had started went on."""
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as started:
        assert started.stdout is not None
        for _ in range(children):
            assert started.stdout.readline() == b"ready\n"
        started.send_signal(number)
        assert started.stdout.read() == b""  # its end: no process has it open any more
    assert started.returncode == (0 if code is APP_ALONE else 128 + number)
