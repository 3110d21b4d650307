"""What is done with a file of each kind: all that a coordinator would, up to the plan that comes of it."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from planner.cli import main, running
from planner.jobs.reader import READERS
from planner.model.problems import InputError
from planner.rosters import SourceFile, read_class_list, read_groups
from planner.rosters.edits import Edits
from planner.rules import write_rules
from planner.services.running import here
from planner.store import TAKING_IN, CourseRepository, open_store, read_archive, write_archive
from planner.ui.session.draft import RulesDraft
from planner.ui.session.restoring import page_of
from tests.fuzz import inputs

SMALL = 40  # students of whom groups are made


def run(*arguments: object) -> int:
    """Run a command and return how it ended; whatever it says is let go."""
    out = io.StringIO()
    with (
        mock.patch.object(running, "runner", return_value=here()),  # in this process, not in a worker
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
    ):
        status = main([str(argument) for argument in arguments])
    assert status in (0, 1, 2)
    assert "Traceback" not in out.getvalue()
    return status


def told(error: InputError) -> int:
    """Return how a command would end, having seen that there is a way out."""
    assert error.problems
    assert all(problem.text("nl") and problem.hint for problem in error.problems)
    return 2


def use_rules(content: bytes, folder: Path) -> int:
    """Make groups with a rules file, and what goes with them."""
    listed, rules = folder / "class.csv", folder / "rules.toml"
    listed.write_bytes(inputs.CLASS)
    rules.write_bytes(content)
    status = run("plan", listed, "--rules", rules, "--out", folder / "plan", "--effort", "quick")
    if status == 0:
        assert run("mail", folder / "plan") in (0, 2)
        assert run("sheet", folder / "plan", "--week", 1, "--out", folder / "sheet.html") in (0, 2)
    return status


def use_plan(content: bytes, folder: Path) -> int:
    """Look at a plan, and go on from it."""
    listed, plan = folder / "class.csv", folder / "plan.json"
    listed.write_bytes(inputs.CLASS.replace(b"0912307;", b"0912312;"))
    plan.write_bytes(content)
    run("mail", folder)
    run("sheet", folder, "--week", 3, "--out", folder / "sheet.html")
    run("cards", folder, "--out", folder / "cards.html")
    return run("replan", listed, "--previous", plan, "--out", folder / "next", "--from-week", 2)


def use_course(content: bytes, folder: Path) -> int:
    """Open a course, save it once more, and go on with it on the page."""
    store = open_store(f"sqlite:///{folder / 'hecht.db'}")
    try:
        repository = CourseRepository(store)
        try:
            archive = READERS.read(read_archive, content, "vak.zip", file="vak.zip", seconds=TAKING_IN)
        except InputError as error:
            return told(error)
        opened = repository.open(archive.put_on(repository).id)
        assert write_archive(repository, opened.id)
        page = page_of(opened)
        for change in () if page.handover is None else page.handover.changes:
            assert isinstance(change.reason.text("nl"), str)
        page.rules.draft.rules("nl")
        return 0
    finally:
        store.close()


def use_list(content: bytes, folder: Path, name: str = "lijst.csv") -> int:
    """Read a class list, as a survey and as a list of groups too, and make groups with what it suggests."""
    path, file = folder / name, SourceFile(name, content)
    path.write_bytes(content)
    status = run("check", path)
    READERS.read(read_groups, file, inputs.roster(), file=name)
    READERS.read(read_class_list, SourceFile("class.csv", inputs.CLASS), file, file=name, edits=Edits())
    reading = READERS.read(read_class_list, file, file=name)
    if reading.roster is None or len(reading.roster.students) > SMALL:
        return status
    rules = RulesDraft.suggest(reading.roster).rules("nl")
    if rules is not None:
        asked = folder / "rules.toml"
        asked.write_bytes(write_rules(rules))
        run("plan", path, "--rules", asked, "--out", folder / "plan", "--effort", "quick")
    return status


def commands_rules(rules: Any) -> bytes:
    from planner.rules import write_rules

    return write_rules(rules)


def use_workbook(content: bytes, folder: Path) -> int:
    """Read a class list from a workbook."""
    return use_list(content, folder, "lijst.xlsx")


USES: dict[str, Callable[[bytes, Path], int]] = {
    "rules": use_rules,
    "plans": use_plan,
    "courses": use_course,
    "lists": use_list,
    "workbooks": use_workbook,
}
