"""Whatever a file says: it is used, or refused in plain words (``benchmarks/fuzz.py`` tries far more)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.fuzz.inputs import KINDS
from tests.fuzz.uses import USES


@pytest.mark.parametrize("kind", KINDS)
def test_no_file_gets_a_traceback(kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp(kind)

    @settings(max_examples=60)
    @given(KINDS[kind]())
    def use(content: bytes) -> None:
        here: Path = folder / "one"
        shutil.rmtree(here, ignore_errors=True)
        here.mkdir()
        USES[kind](content, here)

    use()


def test_files_that_are_right_are_used(tmp_path: Path) -> None:
    """So that the files above are damaged ones, and not files that were never any good."""
    from tests.fuzz import inputs

    whole = {
        "rules": inputs.RULES.encode(),
        "plans": inputs.write_course(inputs.course()),
        "courses": inputs.archive(),
        "lists": inputs.CLASS,
        "workbooks": inputs.xlsx(inputs.rows()),
    }
    for kind, content in whole.items():
        (tmp_path / kind).mkdir()
        assert (kind, USES[kind](content, tmp_path / kind)) == (kind, 0)
