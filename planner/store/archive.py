"""A course as one file, to keep or to take to another computer: a zip of JSON."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_core import from_json

from planner.files.safe_zip import (
    Damaged,
    SafeZip,
    TooLarge,
    pack,
)
from planner.model.base import Frozen
from planner.model.handover import Handover
from planner.model.problems import InputError, Level, Problem
from planner.model.text import Message, message
from planner.plans.plan_file import LARGEST_PLAN, read_course, write_course
from planner.store.model import CourseState, Day, Listing, MadeBy, Moment, Opened, WrittenPlan
from planner.store.replacing import replace_course
from planner.store.repository import CourseRepository

FORMAT: Literal["hecht-course"] = "hecht-course"
VERSION: Literal[1] = 1
CONTENTS = "course.json"
MOST_PLANS = 5_000
LARGEST = 200_000_000  # bytes once unpacked; more is no course
LARGEST_CONTENTS = 16_000_000  # bytes of what the course is but for its plans
LONGEST_TOLD = 60  # signs of a name in it
TAKING_IN = 55.0  # seconds that a course with a great many plans may take to be read


class PlanNote(Frozen):
    """What the file says of a plan, beside its plan.json."""

    number: Annotated[int, Field(ge=1, le=10**6)]
    made: Moment
    how: MadeBy
    handover: Handover | None = None


class Contents(Frozen):
    """`course.json`: the course but for its plans."""

    format: Literal["hecht-course"]
    version: Literal[1]
    name: str
    keep_until: Day | None
    state: CourseState
    plans: tuple[PlanNote, ...] = Field(max_length=MOST_PLANS)

    @field_validator("plans")
    @classmethod
    def _in_order(cls, plans: tuple[PlanNote, ...]) -> tuple[PlanNote, ...]:
        if any(one.number >= next_one.number for one, next_one in pairwise(plans)):
            raise ValueError("order")
        return plans


@dataclass(frozen=True)
class CourseArchive:
    """A course from a file: all that is saved of it."""

    contents: Contents
    plans: tuple[WrittenPlan, ...]

    def put_on(self, repository: CourseRepository) -> Opened:
        """Save it as a new course; where there is one of that name, with a number behind its name."""
        found = self.contents
        name = repository.free_name(found.name)
        return repository.take_in(name, found.state, self.plans, found.keep_until)

    def put_over(self, repository: CourseRepository, there: Listing, file: str) -> None:
        """Let it take the place of a course that is there."""
        replace_course(repository, there.id, there.version, self.contents.state, self.plans, file)


def write_archive(repository: CourseRepository, course: str) -> bytes:
    """Return a course with all its plans as one file."""
    opened, until, plans = repository.whole(course)
    notes = tuple(PlanNote(number=p.number, made=p.made, how=p.how, handover=p.handover) for p in plans)
    contents = Contents(
        format=FORMAT,
        version=VERSION,
        name=opened.name,
        keep_until=until,
        state=opened.state,
        plans=notes,
    )
    files = {CONTENTS: contents.model_dump_json(indent=1).encode()}
    files |= {_plan_path(plan.number): write_course(plan.course) for plan in plans}
    return pack(files)


def read_archive(content: bytes, file: str) -> CourseArchive:
    """Read a file of `write_archive`; plans are checked one by one, and kept as they are saved.

    Raises
    ------
    InputError
        Where it is no such file, is damaged or of a later version.
    """
    try:
        archive = SafeZip(content, most=MOST_PLANS + 1, room=LARGEST)
    except TooLarge as error:
        raise _foreign(file) from error
    except Damaged as error:
        raise _damaged(file, file) if content.startswith(b"PK") else _foreign(file) from error
    if CONTENTS not in archive.names:
        raise _foreign(file)
    contents = _contents(_member(archive, CONTENTS, file, LARGEST_CONTENTS), file)
    return CourseArchive(contents, tuple(_plan(archive, note, file) for note in contents.plans))


def _member(archive: SafeZip, name: str, file: str, most: int | None = None) -> bytes:
    try:
        return archive.read(name, most)
    except TooLarge as error:
        raise _foreign(file) from error
    except Damaged as error:
        raise _damaged(file, name) from error


def _contents(written: bytes, file: str) -> Contents:
    raw = _json(written, file)
    form, version = raw.get("format"), raw.get("version")
    if form != FORMAT:
        raise _foreign(file)
    if isinstance(version, int) and version > VERSION:
        raise _problem(
            "parcel-newer",
            file,
            message("This course was saved by a newer version of Hecht."),
            message("Open it with that version."),
        )
    try:
        return Contents.model_validate_json(written)
    except ValidationError as error:
        place = ".".join(str(part)[:LONGEST_TOLD] for part in error.errors()[0]["loc"])
        raise _damaged(file, f"{CONTENTS}: {place}") from error


def _json(written: bytes, file: str) -> dict[str, Any]:
    try:
        raw = from_json(written, allow_inf_nan=False)
    except ValueError as error:
        raise _damaged(file, CONTENTS) from error
    if not isinstance(raw, dict):
        raise _damaged(file, CONTENTS)
    return raw


def _plan(archive: SafeZip, note: PlanNote, file: str) -> WrittenPlan:
    path = _plan_path(note.number)
    content = _member(archive, path, file, LARGEST_PLAN)
    try:
        course = read_course(content, path)
    except InputError as error:
        raise _damaged(file, path) from error
    written = write_course(course, readable=False)
    return WrittenPlan(note.number, note.made, note.how, written, note.handover)


def _plan_path(number: int) -> str:
    return f"plans/{number}/plan.json"


def _foreign(file: str) -> InputError:
    return _problem(
        "parcel-foreign",
        file,
        message("This is not a course that Hecht saved."),
        message("Choose a file that was made with “Save the course as a file”."),
    )


def _damaged(file: str, place: str) -> InputError:
    return _problem(
        "parcel-damaged",
        file,
        message("The file is damaged: {place} cannot be read. Nothing was taken from it.", place=place),
        message("Use another copy of it, or save the course as a file again."),
    )


def _problem(code: str, file: str, message: Message, hint: Message) -> InputError:
    problem = Problem(code=code, level=Level.ERROR, message=message, hint=hint, file=file)
    return InputError([problem])
