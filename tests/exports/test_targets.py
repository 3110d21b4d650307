"""The list of targets: what each one makes, needs, says, and keeps to itself."""

from __future__ import annotations

import io
import string
import zipfile

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exports.files import Elsewhere, ExportFile
from planner.exports.target import Target
from planner.exports.targets import TARGETS, target
from planner.model.domain import (
    Column,
    ColumnKind,
    Roster,
    Student,
)
from planner.model.handover import Change, Handover
from planner.model.text import LANGUAGES, LOCALE_FOLDER, message
from tests.builders.plans import plan_of, small_plan, small_roster

KEYS = [
    "groups",
    "workbook",
    "canvas",
    "brightspace",
    "brightspace-short",
    "moodle",
    "moodle-plugin",
    "blackboard",
    "zoom",
    "ans",
]
THERE = Elsewhere(moodle_course="PSY-101")
MARKER = "ANSWERx9q"


def by_key(one: Target) -> str:
    return one.key


def test_every_target_is_listed_once() -> None:
    assert [one.key for one in TARGETS] == KEYS
    assert target("moodle").title == message("Moodle")


@pytest.mark.parametrize("one", TARGETS, ids=by_key)
def test_every_target_writes_files_that_can_be_told_apart(one: Target) -> None:
    assert one.missing(small_roster()) is None
    files = one.write(small_roster(), small_plan(), there=THERE)
    assert files
    for file in files:
        assert file.media_type == "text/csv" or file.name.endswith(".xlsx")
    every = [
        file.name for other in TARGETS for file in other.write(small_roster(), small_plan(), there=THERE)
    ]
    assert len(every) == len(set(every)) == 14


def test_handover_reaches_the_files() -> None:
    change = Change("1000001", "Ali Çelik", "Groep 1", "Groep 2", message("Group"))
    now = Handover(week=2, previous={"1000001": "Groep 1"}, changes=(change,))
    files = {file.name: file for one in TARGETS for file in one.write(small_roster(), small_plan(), now)}
    assert b"0912345;Noor van der Berg;Groep 1;Notulist" in files["groups.csv"].content
    assert b"1000001;Ali \xc3\x87elik;Groep 1;Groep 2;Groep" in files["changes.csv"].content
    assert b"UNENROLL,u1000001" in files["brightspace-groups.csv"].content
    assert b"UNENROLL,u1000001" in files["brightspace-groups-short.csv"].content


@pytest.mark.parametrize("key", ["canvas", "moodle", "blackboard"])
def test_changes_only_have_who_moves_or_is_new_and_stand_beside_all(key: str) -> None:
    """0912345 and 1000002 stay, 1000001 moves, 1000003 is new, 1999999 left."""
    previous = {"0912345": "Groep 1", "1000001": "Groep 1", "1000002": "Groep 2", "1999999": "Groep 2"}
    files = target(key).write(small_roster(), small_plan(), Handover(previous=previous), THERE)
    plain = target(key).write(small_roster(), small_plan(), there=THERE)
    assert [file for file in files if "changes" not in file.name] == list(plain)
    (changed,) = [file for file in files if "changes" in file.name]
    whole = next(file for file in files if file.name == changed.name.replace("-changes", ""))
    rows, all_rows = changed.content.splitlines(), whole.content.splitlines()
    assert rows[0] == all_rows[0]
    assert len(all_rows) == 5
    assert rows[1:] == [row for row in all_rows[1:] if b"1000003" in row or b"1000001" in row]
    assert len(rows) == 3


def test_where_nobody_moves_there_are_no_changes_to_import() -> None:
    same = {"0912345": "Groep 1", "1000003": "Groep 1", "1000001": "Groep 2", "1000002": "Groep 2"}
    (only,) = target("canvas").write(small_roster(), small_plan(), Handover(previous=same))
    assert only.name == "canvas-groups.csv"


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("groups", None),
        ("workbook", None),
        ("canvas", "Canvas"),
        ("brightspace", "gebruikersnaam"),
        ("brightspace-short", "gebruikersnaam"),
        ("moodle", "e-mailadres"),
        ("moodle-plugin", "e-mailadres"),
        ("blackboard", "gebruikersnaam"),
        ("zoom", "e-mailadres"),
        ("ans", "studentnummer"),
    ],
)
def test_missing_names_what_is_lacking_and_how_often(key: str, reason: str | None) -> None:
    people = tuple(Student(id=name, name=name, call_name=name, sort_name=name) for name in ("noor", "sem"))
    sentence = target(key).missing(Roster(students=people))
    if reason is None:
        assert sentence is None
    else:
        assert sentence is not None
        assert sentence.text("nl").startswith("2 studenten hebben geen ")
        assert reason in sentence.text("nl")


def every_byte(file: ExportFile) -> list[bytes]:
    if not file.name.endswith(".xlsx"):
        return [file.content]
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        return [*map(archive.read, archive.namelist()), *(name.encode() for name in archive.namelist())]


@given(answers=st.lists(st.text(max_size=8), min_size=4, max_size=4), heading=st.text(min_size=1, max_size=8))
@settings(max_examples=15, deadline=None)
def test_no_answer_is_ever_handed_over(answers: list[str], heading: str) -> None:
    students = tuple(
        one.model_copy(update={"answers": {MARKER + heading: f"{MARKER}{answer}", "Other": MARKER}})
        for one, answer in zip(small_roster().students, answers, strict=True)
    )
    columns = (Column(heading=MARKER + heading, kind=ColumnKind.TEXT),)
    roster = Roster(students=students, columns=columns)
    for one in TARGETS:
        for file in one.write(roster, small_plan(), there=THERE):
            written = one.write(small_roster(), small_plan(), there=THERE)
            same = next(f for f in written if f.name == file.name)
            assert (file.content, file.media_type) == (same.content, same.media_type)
            assert not any(MARKER.encode() in part for part in every_byte(file))


def test_the_marker_would_be_found() -> None:
    group = [(MARKER, ["1000001"])]
    for one in TARGETS:
        found = [
            part
            for file in one.write(small_roster(), plan_of(group), there=THERE)
            for part in every_byte(file)
            if MARKER.lower().encode() in part.lower()
        ]
        assert found, one.key


KEYWORDS = {"message": None, "plural_message": (1, 2)}  # functions that take a text


def test_every_text_is_there_in_dutch() -> None:
    with (LOCALE_FOLDER / "nl" / "exports.po").open("rb") as file:
        catalogue = read_po(file, locale="nl")
    folder = str(LOCALE_FOLDER.parent / "exports")
    said = {
        sentence if isinstance(sentence, tuple) else (sentence,)
        for _, _, sentence, _, _ in extract_from_dir(
            folder, keywords={"message": None, "plural_message": (1, 2)}
        )
    }
    there = {
        entry.id if isinstance(entry.id, tuple) else (entry.id,): entry for entry in catalogue if entry.id
    }
    assert said == set(there)
    for templates, entry in there.items():
        dutch = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        assert all(dutch)
        for text in dutch:
            assert gaps(text) | {"n"} == gaps(templates[0]) | {"n"}


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("one", TARGETS, ids=by_key)
def test_every_target_says_what_to_do_in_one_line(one: Target) -> None:
    lines = {one.what_to_do.text(language) for language in LANGUAGES}
    assert len(lines) == 2
    assert all("\n" not in line and len(line) < 160 for line in lines)
