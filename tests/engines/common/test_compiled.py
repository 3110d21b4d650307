"""What is compiled is kept on disk until any file that it depends on changes."""

import ast
from pathlib import Path

import pytest

from planner.engines.common import compiled
from planner.engines.local_search import annealing_kernels, price_kernels
from planner.engines.replanning import candidate_kernels

ENGINES = Path(compiled.__file__).parents[1]
DECORATORS = {"loop", "inlined", "making"}


@pytest.fixture(autouse=True)
def _anew() -> None:
    compiled.stamp.cache_clear()


def test_a_kernel_is_as_old_as_the_newest_file_that_it_may_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numba looks at the file of a function alone: half of a search ran as it was before a change."""
    before = {path: compiled.stamp(path) for path in (annealing_kernels.__file__, candidate_kernels.__file__)}
    read = Path.read_bytes
    changed = Path(price_kernels.__file__)
    monkeypatch.setattr(Path, "read_bytes", lambda path: read(path) + b"#" * (path == changed))
    compiled.stamp.cache_clear()
    assert compiled.stamp(annealing_kernels.__file__) != before[annealing_kernels.__file__]
    assert compiled.stamp(candidate_kernels.__file__) == before[candidate_kernels.__file__]


@pytest.mark.parametrize("name", ["compiled.py", "lowering.py", "sum_kernels.py"])
def test_what_all_kernels_share_is_looked_at_for_each(name: str) -> None:
    assert ENGINES / "common" / name in compiled.kernel_files(candidate_kernels.__file__)


def test_the_cache_of_numba_asks_for_that_age() -> None:
    """The one place that reaches into Numba: another version of it may call this by another name."""
    kernel = annealing_kernels.anneal
    assert kernel._cache._cache_file._source_stamp == compiled.stamp(annealing_kernels.__file__)
    path = kernel._cache._cache_file._index_path
    assert Path(path).name.startswith("annealing_kernels.anneal-")


@pytest.mark.parametrize("path", sorted(ENGINES.rglob("*.py")), ids=lambda path: path.name)
def test_kernels_call_no_kernel_that_is_not_looked_at(path: Path) -> None:
    """A file with kernels takes others from its own folder, or from `common`, and from files named so."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if not any(
        isinstance(one, ast.Name) and one.id in DECORATORS
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for one in node.decorator_list
    ):
        return
    looked_at = compiled.kernel_files(str(path))
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("kernels"):
            assert ENGINES.parents[1].joinpath(*str(node.module).split(".")).with_suffix(".py") in looked_at
