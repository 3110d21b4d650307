"""The sample data: what is committed is what the generator makes, and its rules can hold."""

from __future__ import annotations

import csv
import io
import tomllib
import zipfile
from collections import Counter
from collections.abc import Iterable

import pytest
from openpyxl import load_workbook

from benchmarks import lookalikes, samples
from benchmarks.people import Person, group_sizes


def table(data: bytes, separator: str = ",") -> list[dict[str, str]]:
    text = data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def rows(name: str) -> list[list[str]]:
    text = lookalikes.FILES[name]().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def sheet(name: str) -> list[tuple[object, ...]]:
    book = load_workbook(io.BytesIO(lookalikes.FILES[name]()))
    return list(book.active.iter_rows(values_only=True))


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


@pytest.mark.parametrize("name", samples.FILES)
def test_committed_file_is_what_the_generator_makes(name: str) -> None:
    committed = (samples.DATA / name).read_bytes()
    made = samples.FILES[name]()
    if name.endswith(".xlsx"):  # how tightly a zip is packed differs between zlib versions
        assert unpacked(committed) == unpacked(made)
    else:
        assert committed == made


@pytest.mark.parametrize("name", ["lms/microsoft-forms.xlsx", "lms/osiris.xlsx"])
def test_workbooks_carry_no_date_of_today(name: str) -> None:
    made = samples.FILES[name]()
    assert made == samples.FILES[name]()
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert b"2025-08-25T09:00:00Z" in unpacked(made)["docProps/core.xml"]


def test_no_sample_file_is_left_over() -> None:
    there = {
        path.relative_to(samples.DATA).as_posix() for path in samples.DATA.rglob("*.*") if path.is_file()
    }
    assert there - {"README.md", ".gitattributes"} == set(samples.FILES)


def test_class_28_is_a_dutch_class() -> None:
    data = samples.class_csv_28()
    assert data.startswith(b"\xef\xbb\xbfStudentnummer;Roepnaam;Tussenvoegsel;Achternaam;")
    students = table(data, ";")
    assert len(students) == 28
    numbers = [row["Studentnummer"] for row in students]
    assert len(set(numbers)) == 28
    assert all(len(number) == 7 and number.isdigit() for number in numbers)
    assert sum(number.startswith("0") for number in numbers) == 6
    assert {"0912345", "0912399"} <= set(numbers)
    names = {f"{row['Roepnaam']} {row['Tussenvoegsel']} {row['Achternaam']}" for row in students}
    assert len(names) == 28
    assert [name for name, n in Counter(row["Roepnaam"] for row in students).items() if n > 1] == ["Elif"]
    assert sum(row["Tussenvoegsel"] != "" for row in students) == 8
    assert Counter(row["Gender"] for row in students) == {"v": 15, "m": 10, "x": 3}
    assert len({row["Opleiding"] for row in students}) == 3
    assert len({row["Leerdoel"] for row in students}) == 4
    assert Counter(row["Liever geen rol"] for row in students) == {"": 23, "Woordvoerder": 3, "Notulist": 2}


def test_class_28_gaps_and_cells() -> None:
    students = table(samples.class_csv_28(), ";")
    grades = [row["Vooropleiding cijfer"] for row in students]
    assert grades.count("") == 2
    assert all("5,5" <= grade <= "9,0" and len(grade) == 3 for grade in grades if grade)
    free = [row["Beschikbaar"] for row in students]
    assert free.count("") == 1
    for cell in free:
        slots = cell.split(", ") if cell else []
        assert set(slots) <= set(samples.DUTCH_SLOTS)
        assert not slots or 4 <= len(slots) <= 7


@pytest.mark.parametrize(
    ("people", "first", "second"), [(samples.class_28(), 11, 5), (samples.class_120(), 48, 20)]
)
def test_wishes_name_one_other_student(people: list[Person], first: int, second: int) -> None:
    assert [sum(len(p.wishes) > k for p in people) for k in (0, 1, 2)] == [first, second, 0]
    for person in people:
        found = [[p for p in people if wish in (p.number, p.name)] for wish in person.wishes]
        assert all(len(peers) == 1 and peers[0] is not person for peers in found)
        assert len({peers[0].number for peers in found}) == len(found)


def test_cohort_120_is_plain_english() -> None:
    data = samples.class_csv_120()
    assert data.startswith(b"Student number,First name,Last name,Email,")
    students = table(data)
    assert len(students) == 120
    assert len({row["Email"] for row in students}) == 120
    assert {row["Gender"] for row in students} == {"f", "m", "x"}
    assert sum(row["Entry grade"] == "" for row in students) == 4
    assert sum(row["Availability"] == "" for row in students) == 2


def members(people: Iterable[Person]) -> dict[int, list[Person]]:
    found: dict[int, list[Person]] = {}
    for person in people:
        found.setdefault(person.group, []).append(person)
    return found


def assert_hidden_plan_holds(people: list[Person], rules_text: str) -> None:
    rules = tomllib.loads(rules_text)
    smallest, largest = rules["groups"]["size"]
    numbers = {person.number: person for person in people}
    for group in members(people).values():
        assert smallest <= len(group) <= largest
        genders = Counter(person.gender for person in group)
        assert genders["v"] != 1
        assert genders["x"] != 1
        answered = [set(person.free) for person in group if person.free]
        assert len(set.intersection(*answered)) >= 2
        assert sum(person.job for person in group) <= 2
    apart = [rule["students"] for rule in rules["rule"] if rule["kind"] == "apart"]
    for a, b in apart:
        assert numbers[a].group != numbers[b].group
        assert not {numbers[b].number, numbers[b].name} & set(numbers[a].wishes)
        assert not {numbers[a].number, numbers[a].name} & set(numbers[b].wishes)


def test_a_plan_exists_for_class_28() -> None:
    rules = tomllib.loads(samples.rules_28())
    assert [rule["kind"] for rule in rules["rule"]] == (
        ["balance", "mix", "similar", "never-alone", "overlap", "limit", "apart", "wish"]
    )
    assert rules["term"] == {"weeks": 10}
    assert_hidden_plan_holds(samples.class_28(), samples.rules_28())


def test_a_plan_exists_for_cohort_120() -> None:
    assert samples.rules_120().count('kind = "apart"') == 2
    assert_hidden_plan_holds(samples.class_120(), samples.rules_120())


@pytest.mark.parametrize("name", ["klas-28", "cohort-120"])
def test_rules_name_columns_that_exist(name: str) -> None:
    separator, rules_name = {"klas-28": (";", "regels-28"), "cohort-120": (",", "rules-120")}[name]
    headings = set(table((samples.DATA / f"{name}.csv").read_bytes(), separator)[0])
    rules = tomllib.loads((samples.DATA / f"{rules_name}.toml").read_text("utf-8"))
    used = {rules["roles"]["opt_out"]}
    for rule in rules["rule"]:
        used |= {rule["column"]} if "column" in rule else set(rule.get("columns", ()))
    assert used <= headings
    assert len(used) >= 8


@pytest.mark.parametrize("n", [3, 4, 5, 6, 7, 11, 50, 1000])
@pytest.mark.parametrize("slots", [5, 10, 21])
def test_a_plan_exists_for_synthetic_classes(n: int, slots: int) -> None:
    people = samples.synthetic_people(n, seed=9, slots=slots)
    assert len(people) == n
    assert len({person.number for person in people}) == n
    assert len({person.email for person in people}) == n
    assert_hidden_plan_holds(people, samples.synthetic_rules(n, seed=9, slots=slots))


def test_synthetic_class_is_repeatable_and_differs_by_seed() -> None:
    assert samples.synthetic_class(40, 1) == samples.synthetic_class(40, 1)
    assert samples.synthetic_class(40, 1) != samples.synthetic_class(40, 2)
    students = table(samples.synthetic_class(200, 1))
    assert len(students) == 200
    assert len({row["Programme"] for row in students}) == 6
    assert {row["Gender"] for row in students} == {"v", "m", "x"}
    assert samples.synthetic_rules(200, 1).count('kind = "apart"') == 20


@pytest.mark.parametrize(("n", "slots"), [(2, 10), (10, 4), (10, 22)])
def test_synthetic_class_refuses_what_it_cannot_make(n: int, slots: int) -> None:
    with pytest.raises(ValueError, match=r"at least|in a week"):
        samples.synthetic_class(n, seed=1, slots=slots)


def test_group_sizes() -> None:
    assert group_sizes(28) == [4] * 7
    assert group_sizes(5) == [5]
    assert group_sizes(6) == [3, 3]
    assert all(sum(group_sizes(n)) == n and {3, 4, 5} >= set(group_sizes(n)) for n in range(3, 300))


def test_canvas_gradebook_quirks() -> None:
    lines = rows("canvas-gradebook.csv")
    assert lines[0][:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert lines[1][0] == ""
    assert "Manual Posting" in lines[1]
    assert lines[2][0] == "    Points Possible"
    assert lines[-1][0] == "Student, Test"
    assert len(lines) == 3 + 26 + 1
    assert {len(line) for line in lines} == {10}
    assert any(line[0] == "Berg, Noa van den" for line in lines)


def test_canvas_groups_quirks() -> None:
    lines = rows("canvas-groups.csv")
    assert (
        ",".join(lines[0])
        == "name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id"
    )
    assert [line[5] for line in lines].count("") == 2


def test_brightspace_quirks() -> None:
    lines = rows("brightspace-grades.csv")
    assert lines[0][0] == "OrgDefinedId"
    assert lines[0][-1] == "End-of-Line Indicator"
    assert all(line[0][0] == line[1][0] == line[-1] == "#" for line in lines[1:])
    assert any(line[2] == "van den Berg" for line in lines)
    surnames = [person.last for person in lookalikes.people()]
    assert surnames.index("Berg") < surnames.index("Chen")


def test_microsoft_forms_quirks() -> None:
    lines = sheet("microsoft-forms.xlsx")
    headings = [str(heading) for heading in lines[0]]
    assert headings[:6] == ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"]
    assert any("\n" in heading for heading in headings)
    assert headings[-1] == f"{headings[-2]}2"
    mails = Counter(line[3] for line in lines[1:])
    assert mails["anonymous"] == 1
    assert sorted(mails.values()) == [1] * 23 + [2]
    assert all(str(line[7]).endswith(";") for line in lines[1:])
    assert [line[0] for line in lines[1:]] == list(range(1, 26))


def test_google_forms_quirks() -> None:
    text = lookalikes.google_forms().decode()
    assert text.startswith('"Timestamp","Student number","Full name","When can you meet? [Monday]",')
    lines = rows("google-forms.csv")
    assert len(lines) == 24
    assert {cell for line in lines[1:] for cell in line[3:8]} == {
        "",
        "Morning",
        "Afternoon",
        "Morning;Afternoon",
    }


def test_moodle_quirks() -> None:
    assert lookalikes.moodle_participants().startswith(b"\xef\xbb\xbfVoornaam,Achternaam,ID-nummer,")


def test_osiris_quirks() -> None:
    lines = sheet("osiris.xlsx")
    assert lines[8][:5] == ("Studienummer", "Netid", "Achternaam", "Tussenvoegsel", "Voornaam")
    assert len(lines) == 9 + 26
    assert all(isinstance(line[0], str) and len(line[0]) == 7 for line in lines[9:])


def test_blackboard_quirks() -> None:
    data = lookalikes.blackboard_gradebook()
    assert data.startswith(b'\xef\xbb\xbf"Last Name","First Name","Username","Student ID",')
    assert b"\r" not in data
    assert rows("blackboard-gradebook.csv")[0][4] == "Reflectie [Total Pts: 2 Score] |574266"
