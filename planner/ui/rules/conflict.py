"""What is in the way of a plan: looked for in another process, shown with its ways out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from planner.infeasibility.conflict import WAYS_OUT, Explanation, RuleConflict
from planner.infeasibility.infeasible_replan import InfeasibleReplan, Remedy
from planner.infeasibility.rule_relaxation import RuleRelaxation
from planner.model.domain import Roster
from planner.model.no_plan import NoPlan
from planner.model.text import message
from planner.planning.counting import IMPOSSIBLE
from planner.reporting import describe as words
from planner.rules import Rules
from planner.ui.session import work
from planner.ui.session.conflict_state import Inquiry, why
from planner.ui.session.language import badge, shown
from planner.ui.session.state import Session, session
from planner.ui.shell import plan_bar
from planner.ui.shell.run_progress import elapsed
from planner.ui.widgets.boundary import event, guarded


def offer(now: Session, rules: Rules | None) -> None:
    """Offer to look for ways out where counting shows that the rules cannot hold."""
    if rules is None or now.roster is None:
        return
    kept = why()
    if _impossible(now, rules):
        if kept.inquiry is None and not kept.fits(rules, now.roster):
            st.button(
                shown(message("What would help?")),
                key="find_ways",
                icon=":material/lightbulb:",
                on_click=_look,
                args=(rules,),
            )
        _show(now, rules)
    elif kept.applied is not None and _untried(now, rules, kept.applied):
        _applied(now, rules, kept.applied)


def _untried(now: Session, rules: Rules, way: RuleRelaxation) -> bool:
    """Whether the rules are still those of a way out, and no plan was made with them yet."""
    same = (rules.rule, rules.groups) == (way.rules.rule, way.rules.groups)
    return same and (now.course is None or now.outdated(rules))


def _impossible(now: Session, rules: Rules) -> bool:
    return any(problem.code in IMPOSSIBLE for problem in now.fit(rules).errors)


def after(now: Session, failure: NoPlan, rules: Rules | None) -> None:
    """Look for what is in the way of a plan that could not be made, and show it.

    Where a plan turns up, it goes on from there.
    """
    kept = why()
    if kept.asked_for is not failure and rules is not None and now.roster is not None:
        kept.asked_for = failure
        kept.begin(work.inquire(now.making.request(rules, now.roster)))
    found = known(now, rules)
    if found is not None and found.groups and rules is not None and now.roster is not None:
        work.start(now, now.making.request(rules, now.roster, found.groups))
        st.rerun()  # the bar shows it
    _show(now, rules)


def known(now: Session, rules: Rules | None) -> Explanation | None:
    """Return what is in the way of the rules on the page, as far as that is known by now."""
    kept = why()
    fits = rules is not None and now.roster is not None and kept.fits(rules, now.roster)
    return kept.explanation if fits else None


@event
def _look(rules: Rules) -> None:
    now = session()
    if now.roster is not None:
        why().begin(work.inquire(now.making.request(rules, now.roster)))


def _show(now: Session, rules: Rules | None) -> None:
    kept = why()
    if kept.inquiry is not None:
        _under_way()
    elif kept.explanation is not None and rules is not None and now.roster is not None:
        if kept.fits(rules, now.roster):
            proven = _impossible(now, rules) or (
                isinstance(now.making.failure, NoPlan) and now.making.failure.proven
            )
            explained(kept.explanation, now.roster, "", _apply, proven=proven)
        else:
            st.caption(
                shown(
                    message(
                        "You have changed the rules since then. Make the groups to see whether it works now."
                    )
                )
            )


@st.fragment(run_every=0.5)
@guarded
def _under_way() -> None:
    kept = why()
    inquiry = kept.inquiry
    if inquiry is None:
        return
    if inquiry.job.done():
        kept.collect()
        st.rerun()
    bar(inquiry, "why")


def bar(inquiry: Inquiry, key: str) -> None:
    """Show how far a search for what is in the way is, with a button that stops it."""
    at = inquiry.look()
    with st.container(horizontal=True, vertical_alignment="center", border=True, key=f"{key}_bar"):
        stage = message("Looking for what is in the way") if at.stage == "start" else words.stage(at)
        text = message("{stage} · {time}", stage=inquiry.standing(stage), time=elapsed(inquiry.seconds))
        st.progress(min(1.0, max(0.0, at.done)), text=shown(text))
        st.button(
            shown(message("Stop")),
            key=f"stop_{key}",
            icon=":material/stop_circle:",
            on_click=_stop,
            args=(inquiry,),
            disabled=inquiry.stopping,
        )


@event
def _stop(inquiry: Inquiry) -> None:
    inquiry.job.stop()


def explained(
    explanation: Explanation | InfeasibleReplan,
    roster: Roster,
    key: str,
    apply: Callable[..., None],
    *,
    proven: bool,
) -> None:
    """Show what is in the way, and the ways out.

    Parameters
    ----------
    explanation : Explanation or InfeasibleReplan
    roster : Roster
    key : str
        Stands before the keys of the buttons.
    apply : callable
        Takes the way out whose button is pressed.
    proven : bool
        Whether it is known otherwise that there is no plan.
    """
    with st.container(border=True, key=f"{key}conflict"):
        st.subheader(shown(message("What is in the way")), anchor="conflict")
        sign = ":material/help:" if explanation.conflict is None else ":material/verified:"
        st.markdown(f"{sign} {shown(explanation.headline(proven=proven))}")
        if explanation.conflict is not None:
            _rules(explanation.conflict, roster)
        _ways(explanation.ways, key, apply)


def _rules(conflict: RuleConflict, roster: Roster) -> None:
    st.markdown("\n".join(f"- **{shown(rule)}**" for rule in conflict.rules))
    about = conflict.about(roster)
    if about is not None:
        st.markdown(f":material/group: {shown(about)}")


def _ways(ways: Sequence[RuleRelaxation | Remedy], key: str, apply: Callable[..., None]) -> None:
    if not ways:
        return
    st.markdown(f"**{shown(WAYS_OUT)}**")
    for place, way in enumerate(ways):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/subdirectory_arrow_right: {shown(way.message)}", width="stretch")
            if way.answers:
                st.markdown(badge("gray", ":material/forum:", message("ask first")), width="content")
            else:
                st.button(
                    shown(message("Do this")),
                    key=f"{key}way_{place}",
                    icon=":material/check:",
                    on_click=apply,
                    args=(way,),
                )


@event
def _apply(way: RuleRelaxation) -> None:
    now, kept = session(), why()
    now.rules.draft = kept.applied_to(now.rules.draft, way)
    now.making.failure = None


def _applied(now: Session, rules: Rules, way: RuleRelaxation) -> None:
    st.success(
        shown(way.done or way.message), title=shown(message("Changed in the rules")), icon=":material/check:"
    )
    if now.course is not None:
        return  # the bar offers what moves the fewest
    pressed = st.button(
        shown(message("Make the groups now")), key="plan_again", type="primary", icon=":material/diversity_3:"
    )
    if pressed:
        plan_bar.begin(now, rules)
