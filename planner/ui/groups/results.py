"""The outcome: a run under way, why there is no plan, or the plan and how it stands."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.infeasibility.conflict import Explanation
from planner.infeasibility.infeasible_replan import InfeasibleReplan
from planner.jobs.pool import JobLost
from planner.model.domain import (
    Importance,
    Outcome,
    RulePrice,
    RuleReport,
    Status,
)
from planner.model.no_plan import NoPlan
from planner.model.problems import InputError
from planner.model.text import Message, message, plural_message
from planner.plans.course import Course
from planner.reporting import describe as words
from planner.rules import IMPORTANCES, Rules
from planner.rules.size import sizes
from planner.rules.titles import title
from planner.ui.groups import (
    balance,
    broken,
    compare,
    cost_chart,
    edit,
    groups,
    mix,
    moments,
    plan_before,
    what_if,
)
from planner.ui.groups import (
    groups_aside as aside_section,
)
from planner.ui.rules import conflict as why
from planner.ui.session import work
from planner.ui.session.language import number, shown, translated
from planner.ui.session.state import Session, session
from planner.ui.shell.parts import (
    COST,
    PRICES,
    RULES,
    STANDING,
    STUDENTS,
    part,
)
from planner.ui.shell.plan_bar import elapsed
from planner.ui.widgets import (
    boundary,
    lost,
    problem_list,
    tables,
)
from planner.ui.widgets import (
    rule_marks as marks,
)
from planner.ui.widgets.boundary import guarded
from planner.ui.widgets.folds import fold

LIVE = 1.0  # seconds between two pictures of a run under way
MOST_LINES = 12  # of what the closest attempt still breaks


def section(now: Session, rules: Rules | None) -> None:
    """Show the run, the failure or the plan, whichever there is."""
    if now.making.run is None and now.making.failure is None:
        why.offer(now, rules)
    if now.making.run is None and now.making.failure is None and now.course is None:
        return
    if now.making.run is not None:
        st.fragment(_live, run_every=work.pace(LIVE))()
        return
    if now.making.failure is not None:
        place = failed(
            now.making.failure,
            message("Make a rule less strict, or allow other group sizes, and try again."),
            known=why.known(now, rules),
        )
        if isinstance(now.making.failure, NoPlan):
            with place:
                why.after(now, now.making.failure, rules)
    if now.course is not None:
        if now.making.failure is not None:
            st.caption(shown(message("Below are the groups that were made before.")))
        elif now.in_use is None and now.outdated(rules):
            st.warning(
                shown(
                    message(
                        "The rules or the class list have changed since then. Replan to bring the groups "
                        "up to date: only students who have to will move."
                    )
                ),
                icon=":material/update:",
            )
        aside_section.show(now)
        plan_before.offer(now)
        _plan(now.course)


@guarded
def _live() -> None:
    run = session().making.run
    if run is None:
        return
    run.look()
    stays = message("Your groups stay as they are until you have seen how many students would move.")
    yours = message("You can stop at any time; the best plan so far is yours.")
    st.caption(shown(yours if session().course is None else stays))
    cost_chart.show(run.history)


def failed(
    failure: Exception,
    hint: Message,
    asked: Message | None = None,
    known: Explanation | InfeasibleReplan | None = None,
) -> DeltaGenerator:
    """Say why there is no plan, and what can be done; return a place for more about it.

    Parameters
    ----------
    failure : Exception
    hint : Message
    asked : Message, optional
        What was asked of groups and students.
    known : Explanation or InfeasibleReplan, optional
        What is in the way, where that is known by now.
    """
    place = st.container()
    if isinstance(failure, NoPlan):
        with place:
            st.error(
                shown(hint),
                title=shown(words.no_plan(failure, asked, known)),
                icon=":material/block:",
            )
        problem_list.errors(failure.problems)
        lines = words.closest(failure)
        if lines:
            st.markdown(shown(message("In the closest attempt, these were not met yet:")))
            st.markdown("\n".join(f"- {shown(line)}" for line in lines[:MOST_LINES]))
            problem_list.more(len(lines) - MOST_LINES)
    elif isinstance(failure, InputError):
        problem_list.errors(failure.problems)
    elif isinstance(failure, JobLost):
        with place:
            lost.show(failure)
    else:
        boundary.trouble()
    return place


def _plan(course: Course) -> None:
    _standing(course)
    edit.section(course)
    groups.section()
    what_if.section()
    compare.section()
    balance.section()
    mix.section()
    moments.section()


def _standing(course: Course) -> None:
    """Show what is proven of the plan, and how every rule stands."""
    _verdict()
    _figures(course)
    _rules()
    _prices()


def _of_verdict(course: Course) -> tuple[object, ...]:
    outcome, made = course.plan.outcome, course.plan.groups
    broken = [report for report in outcome.rules if report.broken]
    then, later = _outdated(), course.plan.later if broken else ()
    return outcome.status, words.verdict(outcome, len(made)), broken, later, then


def _outdated() -> bool:
    now = session()
    return now.outdated(now.rules_now())


@part(STANDING, _of_verdict)
def _verdict(course: Course) -> None:
    outcome, told = course.plan.outcome, words.verdict(course.plan.outcome, len(course.plan.groups))
    if _outdated():
        then = message(
            "When these groups were made, with the rules and class list of then: {verdict}", verdict=told
        )
        st.info(shown(then), icon=":material/history:")
    else:
        verdict(outcome, shown(told))
    broken.show(course)


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


def _figures(course: Course) -> None:
    outcome, made = course.plan.outcome, course.plan.groups
    with st.grid(4, min_column_width=140):
        st.metric(shown(message("Groups")), str(len(made)), border=True)
        _students()
        _cost()
        if outcome.seconds is not None:
            st.metric(shown(message("Search time")), translated(elapsed(outcome.seconds)), border=True)


def _in_a_group(course: Course) -> Message:
    members = [len(group.members) for group in course.plan.groups]
    return sizes(min(members), max(members))


@part(STUDENTS, _in_a_group)
def _students(course: Course) -> None:
    st.metric(shown(message("Students in a group")), translated(_in_a_group(course)), border=True)


@part(COST, lambda course: (course.plan.outcome.cost, course.plan.outcome.bound))
def _cost(course: Course) -> None:
    outcome = course.plan.outcome
    st.metric(
        shown(message("Penalty")),
        str(outcome.cost),
        border=True,
        help=shown(
            message(
                "How far all rules together are from perfect; lower is better. With this many groups, no "
                "plan can go below {bound}.",
                bound=outcome.bound,
            )
        ),
    )


def _of_rules(course: Course) -> tuple[object, ...]:
    reports = course.plan.outcome.rules
    return _label(reports), reports if st.session_state.get("more_standing") else ()


def _label(reports: Sequence[RuleReport]) -> Message:
    """Return how the rules stand in a few words: how many are not met, and how many partly."""
    broken = sum(report.broken for report in reports)
    partly = sum(bool(report.units) for report in reports) - broken
    if broken:
        return plural_message(
            "How well the rules are met: one not, {partly} partly",
            "How well the rules are met: {n} not, {partly} partly",
            broken,
            partly=partly,
        )
    if partly:
        return plural_message(
            "How well the rules are met: one partly", "How well the rules are met: {n} partly", partly
        )
    return message("How well the rules are met: all of them")


@part(RULES, _of_rules)
def _rules(course: Course) -> None:
    """Show how each rule stands, in words."""
    outcome = course.plan.outcome
    more = fold(_label(outcome.rules), "more_standing", ":material/rule:")
    if not more.open:
        return
    with more:
        proven = any(report.proof is not None for report in outcome.rules)
        rows = [_row(course, place, report, proven) for place, report in enumerate(outcome.rules)]
        tables.table(rows)
        if proven:
            st.caption(
                shown(
                    message(
                        "The proof looks at one rule at a time: how good it could be if only the required "
                        "rules counted besides."
                    )
                )
            )


def _asked(course: Course) -> list[RulePrice]:
    return [price for report in course.plan.outcome.rules for price in report.prices]


@part(PRICES, _asked)
def _prices(course: Course) -> None:
    """Show what the rules ask of each other, where that was worked out."""
    prices = _asked(course)
    if not prices:
        return
    more = fold(message("Where rules get in each other's way"), "more_prices", ":material/balance:")
    if not more.open:
        return
    with more:
        st.markdown("\n".join(f"- {shown(price.message)}" for price in prices))
        st.caption(
            shown(
                message(
                    "Each line comes from a plan that was worked out without one rule; "
                    "a still better one may exist."
                )
            )
        )


def _row(course: Course, place: int, report: RuleReport, proven: bool) -> dict[str, str]:
    active = course.rules.active()
    rule = active[place - 1] if 0 < place <= len(active) else None
    name = report.title if rule is None else title(rule, course.roster)
    sign, stands = marks.standing(report)
    proof = marks.proof(report, course.plan.outcome)
    proven_text = marks.NONE if proof is None else proof[0] + shown(proof[1])
    return {
        shown(message("Rule")): shown(name),
        shown(message("Importance")): shown(IMPORTANCES[report.importance]),
        shown(message("How well it is met")): sign + shown(stands),
        **({shown(message("Proof")): proven_text} if proven else {}),
        shown(message("Penalty")): "–" if report.importance is Importance.MUST else number(report.cost),
    }
