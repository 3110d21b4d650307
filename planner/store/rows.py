"""What is saved as the rows of tables, and back."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Select, select

from planner.model.domain import Roster
from planner.model.handover import Handover
from planner.plans.plan_file import read_course, write_course
from planner.store import sound
from planner.store.model import CourseState, PlanVersion, WrittenPlan
from planner.store.tables import CourseRow, PlanRow

HANDOVER = TypeAdapter(Handover)
LONGEST_NAME = 200


def tidy(name: str) -> str:
    """Return a name of one line that every database can hold."""
    shown = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(shown.split())[:LONGEST_NAME].strip() or "–"


def plans_of(course: str) -> Select[PlanRow]:
    """Ask for the plans of a course."""
    return select(PlanRow).where(PlanRow.course_id == course)


def numbers_of(course: str) -> Select[int]:
    """Ask for the numbers of the plans of a course."""
    return select(PlanRow.number).where(PlanRow.course_id == course)


def columns_of(state: CourseState) -> dict[str, Any]:
    """Return the columns of a course that say what is on its page."""
    used = state.only_used()
    roster = None if used.roster is None else used.roster.model_dump_json()
    return {
        "students": 0 if used.roster is None else len(used.roster.students),
        "roster": roster,
        "state": used.model_dump_json(exclude={"roster"}),
    }


def state_of(row: CourseRow) -> CourseState:
    """Return what is on the page of a course."""
    roster = None if row.roster is None else Roster.model_validate_json(row.roster)
    return CourseState.model_validate_json(row.state).model_copy(update={"roster": roster})


def set_aside(roster: str | None, state: str, plan: int) -> bytes:
    """Return what is on the page of a course as its columns have it, with the number of its last plan."""
    kept = {"roster": roster, "state": state, "plan": plan}
    return json.dumps(kept, ensure_ascii=False).encode()


def put_back(written: bytes) -> tuple[dict[str, Any], int]:
    """Return the columns of a course that were set aside, looked through, and the number of its last plan.

    Raises
    ------
    ValueError
        Where they are not.
    """
    kept = json.loads(written)
    roster = None if kept["roster"] is None else Roster.model_validate_json(kept["roster"])
    state = CourseState.model_validate_json(kept["state"])
    return columns_of(state.model_copy(update={"roster": roster})), int(kept["plan"])


def written_plan(plan: PlanVersion) -> WrittenPlan:
    """Return a plan as it is saved."""
    content = write_course(plan.course, readable=False)
    return WrittenPlan(plan.number, plan.made, plan.how, content, plan.handover)


def handover_column(handover: Handover | None) -> str | None:
    """Return what a plan was handed over with, as its column has it."""
    return None if handover is None else HANDOVER.dump_json(handover).decode()


def plan_row(course: str, plan: WrittenPlan) -> PlanRow:
    """Return a plan as a row."""
    return PlanRow(
        course_id=course,
        number=plan.number,
        made=plan.made,
        how=plan.how,
        content=plan.content,
        handover=handover_column(plan.handover),
    )


def plan_of(row: PlanRow) -> PlanVersion:
    """Return the plan of a row."""
    handover = None if row.handover is None else HANDOVER.validate_json(row.handover)
    return PlanVersion(*sound.plan(row.number, row.made, row.how), read_course(row.content), handover)
