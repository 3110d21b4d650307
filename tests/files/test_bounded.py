"""Files without an end are read no further than is of use."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from planner.cli import main
from planner.files.bounded import read_at_most
from planner.model.problems import InputError
from planner.services.reading import source
from tests.builders.places import DATA

CLASS_28 = str(DATA / "klas-28.csv")
ZERO = Path("/dev/zero")
needs_zero = pytest.mark.skipif(sys.platform == "win32", reason="there is no /dev/zero on Windows")


def test_one_byte_more_tells_that_there_is_more(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    assert read_at_most(file, 5) == b"12345"
    assert read_at_most(file, 3) == b"1234"


@needs_zero
def test_a_class_list_without_an_end_is_refused() -> None:
    """Its size is said to be nothing; it once filled all memory."""
    with pytest.raises(InputError) as error:
        source(ZERO)
    assert [problem.code for problem in error.value.problems] == ["too-large"]


@needs_zero
@pytest.mark.parametrize(
    "arguments",
    [["check", ZERO], ["check", CLASS_28, "--rules", ZERO], ["audit", CLASS_28, ZERO]],
)
def test_no_command_reads_on_for_ever(arguments: list[object], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(argument) for argument in arguments]) == 2
    assert "zero: Dit bestand is te groot" in capsys.readouterr().err
