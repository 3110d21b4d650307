"""Files of every kind that Hecht reads, each of them somehow not right."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
import zipfile
from functools import cache
from typing import Any

import tomlkit
from hypothesis import strategies as st

from planner.model.domain import Block, Roster
from planner.model.handover import Change, Handover
from planner.model.text import message
from planner.planning.formation import form
from planner.plans.course import Course, Locks, Version, only_used
from planner.plans.plan_file import write_course
from planner.rosters import SourceFile, read_class_list
from planner.rules import Rules, read_rules
from planner.store import CourseRepository, CourseState, open_store, write_archive
from tests.builders.files import text, xlsx
from tests.builders.places import DATA
from tests.fuzz.damage import TEXTS, damaged, damaged_bytes

HEADINGS = ("Studentnummer", "Voornaam", "Tussenvoegsel", "Achternaam", "E-mail", "Opleiding", "Cijfer")
ASKED = ("Beschikbaar", "Wens 1", "Wens 2", "Geslacht", "Rol", "Leerdoel", "Klas", "Motivatie")
FIRST = ("Noor", "Sem", "Ayşe", "Thijs", "Mila", "Daan", "Fleur", "Bram", "Yara", "Luuk", "Saar", "Finn")
LAST = ("Berg", "Vries", "Yılmaz", "Jansen", "Kok", "Kool", "Smit", "Bos", "Vos", "Dijk", "Mulder", "Wit")
STUDENTS = 8  # of whom groups are made
RULES = """
language = "en"
[groups]
size = [3, 5]
prefer = 4
names = "Team {n}"
[[rule]]
kind = "balance"
column = "Cijfer"
[[rule]]
kind = "balance"
column = "Cijfer"
importance = "must"
within = 9.5
[[rule]]
kind = "mix"
column = "Opleiding"
[[rule]]
kind = "similar"
column = "Leerdoel"
importance = "nice"
[[rule]]
kind = "never-alone"
column = "Geslacht"
values = ["v", "x"]
[[rule]]
kind = "overlap"
columns = ["Beschikbaar"]
at_least = 1
[[rule]]
kind = "limit"
column = "Opleiding"
value = "Verpleegkunde"
at_least = 1
at_most = 3
[[rule]]
kind = "apart"
students = ["0912300", "0912301"]
[[rule]]
kind = "together"
students = ["0912302", "0912303"]
importance = "important"
[[rule]]
kind = "wish"
columns = ["Wens 1", "Wens 2"]
[[rule]]
kind = "steady"
importance = "nice"
[roles]
names = ["Gespreksleider", "Notulist", "Woordvoerder"]
opt_out = "Rol"
rotate_every = 2
[term]
weeks = 6
refresh_after = [3]
keep_familiar = 1
max_moved = 0.5
[goals]
column = "Leerdoel"
shareable = true
course = ["Lezen", "Schrijven"]
links = { 0912300 = "Lezen" }
[rerun]
"""


def rows() -> list[list[str]]:
    """Return a class with a column of every kind, and no larger than two groups ask."""
    people = [
        [
            f"09123{n:02}",
            FIRST[n],
            ("", "van der", "de")[n % 3],
            LAST[n],
            f"{FIRST[n].lower()}{n}@uni.nl",
            ("Verpleegkunde", "Fysiotherapie")[n % 2],
            f"{5 + n % 4},{n % 10}",
            ("ma ochtend; di middag", "di middag; wo 14:00", "ma ochtend;di middag;vr")[n % 3],
            FIRST[(n + 1) % STUDENTS],
            f"{FIRST[(n + 2) % STUDENTS]} {LAST[(n + 2) % STUDENTS]}",
            ("v", "m", "x")[n % 3],
            ("", "Notulist")[n % 2],
            ("lezen", "beter schrijven", "")[n % 3],
            ("1A", "1B")[n % 2],
            "Ik wil graag leren, en samen.",
        ]
        for n in range(STUDENTS)
    ]
    return [[*HEADINGS, *ASKED], *people]


CLASS = text(rows(), ";").encode()


@cache
def roster() -> Roster:
    return read_class_list(SourceFile("class.csv", CLASS)).require()


@cache
def course() -> Course:
    """Return a course in the middle of its term."""
    rules = read_rules(RULES.encode())
    plan = form(rules, roster(), effort="quick")
    later = Block(from_week=4, groups=plan.groups)
    return Course(
        roster=only_used(roster(), rules),
        rules=rules,
        plan=plan.but(later=(later,), from_week=2),
        history=(Version(from_week=1, groups=plan.groups),),
        locks=Locks(students=("0912300",), groups=(plan.groups[0].name,)),
    )


@cache
def archive() -> bytes:
    """Return a course with two plans as a file."""
    moved = Change(
        "0912300", "Noor", "Team 1", "Team 2", message("{name}: {columns}", name="Noor", columns="x")
    )
    made, store = course(), open_store("sqlite://")
    repository = CourseRepository(store)
    kept = repository.create(
        "Biologie", CourseState(list_name="klas", roster=roster(), sketch=sketch(made.rules))
    )
    repository.add_plan(kept.id, 1, made, "made")
    handover = Handover(2, {"0912300": "Team 1"}, (moved,))
    repository.add_plan(kept.id, 2, made, "rerun", handover)
    written = write_archive(repository, kept.id)
    store.close()
    return written


def sketch(rules: Rules) -> Any:
    from planner.ui.session.draft import RulesDraft
    from planner.ui.session.restoring import _sketch

    return _sketch(RulesDraft.of(rules))


# Rules


def written_rules(tree: Any) -> bytes:
    """Return a rules file of what it is to say; what TOML has no word for is left as it was."""
    try:
        return tomlkit.dumps(tree).encode()
    except Exception:
        return RULES.encode()


SNIPPETS = (
    b"x = " + b"[" * 3_000,
    b"\nprefer = 1" + b"0" * 4_400,
    b"\n" + b".".join([b"a"] * 20_000) + b" = 1\n",
    b"\nsize = [3, 100000]\n",
    b"\nsize = [1, 2000]\n",
    b"\nwithin = inf\n",
    b"\nmax_moved = nan\n",
    b'"""',
    b"'''",
    b"\n[[rule]]\nkind = 'x'\n" * 500,
    b"\n[groups]\n",
    b"\n" * 50_000,
    b"# " + b"\xe9" * 10,
    b"\\ud800",
)


def rules() -> st.SearchStrategy[bytes]:
    said = damaged(tomllib.loads(RULES)).map(written_rules)
    return st.one_of(said, said, said, damaged_bytes(RULES.encode(), SNIPPETS))


# Plans and courses


def written_plan(tree: Any) -> bytes:
    return json.dumps(tree).encode()


BRACKETS = (b"[" * 200_000, b"[" + b"[]," * 500_000, b'{"a":' * 50_000, b"NaN", b"1" * 5_000, b'"\\ud800"')


def plans() -> st.SearchStrategy[bytes]:
    written = write_course(course())
    said = damaged(json.loads(written)).map(written_plan)
    return st.one_of(said, said, said, damaged_bytes(written, BRACKETS))


def members_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(members: dict[str, bytes], way: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", way) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return written.getvalue()


@st.composite
def courses(draw: st.DrawFn) -> bytes:
    """Draw the file of a course: other things in it, another way of packing, or other bytes."""
    members = members_of(archive())
    how = draw(st.sampled_from(["contents"] * 6 + ["plan", "plan", "bytes", "packed", "file"]))
    name = draw(st.sampled_from(sorted(members)))
    if how == "file":
        return draw(damaged_bytes(archive()))
    if how == "bytes":
        members[name] = draw(damaged_bytes(members[name], BRACKETS))
    elif how in ("contents", "plan"):
        name = "course.json" if how == "contents" else "plans/2/plan.json"
        members[name] = json.dumps(draw(damaged(json.loads(members[name])))).encode()
    else:
        members[draw(st.sampled_from(["plans/1/plan.json", "../x", "x" * 5_000]))] = members.pop(name)
    way = draw(st.sampled_from([zipfile.ZIP_DEFLATED] * 9 + [zipfile.ZIP_LZMA]))
    return packed(members, way)


# Class lists


CELLS = (
    *TEXTS,
    "1,23E+06",
    "1e400",
    "nan",
    "-",
    "07-Aug",
    "ma",
    "ma ochtend; " * 200,
    "a@b.nl",
    "Ã©" * 50,
    "Noor en Sem",
    '"',
    ";" * 50,
    "9" * 400,
    "#",
    "van der " * 300,
    "(" * 1_000,
)
TITLES = ("", "Studentnummer", "Naam", "BSN", "Etniciteit", "Groep", "Rol", "Week", "Timestamp", "x" * 5_000)


@st.composite
def lists(draw: st.DrawFn) -> bytes:
    """Draw a class list as text."""
    if draw(st.integers(0, 3)) == 0:
        ready = [DATA / "klas-28.csv", *sorted((DATA / "lms").glob("*.csv"))]
        content = draw(st.sampled_from(ready)).read_bytes()
        return draw(damaged_bytes(content, [b'"', b"\x00" * 30, b"\xff\xfe", b";" * 5_000, b"\n" * 30_000]))
    table = rows()
    for _ in range(draw(st.integers(0, 4))):
        _damage_table(draw, table)
    buffer = io.StringIO(newline="")
    quoting: Any = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    csv.writer(buffer, delimiter=draw(st.sampled_from(",;\t|")), quoting=quoting).writerows(table)
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    content = buffer.getvalue().encode(encoding, "replace")
    return draw(damaged_bytes(content, [b'"', b"\x00", b"\xff"])) if draw(st.booleans()) else content


def _times(wanted: int, size: int) -> int:
    """Return how many times something comes, so that a file stays a little over what is allowed."""
    return max(1, min(wanted, 6_000_000 // max(1, size)))


def _damage_table(draw: st.DrawFn, table: list[list[str]]) -> None:
    row, column = draw(st.integers(0, len(table) - 1)), draw(st.integers(0, len(HEADINGS + ASKED) - 1))
    how = draw(st.sampled_from(["cell", "cell", "column", "heading", "wide", "again", "drop"]))
    if how == "cell":
        table[row][column % len(table[row])] = draw(st.sampled_from(CELLS))
    elif how == "column":
        cell = draw(st.sampled_from(CELLS))
        for line in table[1:]:
            line[column % len(line)] = cell
    elif how == "heading":
        table[0][column % len(table[0])] = draw(st.sampled_from(TITLES))
    elif how == "wide":
        cell = draw(st.sampled_from(CELLS))
        table[row].extend([cell] * _times(draw(st.sampled_from([1, 50, 3_000])), len(cell)))
    elif how == "again":
        size = sum(map(len, table[row]))
        table.extend([list(table[row])] * _times(draw(st.sampled_from([1, 30, 3_000])), size))
    elif len(table) > 2:
        del table[row]


# Workbooks


_NUMBERS = re.compile(rb'(?<=")[^"<>]*(?=")|(?<=>)[^<>]+(?=<)')
XML = (
    b"<row r='1048576'><c x='>' r='XFD1048576'><v>1</v></c></row>",
    b'<c r="A1"' + b' r="A1"' * 30_000,
    b"<c>" * 20_000,
    b'<row><c t="s"><v>0</v></c></row>' * 3_000,
    b'<!DOCTYPE x [<!ENTITY a "aaaa">]>',
    b"<si><t>" + b"a" * 200_000 + b"</t></si>",
    b"&#0;",
    b"<v>",
    b"</row>",
)
PARTS = (
    b"",
    b"0",
    b"-1",
    b"4294967296",
    b"9" * 400,
    b"ZZZ9999999",
    b"A0",
    b"s",
    b"inlineStr",
    b"1e400",
    b"&amp;",
)


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    """Draw a workbook: other values in its parts, other parts, or other bytes."""
    made = xlsx({"Blad1": rows(), "Uitleg": [["Lees dit"]]} if draw(st.booleans()) else rows())
    ready = [made, (DATA / "lms" / "osiris.xlsx").read_bytes()]
    members = members_of(draw(st.sampled_from(ready)))
    names = [name for name in sorted(members) if re.search(r"sheet1|shared|styles|workbook|Types", name)]
    names += ["xl/worksheets/sheet1.xml"] * len(names)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(names))
        how = draw(st.sampled_from(["value"] * 12 + ["put"] * 3 + ["bytes", "swap", "drop"]))
        part = members.get(name, b"")
        found = list(_NUMBERS.finditer(part, max(0, part.find(b"<sheetData>"))))
        if how == "value" and found:
            at = draw(st.sampled_from(found[:500]))
            members[name] = part[: at.start()] + draw(st.sampled_from(PARTS)) + part[at.end() :]
        elif how == "put":
            end = part.find(b"</sheetData>") if b"</sheetData>" in part else part.rfind(b"</")
            members[name] = part[:end] + draw(st.sampled_from(XML)) + part[end:]
        elif how == "bytes":
            members[name] = draw(damaged_bytes(part, XML)) if part else part
        elif how == "swap":
            members[name] = members[draw(st.sampled_from(sorted(members)))]
        else:
            members.pop(name, None)
    way = draw(st.sampled_from([zipfile.ZIP_DEFLATED] * 19 + [zipfile.ZIP_BZIP2]))
    content = packed(members, way)
    return draw(damaged_bytes(content)) if draw(st.integers(0, 9)) == 0 else content


KINDS = {"rules": rules, "plans": plans, "courses": courses, "lists": lists, "workbooks": workbooks}
