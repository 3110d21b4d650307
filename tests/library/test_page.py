"""The lines of docs/library.md, and the notebook beside it, run as they stand."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import planner

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
NOTEBOOK = DOCS / "library.ipynb"
LARGEST = 60_000  # bytes of a notebook with its outputs


def test_the_lines_of_the_page_run_from_top_to_bottom(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {"__name__": "__main__"}
    blocks = BLOCK.findall((DOCS / "library.md").read_text("utf-8"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for block in blocks:
            exec(compile(block, "library.md", "exec"), known)
    assert len(blocks) > 8
    said = capsys.readouterr().out
    assert "class list: There is no column “Studentnumber”. Did you mean “Student number”?" in said
    assert "No plan can meet every required rule." in said
    assert (tmp_path / "plan" / "groups.csv").exists()


def test_the_page_speaks_of_every_function() -> None:
    page = (DOCS / "library.md").read_text("utf-8")
    missing = [name for name in planner.__all__ if name.islower() and f"planner.{name}" not in page]
    assert missing == ["__version__"]


def test_the_notebook_runs() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    NotebookClient(notebook, resources={"metadata": {"path": DOCS.parent}}).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    assert not [output for output in shown if output.output_type == "error"]
    assert any("text/html" in output.get("data", {}) for output in shown)


def test_the_notebook_is_small() -> None:
    assert NOTEBOOK.stat().st_size < LARGEST
