"""Ctrl-C: once for the best so far, twice to stop at once, and never a traceback or a search for reasons."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import pytest

from planner.cli import commands, main, running
from planner.cli.speak import Speaker
from planner.engines.common.watch import Progress
from planner.jobs.pool import JobLost
from planner.model.no_plan import NoPlan
from tests.builders.places import ROOT

CLASS = ROOT / "data" / "klas-28.csv"
INTERRUPTED_IMPORT = """
import builtins
real = builtins.__import__
def importing(name, *rest):
    if name == "planner.cli.main":
        raise KeyboardInterrupt
    return real(name, *rest)
builtins.__import__ = importing
import planner.cli
"""


class Interrupted:
    """A job during which Ctrl-C is pressed some times; then it ends as it does."""

    def __init__(self, times: int, end: object) -> None:
        self.left, self.end, self.stopped_at = times, end, None

    def progress(self) -> Progress:
        return Progress()

    def place(self) -> int:
        return 0

    def stop(self) -> None:
        self.stopped_at = 1.0

    def done(self) -> bool:
        return not self.left

    def wait(self, seconds: float) -> bool:
        self.left -= 1
        raise KeyboardInterrupt

    def result(self) -> object:
        if isinstance(self.end, Exception):
            raise self.end
        return self.end


def watched(job: Interrupted) -> object:
    return running.watched(job, Speaker("en"))


def test_once_is_the_best_so_far(capsys: pytest.CaptureFixture[str]) -> None:
    assert watched(Interrupted(1, "a plan")) == "a plan"
    assert "Press Ctrl+C again to stop at once." in capsys.readouterr().err


def test_twice_stops_at_once() -> None:
    """The second one was no more than another request to stop."""
    with pytest.raises(KeyboardInterrupt):
        watched(Interrupted(2, "a plan"))


@pytest.mark.parametrize("end", [NoPlan(proven=False, cut_short=True), JobLost("withdrawn")])
def test_before_there_is_a_plan_nobody_waits_for_an_explanation(end: Exception) -> None:
    """It went on to look for what is in the way."""
    with pytest.raises(KeyboardInterrupt):
        watched(Interrupted(1, end))
    with pytest.raises(type(end)):
        watched(Interrupted(0, end))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Voortijdig gestopt; er is verder niets weggeschreven."),
        (("--language", "en"), "Stopped early; nothing more was written."),
    ],
)
def test_it_is_said_without_a_traceback(
    words: Sequence[str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def stopped(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "check", stopped)
    assert main(["check", str(CLASS), *words]) == 130
    assert capsys.readouterr().err == told + "\n"


def test_also_while_the_program_is_still_loading() -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_IMPORT], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")
