"""Settings for every test: examples are drawn alike each time, and nothing is timed."""

from __future__ import annotations

import signal
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
# pytest --hypothesis-profile=quick: fewer examples, for the loop of whoever is at work (`make quick`).
settings.register_profile("quick", parent=settings.get_profile("house"), max_examples=15)
# pytest --hypothesis-profile=explore: other examples each time, for whoever goes looking for trouble.
settings.register_profile("explore", parent=settings.get_profile("house"), derandomize=False)
settings.load_profile("house")

# A shell that runs the tests in the background has them ignore Ctrl-C, and everything that they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What takes a browser, a server, other processes, many presses on a page or the solving of larger classes.
# `make quick` leaves it out; in the whole run it comes first, so that no worker ends alone with a journey.
SLOW = (
    "browser",
    "server",
    "fuzz",
    "test_docs.py",
    "test_package.py",
    "services/test_lived_courses.py",
    "cli/test_contract.py",
    "cli/test_replan.py",
    "cli/test_term.py",
    "cli/test_proof.py",
    "cli/test_better_before.py",
    "cli/test_answers_before.py",
    "cli/test_pipes.py",
    "cli/test_app.py",
    "forecast",
    "library",
    "engines/test_every_engine.py",
    "engines/common/test_cpsat.py",
    "engines/local_search",
    "engines/set_partitioning",
    "engines/refreshing",
    "engines/replanning",
    "infeasibility",
    "planning/test_formation.py",
    "planning/test_session_groups.py",
    "planning/test_proof.py",
    "planning/test_term.py",
    "planning/test_term_blocks.py",
    "replanning/test_brute_force.py",
    "replanning/test_independent.py",
    "replanning/test_volunteers.py",
    "replanning/test_choices.py",
    "replanning/test_extra_moves.py",
    "store/test_archive.py",
    "store/test_errors.py",
    "ui/groups",
    "ui/shell/test_plan_bar.py",
    "ui/changes",
    "ui/courses",
    "ui/handouts",
    "ui/class_list/test_waiting.py",
    "ui/session/test_behind.py",
    "ui/rules/test_conflict.py",
    "ui/widgets/test_upload.py",
    "ui/test_app.py",
    "handouts/test_paper.py",
    "jobs/test_pool.py",
    "jobs/test_reader.py",
)
DATABASE = "HECHT_DATABASE"
TESTS = Path(__file__).parent
TURN = pytest.StashKey[int]()
ASKED = "_hypothesis_internal_use_settings"  # where Hypothesis keeps what `@settings` of a test says
_numbers = count(1)


@pytest.fixture(scope="session")
def databases() -> Iterator[Path]:
    """Return a folder for databases that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="hecht-tests-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@pytest.fixture(autouse=True)
def _own_database(databases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test an empty database of its own; nobody's courses are ever touched."""
    monkeypatch.setenv(DATABASE, f"sqlite:///{databases / str(next(_numbers))}.db")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what is slow; where workers share the tests, have it begin first."""
    for item in items:
        place = item.path.relative_to(TESTS).as_posix()
        turn = next((turn for turn, slow in enumerate(SLOW) if f"{place}/".startswith(f"{slow}/")), None)
        if turn is not None or any(isinstance(one, str) and one == "postgresql" for one in _parameters(item)):
            item.add_marker("slow")
        item.stash[TURN] = len(SLOW) if turn is None else turn
        _draw_few(item)
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: item.stash[TURN])


def _draw_few(item: pytest.Item) -> None:
    """In the quick loop, have a test draw few examples also where it asks for more itself."""
    test = getattr(item, "obj", None)
    asked, few = getattr(test, ASKED, None), settings.get_profile("quick").max_examples
    if settings.get_current_profile_name() == "quick" and asked is not None and asked.max_examples > few:
        setattr(test, ASKED, settings(asked, max_examples=few))


def _parameters(item: pytest.Item) -> tuple[object, ...]:
    call = getattr(item, "callspec", None)
    return () if call is None else tuple(call.params.values())
