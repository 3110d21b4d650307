"""Docstring lint: numpydoc's checks over the rooms that a reader of the code starts in.

``python -m benchmarks.docstrings planner/engines`` lists what is missing; `make check` runs it. Which of
numpydoc's checks count stands in ``[tool.numpydoc_validation]`` of pyproject.toml. On top of those:

- A public function with two arguments or more has ``Parameters`` and, where it gives something, ``Returns``.
  With one argument or none its summary may say it all; what sections it has are checked all the same.
- Whatever it raises itself that is the project's own stands under ``Raises``.
- Private names, and methods that a base class explains, need no sections. Compiled kernels neither: the
  shapes of their arrays stand once, at the tuple that carries them. Nor commands: what they take and give
  stands once, in `planner.cli`.
"""

from __future__ import annotations

import ast
import builtins
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from numpydoc.hooks.validate_docstrings import AstValidator, parse_config
from numpydoc.validate import validate

KERNELS = {"loop", "inlined", "making"}  # decorators of `planner.engines.common.compiled`
SECTIONS = {"PR01", "RT01", "YD01"}  # what a short signature may do without
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass
class Found:
    """A public class or function, and where it stands.

    Attributes
    ----------
    path : Path
    ancestry : list of ast.AST
        The module first, then the classes around it.
    """

    path: Path
    node: ast.ClassDef | Function
    ancestry: list[ast.AST]

    @property
    def name(self) -> str:
        """Its name with that of its class."""
        classes = [node.name for node in self.ancestry if isinstance(node, ast.ClassDef)]
        return ".".join([*classes, self.node.name])


@dataclass
class House:
    """All that is public in some files.

    Attributes
    ----------
    found : list of Found
    classes : dict
        Each class by its name: one name, one class.
    """

    found: list[Found] = field(default_factory=list)
    classes: dict[str, ast.ClassDef] = field(default_factory=dict)

    def read(self, path: Path) -> None:
        """Take in a file."""
        module = ast.parse(path.read_text(encoding="utf-8"))
        self._walk(path, module, [module])

    def _walk(self, path: Path, at: ast.Module | ast.ClassDef, ancestry: list[ast.AST]) -> None:
        for node in at.body:
            if not isinstance(node, ast.ClassDef | Function) or node.name.startswith("_"):
                continue
            self.found.append(Found(path, node, ancestry))
            if isinstance(node, ast.ClassDef):
                self.classes[node.name] = node
                self._walk(path, node, [*ancestry, node])

    def explained_above(self, found: Found) -> bool:
        """Whether a base class has this method, and so says what it takes and gives."""
        owner = found.ancestry[-1]
        if not isinstance(owner, ast.ClassDef):
            return False
        return any(
            isinstance(node, Function) and node.name == found.node.name
            for base in self._bases(owner)
            for node in base.body
        )

    def _bases(self, owner: ast.ClassDef) -> Iterator[ast.ClassDef]:
        for base in owner.bases:
            name = base.value if isinstance(base, ast.Subscript) else base
            known = self.classes.get(ast.unparse(name).split(".")[-1])
            if known is not None and known is not owner:
                yield known
                yield from self._bases(known)


def remarks(house: House, config: dict[str, Any], rooms: Iterable[Path]) -> Iterator[str]:
    """Say what is missing, file by file.

    Parameters
    ----------
    house : House
        All that may be a base of anything.
    config : dict
        As numpydoc reads it.
    rooms : iterable of Path
        Folders that are checked.

    Yields
    ------
    str
        File, line, name, code and what is the matter.
    """
    for found in house.found:
        if not any(found.path.is_relative_to(room) for room in rooms):
            continue
        for code, what in [*_numpydoc(found, house, config), *_raises(found, house)]:
            yield f"{found.path}:{found.node.lineno}: {found.name}: {code} {what}"


def _numpydoc(found: Found, house: House, config: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What numpydoc says, as far as it counts here."""
    report = validate(
        found.name, AstValidator, ast_node=found.node, filename=found.path, ancestry=found.ancestry
    )
    once = _kernel(found.node) or _command(found.node) or house.explained_above(found)
    waived = SECTIONS if once or _short(found.node) else set()
    for code, what in report["errors"]:
        if code in config["checks"] and code not in waived:
            yield code, what


def _short(node: ast.ClassDef | Function) -> bool:
    """Whether there is one argument at the most."""
    made = node
    if isinstance(node, ast.ClassDef):
        made = next((one for one in node.body if isinstance(one, Function) and one.name == "__init__"), node)
    if not isinstance(made, Function):
        return True
    args = made.args
    every = [*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg]
    return len([one for one in every if one is not None and one.arg not in ("self", "cls")]) < 2


def _kernel(node: ast.ClassDef | Function) -> bool:
    """Whether it is compiled."""
    return any(isinstance(one, ast.Name) and one.id in KERNELS for one in node.decorator_list)


def _command(node: ast.ClassDef | Function) -> bool:
    """Whether it is a command of the command line."""
    if isinstance(node, ast.ClassDef):
        return False
    taken = [ast.unparse(one.annotation) for one in node.args.args if one.annotation is not None]
    return taken == ["argparse.Namespace", "Rules", "Speaker"]


def _raises(found: Found, house: House) -> Iterator[tuple[str, str]]:
    """What it raises itself and does not say; errors of Python and of ours are no part of a contract."""
    if isinstance(found.node, ast.ClassDef) or house.explained_above(found):
        return
    told = (ast.get_docstring(found.node) or "").partition("\nRaises\n------\n")[2]
    for name in sorted(_raised(found.node)):
        if not hasattr(builtins, name) and name not in told:
            yield "RS01", f"Raises {name}, and no section says so"


def _raised(node: ast.AST) -> set[str]:
    """Return the names of what is raised here, not in functions within."""
    names = set()
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Raise) and isinstance(child.exc, ast.Call):
            name = ast.unparse(child.exc.func).split(".")[-1]
            if name[:1].isupper():
                names.add(name)
        if not isinstance(child, Function | ast.Lambda | ast.ClassDef):
            names |= _raised(child)
    return names


ROOMS = (
    *("services", "library", "cli", "reporting", "forecast", "handouts", "infeasibility", "replanning"),
    *("edit", "planning", "plans", "exports", "audit", "jobs", "engines", "rules", "rosters", "model"),
    "files",
)  # which are held to it


def main(named: list[str]) -> int:
    """Check the folders that are named, or every room that is held to it; say how many remarks there are."""
    rooms = named or [f"planner/{room}" for room in ROOMS]
    house = House()
    for path in sorted(Path("planner").rglob("*.py")):
        house.read(path)
    said = list(remarks(house, parse_config("."), [Path(room) for room in rooms]))
    print("\n".join([*said, f"{len(said)} remarks about docstrings"]))
    return int(bool(said))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
