"""The command line: the stable contract that users script against."""

from planner.cli.main import main

__all__ = ["main"]
