"""The wheel: all that the package reads is in it, with the app and the samples; facts are written once."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from email import message_from_bytes
from importlib.util import find_spec
from pathlib import Path

import pytest
from streamlit import file_util

import planner
from planner.files import resources

ROOT = Path(__file__).parents[1]
BACKEND = ("hatchling", "hatch_requirements_txt")
BUILD = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
AT_THE_TOP = ("app.py", ".streamlit/config.toml", "data/klas-28.csv", "data/regels-28.toml")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of the wheel."""
    missing = [name for name in BACKEND if find_spec(name) is None]
    if missing:
        reason = f"no wheel can be built without {', '.join(missing)}"
        if os.environ.get("CI", "").lower() == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-c", BUILD, str(folder)], cwd=ROOT, check=True)
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def metadata(wheel: dict[str, bytes]) -> tuple[str, set[str]]:
    name = next(name for name in wheel if name.endswith(".dist-info/METADATA"))
    headers = message_from_bytes(wheel[name])
    return headers["Version"], set(headers.get_all("Requires-Dist") or ())


def test_everything_that_the_package_reads_is_in_the_wheel(wheel):
    listed = subprocess.run(
        ["git", "ls-files", "planner"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    there = listed or [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "planner").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    ]
    assert {name for name in there if (ROOT / name).exists()} <= set(wheel)
    kinds = {Path(name).suffix for name in wheel if name.startswith("planner/")}
    assert {".py", ".typed", ".po", ".css", ".js", ".svg", ".toml", ".typ", ".html"} <= kinds


@pytest.mark.parametrize("name", AT_THE_TOP)
def test_what_stands_at_the_top_is_shipped_as_it_is(wheel, name):
    assert wheel[f"planner/shipped/{name}"] == (ROOT / name).read_bytes()


def test_nothing_else_is_in_the_wheel(wheel):
    assert {name.split("/")[0] for name in wheel} == {"planner", f"hecht-{planner.__version__}.dist-info"}
    assert not [name for name in wheel if "secrets" in name or "__pycache__" in name]


def test_version_and_dependencies_are_those_of_the_one_place(wheel):
    version, needed = metadata(wheel)
    assert version == planner.__version__
    lines = [line.split("#")[0].strip() for line in (ROOT / "requirements.txt").read_text().splitlines()]
    assert needed == {line for line in lines if line}


def test_the_command_is_the_command_line(wheel):
    name = next(name for name in wheel if name.endswith("entry_points.txt"))
    assert b"hecht = planner.cli:main" in wheel[name]


def test_in_the_repository_app_and_data_are_at_the_top():
    assert resources.APP == ROOT / "app.py"
    assert resources.DATA == ROOT / "data"


def test_streamlit_finds_the_settings_beside_the_app_that_it_runs():
    """So they hold for `hecht app` in every folder, and in the wheel, where the two are side by side too."""
    settings = file_util.get_main_script_streamlit_file_path(str(resources.APP), "config.toml")
    assert Path(settings).resolve() == ROOT / ".streamlit" / "config.toml"
