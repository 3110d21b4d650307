"""How stable a plan is, in words: who moves when, who stays together, what a refresh came to."""

from __future__ import annotations

from collections.abc import Sequence

from planner.audit.stability import BlockChange, Stability
from planner.model.domain import (
    Block,
    Plan,
    Roster,
    group_of,
)
from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened


def describe_stability(found: Stability) -> tuple[Message, ...]:
    """Return the stability of a term in a few sentences."""
    if not found.changes:
        return (
            plural_message(
                "The same groups all term: everyone has the same group members for one week.",
                "The same groups all term: everyone has the same group members for {n} weeks.",
                found.weeks,
            ),
        )
    lines = [describe_change(change) for change in found.changes]
    lines.append(
        message(
            "Over the term: {moves} moves per student; {kept}% of the pairs stay together from block to "
            "block; two students stay in the same group for {weeks} on average.",
            moves=found.moves_per_student,
            kept=round(100 * found.share_kept),
            weeks=message("one week")
            if round(found.weeks_together, 2) == 1
            else message("{weeks} weeks", weeks=found.weeks_together),
        )
    )
    return tuple(lines)


def describe_change(change: BlockChange) -> Message:
    """Return what changes at the start of a block."""
    return message(
        "Week {week}: {movers}; {kept}, {meetings}; {untouched}.",
        week=change.from_week,
        movers=plural_message("one student moves", "{n} students move", len(change.moved)),
        kept=plural_message(
            "{n} of {pairs} pairs stays together",
            "{n} of {pairs} pairs stay together",
            change.kept,
            pairs=change.pairs,
        ),
        meetings=plural_message(
            "one meets for the first time", "{n} meet for the first time", change.first_meetings
        ),
        untouched=plural_message(
            "{n} of {groups} groups stays as it is",
            "{n} of {groups} groups stay as they are",
            change.untouched,
            groups=change.groups,
        ),
    )


def describe_refresh(block: Block) -> Message | None:
    """Return what the refresh before a block came to, no more than is proven."""
    stages = {stage.name: stage for stage in block.stages}
    meetings, again = stages.get("first-meetings"), stages.get("repeats")
    if meetings is not None:
        if not meetings.limit and not meetings.value:
            return message("Nobody moves: with groups of these sizes, nobody can move in a refresh.")
        if meetings.proven:
            return plural_message(
                "One pair meets for the first time. Proven: no refresh within these limits has more.",
                "{n} pairs meet for the first time. Proven: no refresh within these limits has more.",
                meetings.value,
            )
        return plural_message(
            "One pair meets for the first time; no refresh has more than {limit}.",
            "{n} pairs meet for the first time; no refresh has more than {limit}.",
            meetings.value,
            limit=meetings.limit or 0,
        )
    if again is None:
        return None
    if again.proven:
        return plural_message(
            "Over all blocks, one pair is in the same group again. Proven: fewer is not possible.",
            "Over all blocks, {n} pairs are in the same group again. Proven: fewer is not possible.",
            again.value,
        )
    return plural_message(
        "Over all blocks, one pair is in the same group again; fewer may be possible.",
        "Over all blocks, {n} pairs are in the same group again; fewer may be possible.",
        again.value,
    )


def describe_later_changes(before: Sequence[Block], plan: Plan, roster: Roster) -> tuple[Message, ...]:
    """Return in which later blocks of a plan somebody is elsewhere than the plan before it had them.

    Parameters
    ----------
    before : sequence of Block
        The later blocks of the plan before, in ids of now.
    plan : Plan
    roster : Roster

    Returns
    -------
    tuple of Message
    """
    lines = []
    for block in before:
        now = plan.block_of(block.from_week)
        labels = group_of(now.groups)
        moved = [
            student
            for group in block.groups
            for student in group.members
            if labels.get(student, group.name) != group.name
        ]
        if moved:
            lines.append(
                plural_message(
                    "From week {week}, one student is in another group than was planned before: {names}.",
                    "From week {week}, {n} students are in another group than was planned before: {names}.",
                    len(moved),
                    week=block.from_week,
                    names=shortened(roster.names(moved)),
                )
            )
    return tuple(lines)
