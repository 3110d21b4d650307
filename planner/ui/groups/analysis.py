"""The tab for who wants to know more: each rule with its proof, what if, another plan beside it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from planner.model.reports import Importance, Outcome, RulePrice, RuleReport, Status
from planner.model.text import Message, message
from planner.plans.course import Course
from planner.reporting import describe as words
from planner.reporting import standing
from planner.rules import IMPORTANCES
from planner.rules.titles import title
from planner.ui.groups import balance, compare, mix, moments, proof_search, summary, what_if
from planner.ui.session.language import bold, number, shown
from planner.ui.shell.parts import ANALYSIS, part
from planner.ui.shell.run_progress import elapsed
from planner.ui.widgets import rule_marks as marks
from planner.ui.widgets import tables
from planner.ui.widgets.folds import fold


@part(ANALYSIS)
def section(course: Course) -> None:
    """Show all that there is to know of a plan."""
    _verdict(course)
    proof_search.section(course)
    _rules(course)
    _prices(course)
    what_if.section()
    compare.section()
    balance.section()
    mix.section()
    moments.section()
    _details(course)


def _verdict(course: Course) -> None:
    outcome, told = course.plan.outcome, words.verdict(course.plan.outcome, len(course.plan.groups))
    if summary.outdated():
        then = message(
            "When these groups were made, with the rules and class list at that time: {verdict}", verdict=told
        )
        st.info(shown(then), icon=":material/history:")
    else:
        verdict(outcome, shown(told))


def verdict(outcome: Outcome, text: str) -> None:
    """Show what is proven of a plan, with a sign that goes with it."""
    if outcome.status is Status.OPTIMAL:
        st.success(text, icon=":material/verified:")
    elif outcome.status is Status.BROKEN:
        st.error(text, icon=":material/back_hand:")
    elif outcome.status is Status.STOPPED:
        st.warning(text, icon=":material/timer_off:")
    else:
        st.info(text, icon=":material/thumb_up:")


def _rules(course: Course) -> None:
    """Show how each rule stands, in words and natural units."""
    st.markdown(bold(message("How well the rules are met")))
    reports = course.plan.outcome.rules
    proven = any(report.proof is not None for report in reports)
    tables.table([_row(course, place, report, proven) for place, report in enumerate(reports)])
    st.caption(
        shown(
            message(
                "The rules on the Rules page, and what counts for every course: a place for everyone, group "
                "sizes, and roles."
            )
        )
    )
    if proven:
        st.caption(
            shown(
                message(
                    "The proof looks at one rule at a time: how well it could be met if, apart from it, "
                    "only the required rules counted."
                )
            )
        )


def _row(course: Course, place: int, report: RuleReport, proven: bool) -> dict[str, str]:
    plan, active = course.plan, course.rules.active()
    rule = active[place - 1] if 0 < place <= len(active) else None
    name = report.title if rule is None else title(rule, course.roster)
    stands = standing.of_rule(plan.outcome, report, standing.sizes_of(plan.groups))
    said = standing.describe(stands, None if rule is None else standing.gain(rule, report, course.roster))
    off = marks.NONE if rule is None or not report.units else shown(rule.natural(report.units, course.roster))
    proof = marks.proof(report, stands)
    return {
        shown(message("Rule")): shown(name),
        shown(message("Importance")): shown(IMPORTANCES[report.importance]),
        shown(message("How well it is met")): marks.SIGNS[stands] + shown(said),
        shown(message("Off by")): off,
        **({shown(message("Proof")): proof} if proven else {}),
    }


def _prices(course: Course) -> None:
    """Show what the rules ask of each other, where that was worked out."""
    prices = _asked(course.plan.outcome.rules)
    if not prices:
        return
    with fold(message("Where rules get in each other's way"), "more_prices", ":material/balance:"):
        st.markdown("\n".join(f"- {shown(price.message)}" for price in prices))
        st.caption(
            shown(
                message(
                    "Each line comes from a plan that was worked out without one rule; there may be an "
                    "even better one."
                )
            )
        )


def _asked(reports: Sequence[RuleReport]) -> list[RulePrice]:
    return [price for report in reports for price in report.prices]


def _details(course: Course) -> None:
    """Show the figures that the search works with."""
    more = fold(message("Details"), "more_details", ":material/functions:")
    if not more.open:
        return
    outcome = course.plan.outcome
    with more:
        lines = [
            message(
                "Penalty: {cost}. It says how far all rules together are from perfect; lower is better.",
                cost=outcome.cost,
            ),
            *_bound(outcome),
            *_time(outcome),
        ]
        st.markdown(" ".join(map(shown, lines)))
        tables.table([_penalty(course, place, one) for place, one in enumerate(outcome.rules) if one.cost])


def _bound(outcome: Outcome) -> list[Message]:
    """Say below what no plan can go; that none is below 0 goes without saying."""
    if outcome.bound <= 0:
        return []
    return [message("With this many groups, no plan can go below {bound}.", bound=outcome.bound)]


def _time(outcome: Outcome) -> list[Message]:
    """Say how long the search took, where that is long enough to tell."""
    if outcome.seconds is None:
        return []
    if outcome.seconds < 1:
        return [message("The plan was found in less than a second.")]
    return [message("The search took {time}.", time=elapsed(outcome.seconds))]


def _penalty(course: Course, place: int, report: RuleReport) -> dict[str, str]:
    active = course.rules.active()
    name = title(active[place - 1], course.roster) if 0 < place <= len(active) else report.title
    must = report.importance is Importance.MUST
    return {
        shown(message("Rule")): shown(name),
        shown(message("Penalty")): marks.NONE if must else number(report.cost),
    }
