"""The house keeps its shape: a room for every module, a line for every room, one meaning for a class name."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

PLANNER = Path(__file__).parent.parent / "planner"
LOOSE = {"": {"__init__.py", "__main__.py"}, "engines": {"__init__.py", "warm_up.py"}, "ui": {"__init__.py"}}
ROOMS = sorted(path.parent for path in PLANNER.rglob("__init__.py"))


def test_one_class_name_has_one_meaning() -> None:
    """A reader who searches for a class finds one."""
    homes = defaultdict(list)
    for path in sorted(PLANNER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(path.relative_to(PLANNER).as_posix())
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}


@pytest.mark.parametrize("floor", LOOSE)
def test_every_module_lies_in_a_room(floor: str) -> None:
    """Modules that lie loose are found by nobody: a new one goes into the room that it is about."""
    assert {path.name for path in (PLANNER / floor).glob("*.py")} <= LOOSE[floor]


@pytest.mark.parametrize("folder", sorted({path.parent for path in PLANNER.rglob("*.py")}), ids=str)
def test_every_folder_of_modules_is_a_package(folder: Path) -> None:
    """A folder without `__init__.py` escapes the import contracts."""
    if "migrations" not in folder.parts:
        assert folder in ROOMS


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.relative_to(PLANNER.parent).as_posix())
def test_every_room_says_in_a_line_what_it_is_for(room: Path) -> None:
    """The first line of a room's docstring stands on its own."""
    said = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8")))
    assert said
    assert said.splitlines()[0].endswith(".")
