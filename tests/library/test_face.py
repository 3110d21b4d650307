"""What `import planner` gives: light, typed, and the same names whatever was imported before."""

from __future__ import annotations

import ast
import copy
import importlib
import inspect
import pickle
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import planner
from planner import library

ROOT = Path(__file__).parents[2]
HEAVY = ("streamlit", "ortools", "numba", "pandas", "numpy", "pydantic")
# Three quarters of what mypy would read, and no public function takes or gives anything of it.
UNSEEN = ("IPython", "altair", "narwhals", "numba", "sqlalchemy")
SNIPPET = """
import pandas as pd

import planner

frame = pd.DataFrame({"Student number": ["0912345"], "Name": ["Noor"], "Grade": [7.5]})
roster: planner.Roster = planner.Roster.from_frame(frame, id="Student number", name="Name")
rules = planner.Rules(
    groups=planner.GroupSizes(size=(3, 5), prefer=4),
    rules=[
        planner.Balance(column="Grade"),
        planner.Limit(column="Job", value="yes", at_most=2, importance=planner.Importance.MUST),
    ],
)


def told(now: planner.Progress) -> None:
    print(now.done)


try:
    plan = planner.plan(roster, rules, seed=0, progress=told, time_limit=60.0)
except planner.NoPlan as error:
    print(str(error), error.rules, [remedy.rules for remedy in error.remedies])
groups: pd.DataFrame = plan.groups
after: planner.GroupPlan = planner.replan(plan, roster, from_week=3, keep_groups=["Groep 1"])
moves: int | None = after.outcome.moves
holds: bool = planner.audit(roster, rules, groups, previous={"0912345": "A"}).holds
verdict: str = planner.forecast(plan, dropout=0.1).verdict
same: planner.GroupPlan = planner.load(plan.save("folder"))
"""


def python(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_importing_the_package_loads_nothing_but_the_package() -> None:
    """The command line and every worker import it all the time."""
    code = f"import planner, sys; print([one for one in {HEAVY} if one in sys.modules], planner.__version__)"
    assert python(code) == f"[] {planner.__version__}"


def test_the_library_needs_no_streamlit() -> None:
    assert python("import planner, sys; planner.plan; print('streamlit' in sys.modules)") == "False"


def test_no_room_comes_in_by_the_front_door() -> None:
    """A room that took a name from the package itself would load all of it, and hide the arrow."""
    taken = {
        (path.relative_to(ROOT).as_posix(), name.name)
        for path in (ROOT / "planner").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "planner"
        for name in node.names
        if name.name in planner.__all__
    }
    assert {name for _, name in taken} == {"__version__"}


def test_every_name_is_there_and_none_besides() -> None:
    assert set(planner.__all__) == {*library.__all__, "__version__"}
    for name in library.__all__:
        assert getattr(planner, name) is not None
        assert name in dir(planner)
    with pytest.raises(AttributeError, match="no attribute 'plam'"):
        planner.plam  # noqa: B018


@pytest.mark.parametrize("first", ["planner", "planner.audit.stability"])
def test_a_function_that_is_called_like_a_room_can_be_called(first: str) -> None:
    """`planner.audit` is a function of the library and a package of the house."""
    code = (
        f"import {first}, planner, inspect; from planner.audit.plan_audit import moves;"
        "print(callable(planner.audit), callable(planner.forecast));"
        "print([*inspect.signature(planner.audit).parameters][:3])"
    )
    assert python(code) == "True True\n['roster', 'rules', 'groups']"


def test_every_public_function_and_class_says_what_it_does() -> None:
    for name in library.__all__:
        assert inspect.getdoc(getattr(library, name)), name


@pytest.mark.parametrize(
    "name", ["GroupPlan", "GroupingAudit", "TermForecast", "audit", "check", "forecast", "load"]
)
def test_results_and_functions_have_examples(name: str) -> None:
    assert ">>> import planner" in (inspect.getdoc(getattr(library, name)) or "")


def test_a_script_passes_the_strictest_types(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SNIPPET)
    config = tmp_path / "mypy.ini"  # none of the plugins that this house uses
    config.write_text(
        "[mypy]\nstrict = True\nfollow_imports = silent\n"
        f"[mypy-{','.join(f'{one}.*' for one in UNSEEN)}]\nfollow_imports = skip\n"
    )
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--config-file",
            config,
            "--cache-dir",
            ROOT / ".mypy_cache" / "script",
            script,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "script.py" not in done.stdout, done.stdout
    assert "Success" in done.stdout, done.stdout + done.stderr


def test_a_function_of_the_library_goes_to_another_process() -> None:
    """Two of them are packages too, which cannot be pickled."""
    importlib.import_module("planner.audit")
    importlib.import_module("planner.forecast")
    functions = [getattr(planner, name) for name in ("audit", "forecast", "plan", "check")]
    for function in functions:
        assert pickle.loads(pickle.dumps(function)) is function
        assert copy.deepcopy(function) is function
    sent = [pickle.dumps(function) for function in functions]
    load = f"import pickle; print([callable(pickle.loads(one)) for one in {sent!r}])"
    assert python(load) == str([True] * len(functions))


def test_a_warning_comes_back_whole_from_another_process() -> None:
    """It was made anew of its text alone, which failed."""
    frame = pd.DataFrame({"Student number": [1001, 1002, 1002], "Name": ["Noor", "Sem", "Sem"]})
    with pytest.warns(planner.ReadingWarning) as told:
        planner.Roster.from_frame(frame, language="nl")
    for one in told:
        back = pickle.loads(pickle.dumps(one.message))
        assert (str(back), back.problem) == (str(one.message), one.message.problem)
