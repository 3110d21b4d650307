"""How it is told that there is no plan: what is in the way, and the ways out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from planner.infeasibility.conflict import WAYS_OUT, Explained
from planner.model.domain import Roster
from planner.model.no_plan import NoPlan
from planner.model.text import Language, Message, message
from planner.reporting.describe import closest, no_plan

INDENT = "    "
NOT_YET = message("In the closest attempt, these were not met yet:")


def in_the_way(found: Explained[Any], error: NoPlan, roster: Roster) -> Iterator[tuple[str, Message]]:
    """Yield what is in the way, line by line, each with the spaces before it.

    Parameters
    ----------
    found : Explained
    error : NoPlan
        What is known without it.
    roster : Roster

    Yields
    ------
    tuple of (str, Message)
    """
    if found.conflict is None and (error.problems or not error.proven):
        return  # what is in the way was said, or that nothing is proven
    yield "", found.headline(proven=error.proven)
    if found.conflict is None:
        return
    for rule in found.conflict.rules:
        yield INDENT, rule
    about = found.conflict.about(roster)
    if about is not None:
        yield "", about


def ways_out(ways: Sequence[Message]) -> Iterator[tuple[str, Message]]:
    """Yield the ways out, numbered, each with the spaces before it."""
    if ways:
        yield "", WAYS_OUT
    for number, way in enumerate(ways, start=1):
        yield INDENT, message("{number}. {way}", number=number, way=way)


def no_plan_text(
    error: NoPlan,
    found: Explained[Any] | None,
    roster: Roster,
    language: Language,
    asked: Message | None = None,
) -> str:
    """Return all of it as one text.

    Parameters
    ----------
    error : NoPlan
    found : Explained or None
        What is in the way, as far as that was found.
    roster : Roster
    language : {"en", "nl"}
    asked : Message, optional
        What was asked of groups and students.

    Returns
    -------
    str
    """
    lines = [no_plan(error, asked, found).text(language)]
    lines += [problem.text(language) for problem in error.problems]
    near = closest(error)
    if near:
        lines += [NOT_YET.text(language), *(INDENT + line.text(language) for line in near)]
    if found is not None:
        told = (*in_the_way(found, error, roster), *ways_out([way.message for way in found.ways]))
        lines += [indent + line.text(language) for indent, line in told]
    return "\n".join(lines)
