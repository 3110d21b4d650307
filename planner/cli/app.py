"""The command `app`: opens Hecht in the browser."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from collections.abc import Sequence

from planner.cli.speak import Speaker
from planner.files.resources import APP
from planner.model.text import LANGUAGES, message
from planner.rules import Rules


def register(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command; whatever else is asked goes to Streamlit."""
    one = actions.add_parser(
        "app",
        help="open the app in the browser",
        description="Open the app in the browser, until Ctrl+C.",
        epilog="Options of Streamlit may follow, such as --server.port=8600 or --server.headless=true.",
    )
    one.add_argument("--language", choices=LANGUAGES, default=None, help="of what is said here")
    one.set_defaults(run=run, rules=None, passed_on=[])


def run(options: argparse.Namespace, _rules: Rules, speaker: Speaker) -> bool:
    """Compile what is not compiled yet, and serve the pages until somebody stops it.

    Streamlit reads the settings beside the file that it runs, so they apply in every folder.
    """
    speaker.say(message("Getting ready. The first time this takes a few minutes."))
    child = Child()
    signal.signal(signal.SIGTERM, child.stop)
    child.run([sys.executable, "-m", "planner.services.warm_up"])
    command = [sys.executable, "-m", "streamlit", "run", str(APP), *options.passed_on]
    return child.stopped or child.run(command) == 0 or child.stopped


class Child:
    """A process that ends when this one is asked to: whoever stops one by its number means both.

    Attributes
    ----------
    stopped : bool
        Whether that was asked.
    """

    def __init__(self) -> None:
        self.stopped = False
        self._process: subprocess.Popen[bytes] | None = None

    def stop(self, *_: object) -> None:
        """Ask it to end; it may have heard of Ctrl+C itself, which does no harm."""
        self.stopped = True
        if self._process is not None:
            self._process.terminate()

    def run(self, command: Sequence[str]) -> int:
        """Start it, wait for its end, and return its exit status."""
        with subprocess.Popen(command) as self._process:  # noqa: S603
            if self.stopped:  # while it was being started
                self.stop()
            while True:
                try:
                    return self._process.wait()
                except KeyboardInterrupt:
                    self.stop()
