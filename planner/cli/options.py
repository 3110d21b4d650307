"""What the way out of a problem is on the command line, beside what it is on the page."""

from __future__ import annotations

from collections.abc import Mapping

from planner.model.problems import Problem
from planner.model.text import message

OPTIONS: Mapping[str, str] = {
    "moodle-needs-course": "--moodle-course NAME",
    "import-needs-username": "--number-is-username",
    "busy-moments": "--column HEADING=slots",
    "busy-as-free": "--column HEADING=busy",
    "scale-order": '--column "HEADING=scale: LOW < HIGH"',
    "not-on-scale": '--column "HEADING=scale: LOW < HIGH"',
    "rates-need-column": "--rate-column HEADING",
    "column-needs-rates": "--rate ANSWER=P",
    "answers-unknown": "--survey FILE",
}


def with_option(problem: Problem) -> Problem:
    """Return a problem with the option that solves it, where there is one."""
    option = OPTIONS.get(problem.code)
    if option is None or problem.hint is None:
        return problem
    named = option.replace("HEADING", problem.column or "HEADING")
    hint = message("{hint} (Option: {option})", hint=problem.hint, option=named)
    return problem.model_copy(update={"hint": hint})
