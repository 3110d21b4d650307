"""A folder that holds a plan already: a better one of the same class list and rules is not lost."""

from __future__ import annotations

from pathlib import Path

from planner import __version__
from planner.cli.speak import Speaker
from planner.files.bounded import read_at_most
from planner.jobs.reader import READERS
from planner.model.problems import InputError
from planner.model.reports import Outcome
from planner.model.text import Message, message
from planner.planning.efforts import EFFORTS
from planner.plans.course import Course
from planner.plans.plan_file import LARGEST_PLAN, read_course, write_course
from planner.plans.previous import PLAN
from planner.replanning.better import is_better, of_the_same

KEPT = "plan-before.json"  # a better plan that cannot be made again


def better_before(folder: Path, made: Course) -> Course | None:
    """Return the plan in a folder, where it is of the same class list and rules, and better.

    Parameters
    ----------
    folder : Path
        Where a plan may be.
    made : Course
        With the plan that was just made.

    Returns
    -------
    Course or None
    """
    try:
        before = READERS.read(read_course, read_at_most(folder / PLAN, LARGEST_PLAN), PLAN, file=PLAN)
    except (OSError, InputError):
        return None  # none, or none that can be compared
    return before if of_the_same(before, made) and is_better(before.plan, made.plan) else None


def tell_stays(before: Course, made: Course, folder: Path, speaker: Speaker) -> None:
    """Say that a run that ended early leaves the better plan where it is.

    Parameters
    ----------
    before : Course
        With the plan that stays.
    made : Course
        With the plan of this run.
    folder : Path
        Of the plan that stays.
    speaker : Speaker
        Says what there is to say.
    """
    speaker.say(
        message(
            "This calculation ended early, and its plan ({now}) is not as good as the one in {folder} "
            "({was}). That one stays.",
            now=_worth(made.plan.outcome),
            was=_worth(before.plan.outcome),
            folder=str(folder),
        )
    )


def kept_aside(before: Course) -> dict[str, bytes]:
    """Return the file that keeps a better plan; none where it can be made again."""
    return {} if _can_be_made(before) else {KEPT: write_course(before)}


def tell_replaced(before: Course, made: Course, folder: Path, speaker: Speaker) -> None:
    """Say that the plan before was better, and how to get it back.

    Parameters
    ----------
    before : Course
        With the plan that was better.
    made : Course
        With the plan of this run.
    folder : Path
        Where the one took the place of the other.
    speaker : Speaker
        Says what there is to say.
    """
    speaker.say(
        message(
            "The plan that was in {folder} was better ({was}; this one: {now}). {back}",
            folder=str(folder),
            was=_worth(before.plan.outcome),
            now=_worth(made.plan.outcome),
            back=_back(before),
        )
    )


def _can_be_made(course: Course) -> bool:
    plan = course.plan
    asked = plan.effort in EFFORTS and plan.outcome.moves is None and not course.history
    return asked and not plan.outcome.cut_short and plan.version == __version__


def _back(course: Course) -> Message:
    if _can_be_made(course):
        return message(
            "To get it back, calculate it again with --seed {seed} --effort {effort}.",
            seed=course.plan.seed,
            effort=course.plan.effort,
        )
    return message("It is kept as {file}.", file=KEPT)


def _worth(outcome: Outcome) -> Message:
    if outcome.cost <= outcome.bound:
        return message("penalty {cost}, proven best", cost=outcome.cost)
    return message("penalty {cost}", cost=outcome.cost)
