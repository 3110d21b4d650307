"""A plan.json that is not right is refused, whatever is in it; nothing is made of it first."""

from __future__ import annotations

import io
import json
import re
import types
import typing
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Annotated, Any
from zipfile import ZipFile

import annotated_types
import pytest
from pydantic import BaseModel

from planner.handouts.content import Content
from planner.model.base import MOST_STUDENTS
from planner.model.domain import Block
from planner.model.handover import Handover
from planner.model.problems import InputError
from planner.planning.formation import form
from planner.plans.course import Course, Version
from planner.plans.folder import plan_files
from planner.plans.plan_file import LARGEST_PLAN, read_course, write_course
from planner.rules import Rules
from planner.store.archive import Contents
from planner.ui.groups.download import zipped
from tests.builders.classes import make_roster
from tests.builders.places import ROOT

FAR = 10**9


@pytest.fixture(scope="module")
def course() -> Course:
    roster = make_roster([{"Kleur": "rood"}] * 3 + [{"Kleur": "blauw"}] * 3)
    asked = {"groups": {"size": [3, 3]}, "rule": [{"kind": "mix", "column": "Kleur"}], "term": {"weeks": 2}}
    rules = Rules.model_validate(asked)
    plan = form(rules, roster, effort="quick")
    later, earlier = Block(from_week=2, groups=plan.groups), Version(from_week=1, groups=plan.groups)
    return Course(roster=roster, rules=rules, plan=plan.but(later=(later,)), history=(earlier,))


def refused(content: bytes) -> bool:
    with pytest.raises(InputError) as error:
        read_course(content)
    (problem,) = error.value.problems
    return problem.code == "plan-unreadable" and problem.file == "plan.json" and problem.hint is not None


def with_value(course: Course, path: Sequence[str | int], value: object) -> bytes:
    data: Any = json.loads(write_course(course))
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return json.dumps(data).encode()


def test_a_plan_that_is_right_is_read(course: Course) -> None:
    written = write_course(course)
    assert read_course(written) == read_course(b"\xef\xbb\xbf" + written) == course


def test_a_folder_does_not_tell_how_long_its_plan_took(course: Course) -> None:
    """Two equal runs differed in `outcome.seconds`; a saved course keeps it, and old files still open."""
    slower = course.plan.outcome.model_copy(update={"seconds": 99.5})
    other = course.model_copy(update={"plan": course.plan.but(outcome=slower)})
    assert plan_files(other)[0] == plan_files(course)[0]
    told = ZipFile(io.BytesIO(zipped(course))).infolist()  # nor in the zip of it when it was made
    assert {one.date_time for one in told} == {(1980, 1, 1, 0, 0, 0)}
    assert read_course(plan_files(course)[0]["plan.json"]).plan.outcome.seconds is None
    assert read_course(write_course(other)).plan.outcome.seconds == 99.5


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["plan", "from_week"], FAR),
        (["plan", "from_week"], 0),
        (["plan", "later", 0, "from_week"], FAR),
        (["plan", "turns", 0, "week"], FAR),
        (["plan", "seed"], 10**30),
        (["history", 0, "from_week"], FAR),
        (["history"], [{"from_week": 1, "groups": []}] * 1_001),
        (["placed"], {"a": "by-magic"}),
        (["placed"], {str(number): "by-hand" for number in range(MOST_STUDENTS + 1)}),
        (["outcome", "cost"], 10**30),
        (["outcome", "seconds"], float("inf")),
        (["outcome", "seconds"], float("nan")),
        (["outcome", "rules", 1, "units"], float("inf")),
        (["outcome", "rules", 1, "units"], 10**400),
        (["outcome", "rules", 1, "bound"], 10**30),
        (["outcome", "rules", 1, "prices"], [{"without": "x", "units": 10**400}]),
        (["outcome", "rules"], {"a": 1}),
        (["plan", "groups", 0, "members"], ["nobody"]),
        (["plan", "later", 0, "groups", 0, "members"], ["a", "nobody"]),
        (["plan", "groups", 0, "members"], ["a", "a", "b"]),
        (["plan", "groups", 0, "name"], "\ud800"),
        (["plan", "groups", 0, "name"], "x" * 1_001),
        (["plan", "turns", 0, "role"], "x" * 1_001),
        (["roster", "students", 0, "name"], "x" * 4_001),
        (["roster", "students", 0, "name"], "\ud800"),
        (["rules", "groups", "size"], [3, FAR]),
        (["rules", "term", "weeks"], FAR),
        (["roster"], None),
        (["plan"], []),
    ],
)
def test_what_no_course_has_is_refused(course: Course, path: Sequence[str | int], value: object) -> None:
    """A week far away once took 5.5 GB; infinity and members who are nobody ended in tracebacks."""
    assert refused(with_value(course, path, value))


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b'{"format": 1' + b"0" * 5_000 + b"}",
        b'{"format": Infinity}',
        b"\xff\xfe",
        b"",
        b"1",
        b" " * (LARGEST_PLAN + 1),
        b'{"format": 1, "x": [' + b"[]," * 20_000_000 + b"[]]}",
    ],
)
def test_what_is_no_plan_is_refused(content: bytes) -> None:
    assert refused(content)


# Every number that a file can fill has a limit


def numbers(kind: Any, place: str, seen: set[Any]) -> Iterator[str]:
    """Yield the places below a model where a number has no limit."""
    metadata: list[object] = []
    if typing.get_origin(kind) is Annotated:
        kind, *metadata = typing.get_args(kind)
    yield from _unlimited(kind, metadata, place)
    for part in typing.get_args(kind):
        yield from numbers(part, place, seen)
    if not isinstance(kind, type) or isinstance(kind, types.GenericAlias) or kind in seen:
        return
    seen.add(kind)
    if issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            yield from _unlimited(field.annotation, field.metadata, f"{kind.__name__}.{name}")
            if not _limited(field.metadata):
                yield from numbers(field.annotation, f"{kind.__name__}.{name}", seen)
    elif is_dataclass(kind):
        hints = typing.get_type_hints(kind, include_extras=True)
        for one in fields(kind):
            yield from numbers(hints[one.name], f"{kind.__name__}.{one.name}", seen)


def _limited(metadata: Sequence[object]) -> bool:
    flat = [one for given in metadata for one in (*getattr(given, "metadata", ()), given)]
    return any(isinstance(one, annotated_types.Le) for one in flat)


def _unlimited(kind: Any, metadata: Sequence[object], place: str) -> Iterator[str]:
    if kind in (int, float) and not _limited(metadata):
        yield place


def test_every_number_that_a_file_can_fill_has_a_limit() -> None:
    seen: set[Any] = set()
    found = {place for model in (Course, Contents, Content, Handover) for place in numbers(model, "", seen)}
    assert {Course, Contents, Content, Handover, Rules} <= seen
    # A size has its limit in a sentence of its own; a float of a message is finite, and is only shown.
    assert found == {"GroupSizes.size", "Message.values"}


def test_no_number_that_a_file_can_fill_is_infinite() -> None:
    seen: set[Any] = set()
    for model in (Course, Contents, Content, Handover):
        list(numbers(model, "", seen))
    models = [kind for kind in seen if issubclass(kind, BaseModel)]
    assert models
    assert all(kind.model_config.get("allow_inf_nan") is False for kind in models)


def test_the_page_about_files_tells_of_what_a_plan_file_has(course: Course) -> None:
    """It told of seconds, which are in no plan of a folder any more."""
    page = (ROOT / "docs" / "scripts" / "files.md").read_text("utf-8")
    table = page.partition("### plan.json")[2].partition("\n## ")[0]
    cells = re.findall(r"^\| (`.*?`) \|", table, re.MULTILINE)
    told = {key for cell in cells for key in re.findall(r"`(\w+)`", cell)}
    written = json.loads(plan_files(course)[0]["plan.json"])["outcome"]
    assert {"status", "rules"} <= told <= written.keys()
