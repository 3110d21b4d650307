"""How fast terms are lived through, and what `steady` brings on the sample cohort.

``python -m benchmarks.forecast speed`` measures the comparison of group sizes for 120
students on two workers; ``steady`` compares the plan with and without the rule, term by
term with the same dropouts; ``penalty_weight`` compares repairs with and without the stages that
the forecast leaves out.
"""

from __future__ import annotations

import argparse
import time

from benchmarks.samples import DATA
from planner.engines.common.watch import Watch
from planner.forecast import simulation as module
from planner.forecast.intervals import Interval
from planner.forecast.scenarios import (
    AS_ASKED,
    Dropout,
    ForecastRequest,
    OptionResult,
    Scenario,
)
from planner.forecast.simulation import simulate
from planner.forecast.summary import more_moves, option_summaries
from planner.model.reports import Importance
from planner.planning.formation import form
from planner.replanning.previous_assignment import PreviousAssignment
from planner.reporting.forecast import shown_number, shown_share
from planner.rosters import SourceFile, read_class_list
from planner.rules import Rules, read_rules
from planner.rules.steady import Steady
from planner.services.forecast import start_forecast
from planner.services.running import new_pool


def cohort() -> Scenario:
    """Return the sample cohort with its rules."""
    listed = SourceFile("cohort-120.csv", (DATA / "cohort-120.csv").read_bytes())
    return Scenario(read_rules((DATA / "rules-120.toml").read_bytes()), read_class_list(listed).require())


def speed(terms: int) -> None:
    """Compare the sizes on two workers, and the plan alone."""
    for options in (ForecastRequest().options, ()):
        workers = new_pool(2)
        started = time.perf_counter()
        rows = start_forecast(workers, cohort(), ForecastRequest(terms=terms, options=options)).result()
        seconds = time.perf_counter() - started
        workers.close()
        lived = sum(len(row.outcomes) for row in rows)
        print(f"{len(rows)} plans, {lived} terms in {seconds:.0f} s: {60 * lived / seconds:.0f} a minute")
        _print(rows)


def steady(terms: int, rate: float) -> None:
    """Compare the plan with and without the rule."""
    start = cohort()
    ask = ForecastRequest(dropout=Dropout(rate=rate), terms=terms, options=())
    rows = []
    for importance in (None, Importance.NICE, Importance.IMPORTANT):
        rules = start.rules if importance is None else _with(start.rules, Steady(importance=importance))
        plan = form(rules, start.roster, effort="quick")
        sure = Steady().beside(rules.active())
        unsteady = sure.report(start.roster, plan.groups).units
        begun = Scenario(rules, start.roster, PreviousAssignment(plan.groups))
        (row,) = simulate(begun, ask, watch=Watch())
        print(f"steady {importance}: {unsteady} students whose leaving breaks a must rule", flush=True)
        _print([row])
        rows.append(row)
    for row in rows[1:]:
        print("   less than without, per term:", _text(more_moves(row, rows[0])))


def lean(terms: int) -> None:
    """Compare with repairs that have every rule and every stage but the roles."""
    ask = ForecastRequest(terms=terms, options=())
    rows = []
    for keep in (module._lean, lambda rules: rules):
        module._lean = keep
        started = time.process_time()
        (row,) = simulate(cohort(), ask, watch=Watch())
        print(f"{time.process_time() - started:.0f} s of work")
        _print([row])
        rows.append(row)
    print("   difference, per term:", _text(more_moves(rows[1], rows[0])))


def _with(rules: Rules, rule: Steady) -> Rules:
    return rules.model_copy(update={"rule": (*rules.rule, rule)})


def _text(interval: Interval) -> str:
    return f"{interval.value:.2f} ({interval.low:.2f} to {interval.high:.2f})"


def _print(rows: list[OptionResult] | tuple[OptionResult, ...]) -> None:
    for figure in option_summaries(rows):
        option = figure.row.option
        called = "as asked" if option == AS_ASKED else f"size {option.size}, count {option.count}"
        told = (
            f"moved {_text(figure.moved)}",
            f"touched {shown_number(figure.touched).text('en')}",
            f"pairs {shown_share(figure.kept).text('en')}",
            f"calm {shown_share(figure.no_moves).text('en')}",
            f"stuck {shown_share(figure.stuck).text('en')}",
        )
        print(f"   {called}: {'; '.join(told)}", flush=True)


def main() -> None:
    """Run one of the measurements."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("speed", "steady", "lean"))
    parser.add_argument("--terms", type=int, default=100)
    parser.add_argument("--dropout", type=float, default=0.1)
    options = parser.parse_args()
    if options.what == "steady":
        steady(options.terms, options.dropout)
    else:
        {"speed": speed, "lean": lean}[options.what](options.terms)


if __name__ == "__main__":
    main()
