"""A forecast in Python is that of the command line."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

import planner
from planner.cli import forecast as command
from planner.engines.common.watch import Watch
from planner.forecast.scenarios import ForecastRequest, OptionResult, Scenario, sizes_for
from planner.forecast.simulation import merged
from planner.services.forecast import ForecastPart
from planner.services.forecast import forecast as live_through
from tests.builders.commands import run

ROOT = Path(__file__).parents[2]
CLASS, RULES = ROOT / "data" / "klas-28.csv", ROOT / "data" / "regels-28.toml"
Parts = tuple[OptionResult, ...]
TERMS = 10


@pytest.fixture(scope="module")
def plan() -> planner.GroupPlan:
    return planner.plan(planner.read_class_list(CLASS), planner.read_rules(RULES), effort="quick")


@pytest.fixture(scope="module")
def found(plan: planner.GroupPlan) -> planner.TermForecast:
    return planner.forecast(plan, dropout=0.15, terms=TERMS, sizes=[5], groups=[8], seed=3)


def test_the_verdict_is_that_of_the_command_line(
    plan: planner.GroupPlan,
    found: planner.TermForecast,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def in_parts(pool: object, scenario: Scenario, request: ForecastRequest) -> Parts:
        """What two workers would do."""
        parts = [ForecastPart(scenario, request, part, 2) for part in range(2)]
        return merged([live_through(one, watch=Watch()) for one in parts])

    monkeypatch.setattr(command, "new_pool", lambda: SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(command, "start_forecast", in_parts)
    monkeypatch.setattr(command, "watched", lambda rows, speaker: rows)
    folder = plan.save(tmp_path)
    asked = ("--dropout", 0.15, "--terms", TERMS, "--sizes", 5, "--groups", 8, "--seed", 3)
    assert run("forecast", CLASS, "--rules", RULES, "--plan", folder, *asked) == 0
    said = capsys.readouterr().out
    assert found.verdict in said
    assert all(line in said for line in found.refused)


def test_the_table_has_a_row_for_each_choice_with_its_limits(found: planner.TermForecast) -> None:
    assert found.table["option"].tolist() == ["Dit plan", "Groepen van 5", "8 groepen"]
    for figure in ("moved", "touched", "kept", "no_moves", "stuck"):
        assert (found.table[f"{figure}_low"] <= found.table[figure]).all()
        assert (found.table[figure] <= found.table[f"{figure}_high"]).all()
    assert found.table["against"].isna().tolist() == [True, False, False]


def test_it_can_be_drawn(found: planner.TermForecast) -> None:
    drawn = found.plot().to_dict()
    assert [layer["mark"]["type"] for layer in drawn["layer"]] == ["rule", "point"]
    (data,) = drawn["datasets"].values()
    assert [row["moved"] for row in data] == found.table["moved"].tolist()


def test_rates_by_an_answer_need_a_column_that_is_there(plan: planner.GroupPlan) -> None:
    rates = planner.Dropout(rate=0.1, column="Werkt partime", rates={"ja": 0.3})
    with pytest.raises(planner.InputError, match="Did you mean “Werkt parttime”"):
        planner.forecast(plan, rates)


def test_what_leaves_one_group_is_not_compared(plan: planner.GroupPlan) -> None:
    """Groups of 99 in a class of 28 were the calmest."""
    with pytest.raises(planner.InputError, match="Groups of 99 cannot be compared"):
        planner.forecast(plan, terms=TERMS, sizes=[99])


@pytest.mark.parametrize(("students", "sizes"), [(28, (3, 4, 5, 6)), (9, (3, 4)), (5, ())])
def test_the_sizes_that_are_compared_by_themselves_fit_the_class(students: int, sizes: tuple[int]) -> None:
    assert sizes_for(students) == sizes
