"""The commands of the cards have the warm worker of the command line's tests."""

from tests.cli.conftest import one_worker

__all__ = ["one_worker"]
