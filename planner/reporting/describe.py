"""How a run is told, while it goes and when it is done: the same on the page and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.audit.proven import whole
from planner.engines.common.watch import Progress
from planner.infeasibility.conflict import Explained
from planner.model.no_plan import NoPlan
from planner.model.replan_options import ReplanOptions
from planner.model.reports import Finding, Outcome, Status
from planner.model.text import Message, message, plural_message

_MOVES = message("Looking for the fewest moves")
STAGES: Mapping[str, Message] = {
    "start": message("Getting ready"),
    "feasibility": message("Looking for any plan that meets every required rule"),
    "moves": _MOVES,
    "stages": _MOVES,
    "cost": _MOVES,
    "conflict": message("Looking for what is in the way"),
    "ways": message("Working out solutions"),
    "bounds": message("Working out how well each rule could be met"),
    "prices": message("Working out where rules get in each other's way"),
    "refresh": message("Looking for a refresh in which as many pairs as possible meet for the first time"),
    "rounds": message("Looking for groups in which everyone meets new people"),
    "forecast": message("Simulating one term after another"),
    "roles": message("Sharing out the roles"),
    "done": message("Ready"),
}


def stage(now: Progress) -> Message:
    """Return what a run is doing."""
    if now.stage in STAGES:
        return STAGES[now.stage]
    if now.violation > 0:
        return message("Looking for groups that meet every required rule")
    if now.stage == "proof":
        return message("Working out how good it can be")
    if now.stage == "polish":
        return message("Improving a few groups at a time")
    return message("Every required rule is met; looking for better groups")


def verdict(outcome: Outcome, groups: int) -> Message:
    """Return how good a plan of so many groups is, no more than is proven.

    Parameters
    ----------
    outcome : Outcome
    groups : int
        How many groups the plan has.

    Returns
    -------
    Message
    """
    if outcome.status is Status.OPTIMAL and outcome.moves is not None:
        return message(
            "Proven: with this number of moves, nothing gets better without making something more important "
            "worse."
        )
    if outcome.status in (Status.OPTIMAL, Status.BROKEN):
        return whole(outcome, groups)
    if outcome.status is Status.INFEASIBLE:
        return message("No plan can meet every required rule.")
    if outcome.moves is None:
        return _first(outcome, groups)
    if outcome.cut_short:
        return message(
            "Every required rule is met. The calculation ended early: this is the best plan found; there "
            "may be a better one."
        )
    return message("Every required rule is met. It has not been proven yet that no plan can be better.")


def _first(outcome: Outcome, groups: int) -> Message:
    proof = whole(outcome, groups)
    if outcome.cut_short:
        return message(
            "Every required rule is met. The calculation ended early: this is the best plan found. {proof}",
            proof=proof,
        )
    return message("Every required rule is met. {proof}", proof=proof)


def moves(outcome: Outcome, asked: Message | None = None) -> Message:
    """Return how many students move, and how few it could be as long as what was asked stays so.

    Parameters
    ----------
    outcome : Outcome
        Of a rerun.
    asked : Message, optional
        What was asked of groups and students.

    Returns
    -------
    Message
    """
    count = _moves(outcome)
    if asked is None or not outcome.moves:
        return count
    return message("{moves} This holds for your requests: {asked}.", moves=count, asked=asked)


def _moves(outcome: Outcome) -> Message:
    count, fewest = outcome.moves or 0, outcome.moves_bound or 0
    if count == 0:
        return message("Nobody has to move.")
    if count <= fewest:
        return plural_message(
            "One student moves. No plan needs fewer moves (proven).",
            "{n} students move. No plan needs fewer moves (proven).",
            count,
        )
    if any(stage.name == "moves" and stage.proven for stage in outcome.stages):
        # Extra moves were asked for, and the fewest is known.
        if fewest == 0:
            return plural_message(
                "One student moves, for better groups; nobody has to.",
                "{n} students move, for better groups; nobody has to.",
                count,
            )
        return plural_message(
            "One student moves.",
            "{n} students move; {fewest} would do, the others make the groups better.",
            count,
            fewest=fewest,
        )
    return plural_message(
        "One student moves; it is not proven that anyone has to.",
        "{n} students move; it is proven that at least {fewest} have to.",
        count,
        fewest=fewest,
    )


def placed_finding(finding: Finding) -> Message:
    """Return a finding with its group before it."""
    if finding.group is None:
        return finding.message
    return message("{group}: {finding}", group=finding.group, finding=finding.message)


def no_plan(error: NoPlan, asked: Message | None = None, why: Explained[Any] | None = None) -> Message:
    """Return in a sentence whether there can be a plan, never more than is proven, and never less.

    Parameters
    ----------
    error : NoPlan
    asked : Message, optional
        What was asked of groups and students.
    why : Explained, optional
        What is in the way, once that is known: its proof is one that there is no plan.

    Returns
    -------
    Message
    """
    conflict = None if why is None else why.conflict
    proven = error.proven or conflict is not None
    by_rules = bool(error.problems) or (conflict is not None and not conflict.with_options)
    if proven and asked is not None and not by_rules:
        return message("With these requests, no plan can meet every required rule: {asked}.", asked=asked)
    if proven:
        return message("No plan can meet every required rule.")
    if error.cut_short:
        return message(
            "No plan that meets every required rule was found in the time allowed. There may still be one."
        )
    return message("No plan that meets every required rule was found. There may still be one.")


def closest(error: NoPlan) -> tuple[Message, ...]:
    """Return what the closest attempt still breaks, line by line."""
    return tuple(
        message("{rule} – {finding}", rule=report.title, finding=placed_finding(finding))
        for report in error.broken
        for finding in report.findings
        if finding.units
    )


def group_count(groups: int) -> Message:
    """Return the number of groups."""
    return plural_message("One group", "{n} groups", groups)


def asked(options: ReplanOptions, names: Mapping[str, str]) -> Message | None:
    """Return what was asked that could stand in the way of fewer moves; None where nothing was.

    Parameters
    ----------
    options : ReplanOptions
    names : mapping
        Names of students by id.

    Returns
    -------
    Message or None
    """
    if not options.bind:
        return None
    return message("{options}", options=options.describe(names))
