"""How stable groups will be when some students leave, for several group sizes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from planner.forecast.intervals import FEWEST, Interval
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
from planner.library import arguments
from planner.library.group_plan import GroupPlan
from planner.library.html import paragraph, table
from planner.library.running import Show, run_here
from planner.model.domain import Roster
from planner.model.text import Language, Message, message
from planner.reporting.forecast import allowed, basis, name, refused, shown_number, shown_share, verdict
from planner.services.forecast import ForecastPart, scenario_of
from planner.services.forecast import forecast as live_through

if TYPE_CHECKING:
    import altair as alt

FIGURES = ("moved", "touched", "kept", "no_moves", "stuck")


@dataclass(frozen=True)
class TermForecast:
    """What became of a plan, and of other group sizes, in many simulated terms.

    Attributes
    ----------
    rows : tuple of OptionResult
        The plan first, then the other choices, each with every term.
    language : {"nl", "en"}

    Examples
    --------
    >>> import pandas as pd
    >>> import planner
    >>> frame = pd.DataFrame({"Student number": range(1001, 1013), "Name": list("ABCDEFGHIJKL")})
    >>> plan = planner.plan(planner.Roster.from_frame(frame), planner.Rules(language="en"), effort="quick")
    >>> found = planner.forecast(plan, terms=30, sizes=[])
    >>> found.table["option"].tolist()
    ['This plan']
    """

    rows: tuple[OptionResult, ...]
    language: Language

    def __repr__(self) -> str:
        """Say it in a line."""
        return f"<TermForecast: {self.verdict}>"

    @cached_property
    def options(self) -> tuple[OptionSummary, ...]:
        """The figures of every choice that has a plan, with their intervals."""
        return option_summaries(self.rows)

    @cached_property
    def table(self) -> pd.DataFrame:
        """A row for each choice; next to each figure its 95% limits, such as ``moved_low``, ``moved_high``.

        ``moved`` and ``touched`` are students who have to move and groups touched, on average in a
        term; ``kept``, ``no_moves`` and ``stuck`` shares from 0 to 1: of existing pairs that stay
        together, of terms in which nobody has to move, and of terms without a plan at some moment.
        ``against`` is how many more move than with the plan in the same terms.
        """
        return pd.DataFrame([self._figures(one) for one in self.options])

    @property
    def verdict(self) -> str:
        """Which choice gives the calmest term, no more than the terms show."""
        return verdict(self.options, planned=True).text(self.language)

    @property
    def refused(self) -> tuple[str, ...]:
        """Why a choice has no figures."""
        there = [one.row for one in self.options]
        return tuple(refused(row, planned=True).text(self.language) for row in self.rows if row not in there)

    def plot(self) -> alt.LayerChart | alt.FacetChart:
        """Draw the students who have to move, with their 95% limits; needs Altair.

        Examples
        --------
        >>> import planner
        >>> planner.TermForecast((), "en").plot().to_dict()["layer"][0]["mark"]["type"]
        'rule'
        """
        import altair as alt

        moves, choice = message("Students who have to move"), message("Choice")
        columns = ["option", "moved", "moved_low", "moved_high"]
        frame = pd.DataFrame([self._figures(one) for one in self.options], columns=columns)
        here = alt.Chart(frame).encode(
            y=alt.Y("option:N", sort=None, title=choice.text(self.language)),
            tooltip=[f"{column}:{'N' if column == 'option' else 'Q'}" for column in columns],
        )
        limits = here.mark_rule(strokeWidth=2).encode(
            x=alt.X("moved_low:Q", title=moves.text(self.language)), x2="moved_high:Q"
        )
        return alt.layer(limits, here.mark_point(filled=True, size=80).encode(x="moved:Q"))

    def _figures(self, one: OptionSummary) -> dict[str, object]:
        smallest, largest = one.row.allowed
        told: dict[str, object] = {
            "option": name(one.row.option, planned=True).text(self.language),
            "groups": one.row.groups,
            "smallest": smallest,
            "largest": largest,
        }
        for figure in FIGURES:
            told |= _limits(figure, getattr(one, figure))
        return told | _limits("against", one.against)

    def _repr_html_(self) -> str:
        headings = (
            message("Choice"),
            message("Groups"),
            message("Sizes"),
            message("Students who have to move"),
            message("Existing pairs that stay together"),
            message("Terms in which nobody has to move"),
        )
        rows = [[cell.text(self.language) for cell in _cells(one)] for one in self.options]
        lines = [self.verdict, *self.refused, *self._basis()]
        return table(headings, rows, self.language) + "".join(map(paragraph, lines))

    def _basis(self) -> tuple[str, ...]:
        if not self.options:
            return ()
        outcomes = self.options[0].row.outcomes
        left = sum(fate.left for fate in outcomes) / len(outcomes)
        return (basis(len(outcomes), left).text(self.language),)


def _cells(one: OptionSummary) -> tuple[Message, ...]:
    return (
        name(one.row.option, planned=True),
        message("{size}", size=one.row.groups),
        allowed(one.row),
        shown_number(one.moved),
        shown_share(one.kept),
        shown_share(one.no_moves),
    )


def _limits(figure: str, interval: Interval | None) -> dict[str, object]:
    if interval is None:
        return {figure: None, f"{figure}_low": None, f"{figure}_high": None}
    return {figure: interval.value, f"{figure}_low": interval.low, f"{figure}_high": interval.high}


def forecast(
    plan: GroupPlan,
    dropout: float | Dropout = 0.1,
    *,
    terms: int = TERMS,
    sizes: Iterable[int] | None = None,
    groups: Iterable[int] = (),
    seed: int = 0,
    roster: Roster | None = None,
    progress: Show | None = None,
    time_limit: float | None = None,
) -> TermForecast:
    """Simulate terms in which students leave, with the real reruns, from a plan and from other sizes.

    Parameters
    ----------
    plan : GroupPlan
    dropout : float or Dropout
        Part of the class that leaves; a `Dropout` has rates by the answers in a column.
    terms : int
        Simulated terms for each choice.
    sizes, groups : iterable of int
        Group sizes and numbers of groups to compare with the plan; one that comes to the same is left out.
        Where `sizes` is left out these are 3 to 6, as far as the class has two such groups.
    seed : int
        The same seed, the same dropouts.
    roster : Roster, optional
        The whole class list, where `dropout` is about a column that no rule reads.
    progress : callable, optional
        Called with a `Progress` now and then.
    time_limit : float, optional
        Seconds after which no more terms are simulated.

    Returns
    -------
    TermForecast

    Raises
    ------
    InputError
        Where `dropout` is about a column or an answer that the class list does not have, or has one
        without the other; where a size or a number leaves one group.
    TypeError, ValueError
        Where an argument is not what it takes; its text names the argument.

    Examples
    --------
    >>> import pandas as pd
    >>> import planner
    >>> frame = pd.DataFrame({"Student number": range(1001, 1013), "Name": list("ABCDEFGHIJKL")})
    >>> plan = planner.plan(planner.Roster.from_frame(frame), planner.Rules(language="en"), effort="quick")
    >>> found = planner.forecast(plan, dropout=0.2, terms=30, sizes=[3])
    >>> found.table[["option", "groups"]].to_dict("records")
    [{'option': 'This plan', 'groups': 3}, {'option': 'Groups of 3', 'groups': 4}]
    """
    arguments.is_a("plan", plan, GroupPlan, "a GroupPlan, as planner.plan makes it")
    roster = plan.roster if roster is None else roster
    arguments.roster_and_rules(roster, plan.rules)
    arguments.called(progress)
    time_limit = arguments.seconds("time_limit", time_limit)
    rates = dropout if isinstance(dropout, Dropout) else Dropout(rate=arguments.share("dropout", dropout))
    chosen = sizes_for(len(roster.students)) if sizes is None else arguments.whole_numbers("sizes", sizes)
    counts = arguments.whole_numbers("groups", groups)
    request = ForecastRequest(
        dropout=rates,
        terms=arguments.whole("terms", terms, FEWEST, MOST_TERMS),
        seed=arguments.whole("seed", seed),
        options=(*(Option(size=size) for size in chosen), *(Option(count=count) for count in counts)),
    )
    request.require(roster)
    scenario = scenario_of(plan.rules, roster, plan.previous)
    part = ForecastPart(scenario, request, time_limit=time_limit)
    rows = run_here(lambda run: run(live_through, part), progress)
    return TermForecast(rows, plan.rules.language)
