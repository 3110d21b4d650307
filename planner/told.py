"""How a run is told, while it goes and when it is done: the same on the page and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from planner.conflict import InTheWay
from planner.domain import Finding, Outcome, RuleReport, StageReport, Status
from planner.engines.limits import Progress
from planner.no_plan import NoPlan
from planner.proven import whole
from planner.text import Message, say, say_many
from planner.wishes import Wishes

_MOVES = say("Looking for the fewest moves")
STAGES: Mapping[str, Message] = {
    "start": say("Getting ready"),
    "feasibility": say("Looking for any plan that holds every must rule"),
    "moves": _MOVES,
    "stages": _MOVES,
    "cost": _MOVES,
    "conflict": say("Looking for what is in the way"),
    "ways": say("Working out ways out"),
    "bounds": say("Working out how good each rule could be"),
    "prices": say("Working out what the rules ask of each other"),
    "refresh": say("Looking for a refresh in which as many as can be meet"),
    "rounds": say("Looking for groups in which everyone meets new people"),
    "forecast": say("Living through one term after another"),
    "roles": say("Sharing out the roles"),
    "done": say("Ready"),
}


def stage(now: Progress) -> Message:
    """Return what a run is doing, with the cost so far."""
    if now.stage in STAGES:
        return STAGES[now.stage]
    if now.strain > 0:
        return say("Looking for groups that hold every must rule")
    if now.stage == "proof":
        return say(
            "Working out how good it can be (cost {cost}, no plan below {bound})",
            cost=now.cost,
            bound=now.bound,
        )
    if now.stage == "polish":
        return say("Making a few groups at a time as good as can be (cost {cost})", cost=now.cost)
    return say("Every must rule holds; looking for better (cost {cost})", cost=now.cost)


def verdict(outcome: Outcome, groups: int) -> Message:
    """Return how good a plan of so many groups is, no more than is proven."""
    if outcome.status is Status.OPTIMAL and outcome.moves is not None:
        return say(
            "Proven, step by step: with so few moves a plan is only better in one thing "
            "if it is worse in another that counts for more."
        )
    if outcome.status in (Status.OPTIMAL, Status.BROKEN):
        return whole(outcome, groups)
    if outcome.status is Status.INFEASIBLE:
        return say("No plan can hold every must rule.")
    if outcome.moves is None:
        return _first(outcome, groups)
    if outcome.cut_short:
        return say(
            "Every must rule holds. The run ended early: this is the best plan found, a better one may exist."
        )
    return say("Every must rule holds. No proof yet that no plan can be better.")


def _first(outcome: Outcome, groups: int) -> Message:
    proof = whole(outcome, groups)
    if outcome.cut_short:
        return say(
            "Every must rule holds. The run ended early: this is the best plan found. {proof}", proof=proof
        )
    return say("Every must rule holds. {proof}", proof=proof)


def moves(outcome: Outcome, asked: Message | None = None) -> Message:
    """Return how many students move, and how few it could be as long as what was asked stays so."""
    count = _moves(outcome)
    if asked is None or not outcome.moves:
        return count
    return say("{moves} That is as long as these stay as you asked: {asked}.", moves=count, asked=asked)


def _moves(outcome: Outcome) -> Message:
    count, fewest = outcome.moves or 0, outcome.moves_bound or 0
    if count == 0:
        return say("Nobody has to move.")
    if count <= fewest:
        return say_many(
            "One student moves. Proven: fewer is not possible.",
            "{n} students move. Proven: fewer is not possible.",
            count,
        )
    if any(stage.name == "moves" and stage.proven for stage in outcome.stages):
        # Extra moves were asked for, and the fewest is known.
        if fewest == 0:
            return say_many(
                "One student moves, for better groups; nobody has to.",
                "{n} students move, for better groups; nobody has to.",
                count,
            )
        return say_many(
            "One student moves.",
            "{n} students move; with {fewest} it could be done, the others make the groups better.",
            count,
            fewest=fewest,
        )
    return say_many(
        "One student moves; whether none need to is not proven.",
        "{n} students move; at least {fewest} have to, that is proven.",
        count,
        fewest=fewest,
    )


def standing(report: RuleReport) -> Message:
    """Return in a word or two how a rule stands in a plan."""
    if report.broken:
        return say("does not hold")
    if report.units:
        return say("can be closer")
    return say("holds")


def placed_finding(finding: Finding) -> Message:
    """Return a finding with its group before it."""
    if finding.group is None:
        return finding.message
    return say("{group}: {finding}", group=finding.group, finding=finding.message)


def no_plan(error: NoPlan, asked: Message | None = None, why: InTheWay[Any] | None = None) -> Message:
    """Return in a sentence whether there can be a plan, never more than is proven, and never less.

    Parameters
    ----------
    error : NoPlan
    asked : Message, optional
        What was asked of groups and students.
    why : InTheWay, optional
        What is in the way, once that is known: its proof is one that there is no plan.
    """
    conflict = None if why is None else why.conflict
    proven = error.proven or conflict is not None
    by_rules = bool(error.problems) or (conflict is not None and not conflict.wishes)
    if proven and asked is not None and not by_rules:
        return say(
            "No plan can hold every must rule as long as these stay as you asked: {asked}.", asked=asked
        )
    if proven:
        return say("No plan can hold every must rule.")
    if error.cut_short:
        return say(
            "No plan that holds every must rule was found in this time; with more time there may be one."
        )
    return say("No plan that holds every must rule was found; that does not mean there is none.")


def closest(error: NoPlan) -> tuple[Message, ...]:
    """Return what the closest attempt still breaks, line by line."""
    return tuple(
        say("{rule} – {finding}", rule=report.title, finding=placed_finding(finding))
        for report in error.broken
        for finding in report.findings
        if finding.units
    )


def group_count(groups: int) -> Message:
    """Return the number of groups."""
    return say_many("One group", "{n} groups", groups)


def asked(wishes: Wishes, names: Mapping[str, str]) -> Message | None:
    """Return what was asked that could stand in the way of fewer moves; None where nothing was.

    Parameters
    ----------
    wishes : Wishes
    names : mapping
        Names of students by id.
    """
    if not wishes.bind:
        return None
    return say("{wishes}", wishes=wishes.told(names))


NONE_OF: Mapping[str, Message] = {
    "moves": say("Nobody moves"),
    "new-groups": say("No new group is needed"),
    "second-moves": say("Who moved before is spared"),
    "newcomers-alone": say("No newcomer is the only one"),
    "groups-lose": say("Nobody moves out of a group"),
    "pairs": say("Nobody is split from who they were with"),
    "strangers": say("Everyone who moves knows somebody"),
    "role-changes": say("Nobody who stays has to give up a role so that all are filled"),
    "groups-receive": say("No group takes anybody in"),
    "cost": say("All rules are perfect"),
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
    first, other : Outcome
        Of two reruns from the same groups.
    """
    if other.cost >= first.cost or (other.moves or 0) > (first.moves or 0):
        return ()
    values = {stage.name: stage.value for stage in first.stages}
    worse = [stage for stage in other.stages if stage.value > values.get(stage.name, stage.value)]
    return tuple(say("in return: {what}", what=reached(stage)) for stage in worse)


def _counted(name: str, value: int) -> Message:
    counted = {
        "moves": say_many("One student moves", "{n} students move", value),
        "new-groups": say_many("One new group", "{n} new groups", value),
        "second-moves": say_many(
            "One student moves for the second time this term",
            "{n} students move for the second time this term",
            value,
        ),
        "newcomers-alone": say_many(
            "One newcomer is the only new one in a group",
            "{n} newcomers are each the only new one in a group",
            value,
        ),
        "groups-lose": say_many("Somebody moves out of one group", "Somebody moves out of {n} groups", value),
        "pairs": say_many(
            "One week together ends, added up over pairs who are split",
            "{n} weeks together end, added up over pairs who are split",
            value,
        ),
        "strangers": say_many(
            "One student who moves knows nobody yet", "{n} students who move know nobody yet", value
        ),
        "role-changes": say_many(
            "One turn has to change for those who stay, so that all roles are filled",
            "{n} turns have to change for those who stay, so that all roles are filled",
            value,
        ),
        "groups-receive": say_many("Somebody joins one group", "Somebody joins {n} groups", value),
        "cost": say("The cost of all rules together is {cost}", cost=value),
    }
    return counted.get(name, say("{name}: {value}", name=name, value=value))


def sure(stage: StageReport) -> Message:
    """Return whether a stage is proven."""
    if stage.proven:
        return say("proven: fewer is not possible")
    return say("no proof yet that fewer is not possible")
