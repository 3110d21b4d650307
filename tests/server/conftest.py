"""A running server, with and without signing in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from benchmarks import serving
from tests.builders.provider import provided, settings
from tests.builders.visitor import Visitor

Welcome = Callable[[], Visitor]  # a browser that has not been here before


@pytest.fixture(scope="session")
def own() -> Iterator[str]:
    """Run the app as on one's own computer, and give its address."""
    with serving.served() as address:
        yield address


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return where the courses of everybody who signs in are."""
    return f"sqlite:///{tmp_path_factory.mktemp('shared')}/hecht.db"


@pytest.fixture(scope="session")
def two_servers(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Welcome, Welcome]]:
    """Run two servers that ask who somebody is, with the same settings and the same database."""
    with ExitStack() as stack:
        file = tmp_path_factory.mktemp("secrets") / "secrets.toml"
        text = settings(stack.enter_context(provided()))
        secret = re.findall(r'cookie_secret = "(.*)"', text)[0]
        file.write_text(text)
        option = f"--secrets.files={file}"
        addresses = [stack.enter_context(serving.served(database, option)) for _ in range(2)]
        one, other = (lambda at=address: Visitor(at, secret) for address in addresses)
        yield one, other


@pytest.fixture
def welcome(two_servers: tuple[Welcome, Welcome]) -> Welcome:
    """Return a maker of browsers that come to the first server."""
    return two_servers[0]


def database_file(url: str) -> Path:
    """Return the file of a database."""
    return Path(url.removeprefix("sqlite:///"))
