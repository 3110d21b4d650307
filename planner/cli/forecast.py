"""The command `forecast`: how stable plans will be when some students leave."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.table import Table

from planner.cli.inputs import list_of, summary
from planner.cli.parsing import WHOLE, NotRead, as_float, whole_number
from planner.cli.running import watched
from planner.cli.speak import Speaker
from planner.cli.terminal import Screen, harmless
from planner.forecast.intervals import FEWEST
from planner.forecast.scenarios import (
    MOST_TERMS,
    TERMS,
    Dropout,
    ForecastRequest,
    Option,
    OptionResult,
    sizes_for,
)
from planner.forecast.summary import OptionSummary, option_summaries
from planner.model.base import MOST_STUDENTS
from planner.model.text import Message, message
from planner.reporting.forecast import allowed, basis, name, refused, shown_number, shown_share, verdict
from planner.rules import Rules
from planner.services.forecast import scenario_of, start_forecast
from planner.services.plan import check_fit
from planner.services.reading import read_previous
from planner.services.running import new_pool


def register(
    actions: argparse._SubParsersAction[argparse.ArgumentParser],
    inputs: Callable[[argparse.ArgumentParser], None],
    whole: Callable[[str], int],
) -> None:
    """Add the command; `inputs` adds the options of a class list, `whole` reads a number.

    Parameters
    ----------
    actions : argparse subparsers
        Takes the commands.
    inputs : callable
        Adds the options of a class list to a parser.
    whole : callable
        Reads a whole number.
    """
    one = actions.add_parser(
        "forecast", help="simulate terms in which students leave, for several group sizes"
    )
    inputs(one)
    one.add_argument(
        "--dropout",
        type=_rate,
        default=0.1,
        metavar="P",
        help="dropout rate: part of the class that leaves; default 0.1",
    )
    one.add_argument("--rate-column", default=None, metavar="HEADING", help="column with rates of its own")
    one.add_argument(
        "--rate",
        type=_rate_of,
        action="append",
        default=[],
        metavar="ANSWER=P",
        help="rate of students with this answer in that column; may be repeated",
    )
    one.add_argument("--plan", type=Path, default=None, metavar="DIR|groups.csv", help="a plan there is")
    one.add_argument(
        "--terms", type=_terms, default=TERMS, metavar="N", help=f"for each size; default {TERMS}"
    )
    one.add_argument("--sizes", type=_numbers, default=None, metavar="3,4,5,6", help="group sizes to compare")
    one.add_argument("--groups", type=_numbers, default=(), metavar="24,30", help="numbers of groups, too")
    one.add_argument("--seed", type=whole, default=0, metavar="N")
    one.set_defaults(run=forecast)


def forecast(options: argparse.Namespace, rules: Rules, speaker: Speaker) -> bool:
    """Say which group size gives the calmest term; True where the plan asked for can be made."""
    reading = list_of(options)
    roster = reading.require()
    assumed = check_fit(rules, roster)
    dropout = Dropout(rate=options.dropout, column=options.rate_column, rates=dict(options.rate))
    sizes = sizes_for(len(roster.students)) if options.sizes is None else options.sizes
    wanted = [*(Option(size=size) for size in sizes), *(Option(count=n) for n in options.groups)]
    ask = ForecastRequest(dropout=dropout, terms=options.terms, seed=options.seed, options=tuple(wanted))
    ask.require(roster)
    previous = None if options.plan is None else read_previous(options.plan)
    scenario = scenario_of(rules, roster, previous, "" if options.plan is None else options.plan.name)
    speaker.say(summary(reading))
    speaker.problems((*reading.problems, *assumed))
    workers = new_pool()
    try:
        rows = watched(start_forecast(workers, scenario, ask), speaker)
    finally:
        workers.close()
    _tell(rows, speaker, planned=previous is not None)
    return bool(rows) and rows[0].groups > 0


def _tell(rows: Sequence[OptionResult], speaker: Speaker, *, planned: bool) -> None:
    found = option_summaries(rows)
    if found:
        outcomes = found[0].row.outcomes
        _table(found, speaker, planned=planned)
        speaker.say(verdict(found, planned=planned))
        speaker.say(basis(len(outcomes), sum(outcome.left for outcome in outcomes) / len(outcomes)))
    for row in rows:
        if row not in [figure.row for figure in found]:
            speaker.say(refused(row, planned=planned))
    if not rows:
        speaker.say(verdict((), planned=planned))


def _table(found: Sequence[OptionSummary], speaker: Speaker, *, planned: bool) -> None:
    """Print a table of words; it keeps its width where the output goes to a file."""
    table = Table(box=None, pad_edge=False)
    headings = (
        message("Choice"),
        message("Groups"),
        message("Sizes"),
        message("Students who have to move"),
        message("Groups affected"),
        message("Existing pairs that stay together"),
        message("Terms in which nobody has to move"),
        message("Terms that at some point had no plan"),
        message("More moves than the first, in the same terms"),
    )
    for heading in headings:
        table.add_column(heading.text(speaker.language), max_width=24)
    for figure in found:
        table.add_row(*(harmless(cell.text(speaker.language)) for cell in _cells(figure, planned=planned)))
    console = Screen()
    console.width = console.width if console.is_terminal else 200
    console.print(table, highlight=False, markup=False)


def _cells(figure: OptionSummary, *, planned: bool) -> tuple[Message, ...]:
    row = figure.row
    return (
        name(row.option, planned=planned),
        message("{size}", size=row.groups),
        allowed(row),
        shown_number(figure.moved),
        shown_number(figure.touched),
        shown_share(figure.kept),
        shown_share(figure.no_moves),
        shown_share(figure.stuck),
        message("–") if figure.against is None else shown_number(figure.against),
    )


def _rate(text: str) -> float:
    rate = as_float(text)
    if not 0 <= rate <= 1:
        raise NotRead(message("a part of the class, from 0 to 1"))
    return rate


def _rate_of(text: str) -> tuple[str, float]:
    answer, _, rate = text.rpartition("=")
    if not answer:
        raise NotRead(message("an answer and a part of the class, such as yes=0.2"))
    return answer, _rate(rate)


def _terms(text: str) -> int:
    terms = int(text) if WHOLE.fullmatch(text) else 0
    if not FEWEST <= terms <= MOST_TERMS:
        raise NotRead(whole_number(FEWEST, MOST_TERMS))
    return terms


def _numbers(text: str) -> tuple[int, ...]:
    numbers = tuple(int(one) if WHOLE.fullmatch(one) else 0 for one in text.split(","))
    if any(not 1 <= number <= MOST_STUDENTS for number in numbers):
        raise NotRead(message("whole numbers from 1 on, such as 3,4,5"))
    return numbers
