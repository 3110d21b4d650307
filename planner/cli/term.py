"""What the command line says of a term: its blocks, what each refresh came to, and how stable it is."""

from __future__ import annotations

from planner.audit.stability import over, stability
from planner.audit.term_audit import BlockAudit, audit_term
from planner.cli.speak import Speaker
from planner.model.domain import Block
from planner.model.text import message
from planner.plans.course import Course
from planner.reporting.stability import describe_refresh, describe_stability


def say_term(course: Course, speaker: Speaker) -> None:
    """Say how the blocks of a plan came out, and how stable the term is.

    Parameters
    ----------
    course : Course
        With its plan.
    speaker : Speaker
        Says what there is to say.
    """
    plan, weeks = course.plan, course.rules.term.weeks
    past = [(version.from_week, version.groups) for version in course.history]
    audited = audit_term(course.rules, course.roster, plan, over(plan, past))
    for block, found in zip(plan.later, audited[1:], strict=True):
        _block(block, found, speaker)
    for line in describe_stability(stability(plan, course.roster, weeks, past)):
        speaker.say(line)


def _block(block: Block, found: BlockAudit, speaker: Speaker) -> None:
    speaker.say(
        message(
            "Weeks {first} to {last}: penalty {cost}.",
            first=found.from_week,
            last=found.until,
            cost=found.audit.cost,
        )
    )
    line = describe_refresh(block)
    if line is not None:
        speaker.say(line, indent=4)
