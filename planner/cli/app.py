"""The command `app`: opens Hecht in the browser."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys

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
    sys.stdout.flush()
    try:
        subprocess.run([sys.executable, "-m", "planner.services.warm_up"], check=False)
    except KeyboardInterrupt:
        return True
    command = [sys.executable, "-m", "streamlit", "run", str(APP), *options.passed_on]
    with subprocess.Popen(command) as server:  # noqa: S603
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        stopped = False
        while True:
            try:
                return server.wait() == 0 or stopped
            except KeyboardInterrupt:  # the server hears of it too, and ends by itself
                stopped = True
