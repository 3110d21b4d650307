"""How a run is told, while it goes and when it is done: the same on the page and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.audit.proven import whole
from planner.engines.common.watch import Progress
from planner.infeasibility.conflict import Explained
from planner.model.domain import (
    Finding,
    Outcome,
    RuleReport,
    StageReport,
    Status,
)
from planner.model.no_plan import NoPlan
from planner.model.replan_options import ReplanOptions
from planner.model.text import Message, message, plural_message

_MOVES = message("Looking for the fewest moves")
STAGES: Mapping[str, Message] = {
    "start": message("Getting ready"),
    "feasibility": message("Looking for any plan that holds every must rule"),
    "moves": _MOVES,
    "stages": _MOVES,
    "cost": _MOVES,
    "conflict": message("Looking for what is in the way"),
    "ways": message("Working out ways out"),
    "bounds": message("Working out how good each rule could be"),
    "prices": message("Working out what the rules ask of each other"),
    "refresh": message("Looking for a refresh in which as many as can be meet"),
    "rounds": message("Looking for groups in which everyone meets new people"),
    "forecast": message("Living through one term after another"),
    "roles": message("Sharing out the roles"),
    "done": message("Ready"),
}


def stage(now: Progress) -> Message:
    """Return what a run is doing, with the cost so far."""
    if now.stage in STAGES:
        return STAGES[now.stage]
    if now.violation > 0:
        return message("Looking for groups that hold every must rule")
    if now.stage == "proof":
        return message(
            "Working out how good it can be (cost {cost}, no plan below {bound})",
            cost=now.cost,
            bound=now.bound,
        )
    if now.stage == "polish":
        return message("Making a few groups at a time as good as can be (cost {cost})", cost=now.cost)
    return message("Every must rule holds; looking for better (cost {cost})", cost=now.cost)


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
            "Proven, step by step: with so few moves a plan is only better in one thing "
            "if it is worse in another that counts for more."
        )
    if outcome.status in (Status.OPTIMAL, Status.BROKEN):
        return whole(outcome, groups)
    if outcome.status is Status.INFEASIBLE:
        return message("No plan can hold every must rule.")
    if outcome.moves is None:
        return _first(outcome, groups)
    if outcome.cut_short:
        return message(
            "Every must rule holds. The run ended early: this is the best plan found, a better one may exist."
        )
    return message("Every must rule holds. No proof yet that no plan can be better.")


def _first(outcome: Outcome, groups: int) -> Message:
    proof = whole(outcome, groups)
    if outcome.cut_short:
        return message(
            "Every must rule holds. The run ended early: this is the best plan found. {proof}", proof=proof
        )
    return message("Every must rule holds. {proof}", proof=proof)


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
    return message("{moves} That is as long as these stay as you asked: {asked}.", moves=count, asked=asked)


def _moves(outcome: Outcome) -> Message:
    count, fewest = outcome.moves or 0, outcome.moves_bound or 0
    if count == 0:
        return message("Nobody has to move.")
    if count <= fewest:
        return plural_message(
            "One student moves. Proven: fewer is not possible.",
            "{n} students move. Proven: fewer is not possible.",
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
            "{n} students move; with {fewest} it could be done, the others make the groups better.",
            count,
            fewest=fewest,
        )
    return plural_message(
        "One student moves; whether none need to is not proven.",
        "{n} students move; at least {fewest} have to, that is proven.",
        count,
        fewest=fewest,
    )


def standing(report: RuleReport) -> Message:
    """Return in a word or two how a rule stands in a plan."""
    if report.broken:
        return message("does not hold")
    if report.units:
        return message("partly met")
    return message("holds")


def is_best(outcome: Outcome) -> bool:
    """Whether it is proven that no plan with as many groups is better, moves left aside."""
    return outcome.status is not Status.BROKEN and outcome.cost <= outcome.bound


def is_closest(report: RuleReport) -> bool:
    """Whether it is proven that a rule cannot be met better in any plan with as many groups."""
    return not report.units or (report.bound is not None and report.units <= report.bound)


def proof(report: RuleReport, outcome: Outcome | None) -> Message | None:
    """Return how good a rule could be, as far as it is proven; None where nothing was asked.

    What a rule could still gain in a plan that is proven best, others would lose.

    Parameters
    ----------
    report : RuleReport
    outcome : Outcome or None
        Of the plan that the report is about.

    Returns
    -------
    Message or None
    """
    if report.proof is None or is_closest(report) or outcome is None or not is_best(outcome):
        return report.proof
    if report.bound is None:
        return message("better only at the cost of other rules")
    return message("{proof}, and closer only at the cost of other rules", proof=report.proof)


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
        return message(
            "No plan can hold every must rule as long as these stay as you asked: {asked}.", asked=asked
        )
    if proven:
        return message("No plan can hold every must rule.")
    if error.cut_short:
        return message(
            "No plan that holds every must rule was found in this time; with more time there may be one."
        )
    return message("No plan that holds every must rule was found; that does not mean there is none.")


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


NONE_OF: Mapping[str, Message] = {
    "moves": message("Nobody moves"),
    "new-groups": message("No new group is needed"),
    "second-moves": message("Who moved before is spared"),
    "newcomers-alone": message("No newcomer is the only one"),
    "groups-lose": message("Nobody moves out of a group"),
    "pairs": message("Nobody is split from who they were with"),
    "strangers": message("Everyone who moves knows somebody"),
    "role-changes": message("Nobody who stays has to give up a role so that all are filled"),
    "groups-receive": message("No group takes anybody in"),
    "cost": message("All rules are perfect"),
}


def reached(stage: StageReport) -> Message:
    """Return what a rerun came to in one of the things that it keeps small, in plain words."""
    if stage.value == 0 and stage.name in NONE_OF:
        return NONE_OF[stage.name]
    return _counted(stage.name, stage.value)


def in_return(first: Outcome, other: Outcome) -> tuple[Message, ...]:
    """Return what another plan with as few moves and a lower cost is worse in: all that counts for more.

    Parameters
    ----------
    first : Outcome
        Of two reruns from the same groups.
    other : Outcome
        Of two reruns from the same groups.

    Returns
    -------
    tuple of Message
    """
    if other.cost >= first.cost or (other.moves or 0) > (first.moves or 0):
        return ()
    values = {stage.name: stage.value for stage in first.stages}
    worse = [stage for stage in other.stages if stage.value > values.get(stage.name, stage.value)]
    return tuple(message("in return: {what}", what=reached(stage)) for stage in worse)


def _counted(name: str, value: int) -> Message:
    counted = {
        "moves": plural_message("One student moves", "{n} students move", value),
        "new-groups": plural_message("One new group", "{n} new groups", value),
        "second-moves": plural_message(
            "One student moves for the second time this term",
            "{n} students move for the second time this term",
            value,
        ),
        "newcomers-alone": plural_message(
            "One newcomer is the only new one in a group",
            "{n} newcomers are each the only new one in a group",
            value,
        ),
        "groups-lose": plural_message(
            "Somebody moves out of one group", "Somebody moves out of {n} groups", value
        ),
        "pairs": plural_message(
            "One week together ends, added up over pairs who are split",
            "{n} weeks together end, added up over pairs who are split",
            value,
        ),
        "strangers": plural_message(
            "One student who moves knows nobody yet", "{n} students who move know nobody yet", value
        ),
        "role-changes": plural_message(
            "One turn has to change for those who stay, so that all roles are filled",
            "{n} turns have to change for those who stay, so that all roles are filled",
            value,
        ),
        "groups-receive": plural_message("Somebody joins one group", "Somebody joins {n} groups", value),
        "cost": message("The cost of all rules together is {cost}", cost=value),
    }
    return counted.get(name, message("{name}: {value}", name=name, value=value))


def sure(stage: StageReport) -> Message:
    """Return whether a stage is proven."""
    if stage.proven:
        return message("proven: fewer is not possible")
    return message("no proof yet that fewer is not possible")
