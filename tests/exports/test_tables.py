"""Our own CSV files: exact bytes, harmless cells, and the way back in."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.exports.tables import changes_csv, groups_csv, roles_csv
from planner.handouts.mail import FIELDS, mail_csv
from planner.model.cells import restore
from planner.model.domain import (
    Group,
    Left,
    Roster,
    Turn,
)
from planner.model.handover import Change, Presence
from planner.model.problems import InputError
from planner.model.text import LANGUAGES, message
from tests.builders.handouts import NAMES, course
from tests.builders.plans import HOSTILE, plan_of, small_plan, small_roster, student

CELLS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
RISKY = st.text(st.sampled_from("=+-@'\t\r\n,;\" aé€"), min_size=1, max_size=10)


def read(data: bytes, separator: str, encoding: str = "utf-8-sig") -> list[list[str]]:
    text = data.decode(encoding)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))


def test_groups_csv_for_dutch_excel() -> None:
    assert (
        groups_csv(small_roster(), small_plan())
        == (
            "\ufeffstudent_id;name;group;role\r\n"
            "0912345;Noor van der Berg;Groep 1;Spreker\r\n"
            "1000003;Zoë Öztürk;Groep 1;Notulist\r\n"
            "1000001;Ali Çelik;Groep 2;Spreker\r\n"
            "1000002;Sem Dekker;Groep 2;Notulist\r\n"
        ).encode()
    )


def test_groups_csv_in_english_shows_the_role_of_the_week() -> None:
    lines = read(groups_csv(small_roster(), small_plan("en"), week=2), ",")
    assert lines[0] == ["student_id", "name", "group", "role"]
    assert lines[1] == ["0912345", "Noor van der Berg", "Groep 1", "Notulist"]


def test_separator_can_be_chosen() -> None:
    assert groups_csv(small_roster(), small_plan("nl"), separator=",").startswith(
        b"\xef\xbb\xbfstudent_id,name"
    )


def test_groups_stay_in_the_order_of_the_plan() -> None:
    roster = Roster(students=tuple(student(f"100000{n}", f"Name {n}") for n in range(3)))
    plan = plan_of([("Groep 2", ["1000001"]), ("Groep 10", ["1000000"]), ("Groep 1", ["1000002"])])
    assert [line[2] for line in read(groups_csv(roster, plan), ";")[1:]] == ["Groep 2", "Groep 10", "Groep 1"]


def test_two_roles_in_one_week_stand_together() -> None:
    turns = [Turn(week=1, group="G", student_id="1000001", role=role) for role in ("Notulist", "Spreker")]
    lines = read(groups_csv(small_roster(), plan_of([("G", ["1000001"])], turns)), ";")
    assert lines[1][3] == "Notulist + Spreker"


def test_a_week_without_roles_leaves_the_role_empty() -> None:
    lines = read(groups_csv(small_roster(), small_plan(), week=9), ";")
    assert {line[3] for line in lines[1:]} == {""}


def test_roles_csv() -> None:
    data = roles_csv(small_roster(), small_plan("en"))
    assert (
        data
        == (
            "\ufeffweek,group,student_id,name,role\r\n"
            "1,Groep 1,1000003,Zoë Öztürk,Notulist\r\n"
            "1,Groep 1,0912345,Noor van der Berg,Spreker\r\n"
            "1,Groep 2,1000002,Sem Dekker,Notulist\r\n"
            "1,Groep 2,1000001,Ali Çelik,Spreker\r\n"
            "2,Groep 1,0912345,Noor van der Berg,Notulist\r\n"
            "2,Groep 1,1000003,Zoë Öztürk,Spreker\r\n"
            "2,Groep 2,1000001,Ali Çelik,Notulist\r\n"
            "2,Groep 2,1000002,Sem Dekker,Spreker\r\n"
        ).encode()
    )


def test_roles_csv_keeps_past_turns_of_someone_who_left() -> None:
    turns = [Turn(week=1, group="G", student_id="1999999", role="Notulist")]
    lines = read(roles_csv(small_roster(), plan_of([("G", ["1000001"])], turns)), ";")
    assert lines[1] == ["1", "G", "1999999", "1999999", "Notulist"]


def test_roles_csv_has_everybody_in_every_week_they_were_there() -> None:
    """Whoever had no role was missing from a plan without a refresh, and who left from all weeks."""
    now = plan_of([("G", ["1000001", "1000002"])], [Turn(week=2, group="G", student_id="1000001", role="A")])
    then = [Group(name="G", members=("1000001", "1999999", "1999998"))]
    left = {"1999999": Left(name="Bo Smit", roles=((1, "A"),)), "1999998": Left(name="Ine Bos")}
    presence = Presence(2, [(1, then), (2, now.groups)], left)
    assert read(roles_csv(small_roster(), now, ",", presence), ",")[1:] == [
        ["1", "G", "1000001", "Ali Çelik", ""],
        ["1", "G", "1999999", "Bo Smit", "A"],
        ["1", "G", "1999998", "Ine Bos", ""],
        ["2", "G", "1000001", "Ali Çelik", "A"],
        ["2", "G", "1000002", "Sem Dekker", ""],
    ]


def test_changes_csv() -> None:
    changes = [
        Change("1000001", "Ali Çelik", "Groep 1", "Groep 2", message("Group")),
        Change("1000009", "=evil()", None, "Groep 2", message("Group")),
        Change("1000008", "Bo Smit", "Groep 3", None, message("Group")),
    ]
    assert (
        changes_csv(changes, "nl")
        == (
            "\ufeffstudent_id;name;from_group;to_group;reason\r\n"
            "1000001;Ali Çelik;Groep 1;Groep 2;Groep\r\n"
            "1000009;'=evil();;Groep 2;Groep\r\n"
            "1000008;Bo Smit;Groep 3;;Groep\r\n"
        ).encode()
    )


def test_a_plan_of_another_class_is_refused_by_id() -> None:
    plan = plan_of([("Groep 1", ["1000001", "7777777"])])
    with pytest.raises(InputError) as caught:
        groups_csv(small_roster(), plan)
    (problem,) = caught.value.problems
    assert problem.code == "not-in-class-list"
    assert "7777777" in problem.text("nl")
    assert problem.hint is not None


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("separator", [",", ";"])
def test_hostile_texts_are_harmless_and_come_back(name: str, separator: str) -> None:
    roster = Roster(students=(student("1000001", name),))
    plan = plan_of([(name, ["1000001"])], [Turn(week=1, group=name, student_id="1000001", role=name)])
    for data in (groups_csv(roster, plan, separator=separator), roles_csv(roster, plan, separator)):
        cells = read(data, separator)[1]
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d")) for cell in cells)
        assert [restore(cell) for cell in cells].count(name) == 3


@pytest.mark.parametrize("id", ["=1", "+31600000000", "@noor", "-1", "'-1", "007"])
def test_ids_come_back_as_they_were(id: str) -> None:  # noqa: A002
    roster = Roster(students=(student(id, "Noor"),))
    cell = read(groups_csv(roster, plan_of([("Groep 1", [id])])), ";")[1][0]
    assert restore(cell) == id


@given(
    ids=st.lists(st.one_of(CELLS, RISKY), min_size=1, max_size=6, unique=True),
    names=st.lists(st.one_of(CELLS, RISKY), min_size=6, max_size=6),
    group=st.one_of(CELLS, RISKY),
    separator=st.sampled_from([",", ";"]),
)
def test_groups_csv_comes_back_without_loss(
    ids: list[str], names: list[str], group: str, separator: str
) -> None:
    roster = Roster(students=tuple(student(id, name) for id, name in zip(ids, names, strict=False)))  # noqa: A001
    lines = read(groups_csv(roster, plan_of([(group, ids)]), separator=separator), separator)
    back = {restore(line[0]): (restore(line[1]), restore(line[2])) for line in lines[1:]}
    assert back == {one.id: (one.name, group) for one in roster.students}


@given(
    names=st.lists(
        st.one_of(RISKY, st.text(st.characters(codec="cp1252"), min_size=1, max_size=15)),
        min_size=1,
        max_size=5,
    )
)
def test_groups_csv_survives_being_saved_by_excel(names: list[str]) -> None:
    """Excel saves with semicolons, in Windows-1252, and quotes as it likes."""
    roster = Roster(students=tuple(student(f"{1000000 + n}", name) for n, name in enumerate(names)))
    plan = plan_of([("Groep 1", [one.id for one in roster.students])])
    saved = io.StringIO()
    writer = csv.writer(saved, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerows(read(groups_csv(roster, plan), ";"))
    back = read(saved.getvalue().encode("cp1252"), ";", "cp1252")
    assert {restore(line[0]): restore(line[1]) for line in back[1:]} == {
        one.id: one.name for one in roster.students
    }


def test_every_table_of_a_plan_is_separated_alike_and_has_headings_that_stay() -> None:
    """On an English page groups.csv had semicolons and mail.csv commas, for one plan."""
    for language, separator in (("nl", ";"), ("en", ",")):
        made = course(NAMES, rules=f'language = "{language}"')
        for page in LANGUAGES:
            tables = (
                groups_csv(made.roster, made.plan),
                roles_csv(made.roster, made.plan),
                changes_csv((), made.plan.language),
                mail_csv(made, page),
            )
            heads = [table.decode("utf-8-sig").splitlines()[0].split(separator) for table in tables]
            assert heads[0] == ["student_id", "name", "group", "role"]
            assert heads[1] == ["week", "group", "student_id", "name", "role"]
            assert heads[2] == ["student_id", "name", "from_group", "to_group", "reason"]
            assert tuple(heads[3]) == FIELDS[page]
