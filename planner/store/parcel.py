"""A course as one file, to keep or to take to another computer: a zip of JSON."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

from pydantic import ValidationError, field_validator

from planner.course import read_course, write_course
from planner.domain import Frozen
from planner.exports import Handover
from planner.problems import InputError, Level, Problem
from planner.store.model import How, Opened, PlanVersion, State
from planner.store.shelf import Shelf
from planner.text import Message, say

FORMAT: Literal["hecht-course"] = "hecht-course"
VERSION: Literal[1] = 1
CONTENTS = "course.json"
LARGEST = 500_000_000  # bytes once unpacked; more is no course
_DATE = (1980, 1, 1, 0, 0, 0)  # the same course makes the same file


class PlanNote(Frozen):
    """What the file says of a plan, beside its plan.json."""

    number: int
    made: datetime
    how: How
    handover: Handover | None = None


class Contents(Frozen):
    """`course.json`: the course but for its plans."""

    format: Literal["hecht-course"]
    version: Literal[1]
    name: str
    keep_until: date | None
    state: State
    plans: tuple[PlanNote, ...]

    @field_validator("plans")
    @classmethod
    def _in_order(cls, plans: tuple[PlanNote, ...]) -> tuple[PlanNote, ...]:
        if any(one.number >= next_one.number for one, next_one in pairwise(plans)):
            raise ValueError("order")
        return plans


def write_parcel(shelf: Shelf, course: str) -> bytes:
    """Return a course with all its plans as one file."""
    opened, until, plans = shelf.whole(course)
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
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        for path, content in files.items():
            file.writestr(zipfile.ZipInfo(path, _DATE), content, zipfile.ZIP_DEFLATED)
    return written.getvalue()


def read_parcel(shelf: Shelf, content: bytes, file: str) -> Opened:
    """Save a course from a file of `write_parcel` as a new one.

    Raises
    ------
    InputError
        Where it is no such file, is damaged or of a later version; nothing was saved.
    """
    members = _unpacked(content, file)
    contents = _contents(members, file)
    plans = tuple(_plan(members, note, file) for note in contents.plans)
    return shelf.create(contents.name, contents.state, plans, contents.keep_until)


def _unpacked(content: bytes, file: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parcel:
            if CONTENTS not in parcel.namelist():
                raise _foreign(file)
            if sum(member.file_size for member in parcel.infolist()) > LARGEST:
                raise _foreign(file)
            return {name: parcel.read(name) for name in parcel.namelist()}
    except zipfile.BadZipFile as error:
        damaged = content.startswith(b"PK")
        raise _damaged(file, file) if damaged else _foreign(file) from error
    except (zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise _damaged(file, file) from error


def _contents(members: dict[str, bytes], file: str) -> Contents:
    try:
        raw = json.loads(members[CONTENTS])
        told, version = raw.get("format"), raw.get("version")
    except (ValueError, AttributeError) as error:
        raise _damaged(file, CONTENTS) from error
    if told != FORMAT:
        raise _foreign(file)
    if isinstance(version, int) and version > VERSION:
        raise _problem(
            "parcel-newer",
            file,
            say("This course was saved by a newer version of Hecht."),
            say("Open it with that version."),
        )
    try:
        return Contents.model_validate_json(members[CONTENTS])
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise _damaged(file, f"{CONTENTS}: {place}") from error


def _plan(members: dict[str, bytes], note: PlanNote, file: str) -> PlanVersion:
    path = _plan_path(note.number)
    if path not in members:
        raise _damaged(file, path)
    try:
        course = read_course(members[path], path)
    except InputError as error:
        raise _damaged(file, path) from error
    return PlanVersion(note.number, note.made, note.how, course, note.handover)


def _plan_path(number: int) -> str:
    return f"plans/{number}/plan.json"


def _foreign(file: str) -> InputError:
    return _problem(
        "parcel-foreign",
        file,
        say("This is not a course that Hecht saved."),
        say("Choose a file that was made with “Save the course as a file”."),
    )


def _damaged(file: str, place: str) -> InputError:
    return _problem(
        "parcel-damaged",
        file,
        say("The file is damaged: {place} cannot be read. Nothing was taken from it.", place=place),
        say("Use another copy of it, or save the course as a file once more."),
    )


def _problem(code: str, file: str, message: Message, way_out: Message) -> InputError:
    problem = Problem(code=code, level=Level.ERROR, message=message, way_out=way_out, file=file)
    return InputError([problem])
