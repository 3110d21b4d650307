"""What is written is read back, whatever people are called; what cannot be is refused where it comes in."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.handouts.content import content, read_content
from planner.handouts.model import cards_of
from planner.handouts.paper import cards_pdf, sheet_pdf
from planner.handouts.sheet import sheet_of
from planner.model.cells import restore
from planner.model.domain import Group, Roster, group_of
from planner.model.invisible import (
    is_plain_line,
    is_unreadable,
    made_visible,
    seen_only,
)
from planner.model.problems import InputError, Level, Problem
from planner.planning.roles import plan_turns
from planner.plans.course import Course
from planner.plans.folder import plan_files, write_folder
from planner.plans.plan_file import read_course, write_course
from planner.plans.previous import read_previous
from planner.rosters import Reading, SourceFile, read_class_list, read_groups
from planner.rules import Rules, read_rules, write_rules
from planner.ui.session.draft import RulesDraft
from tests.builders.files import text as csv_text
from tests.builders.handouts import planned
from tests.builders.places import ROOT

CONTROL = "\x00\x01\x07\x08\x0b\x0c\x0e\x1b\x1f\x7f\x80\x85\x9f\ufffe\uffff\ufdd0"
UNSEEN = "\u00ad\u200b\u200e\u200f\u202a\u202e\u2060\u2066\ufeff\ufff9\u061c"
LETTERS = "Aé;,\t\"'=+-@ \u00a0|\\{}<>\u0301\u200d\u200cش👩字°"
ODD = st.integers(0, 19).flatmap(
    lambda often: st.text(
        alphabet=LETTERS if often else LETTERS + CONTROL + UNSEEN + "\r\n\u2028", min_size=1, max_size=8
    )
)
WITHOUT_ROW = ("no-students", "unclosed-quote", "not-a-table")  # the file as a whole
NAMES = st.lists(st.one_of(ODD, ODD.map(lambda text: f"Noor {text} Bos")), min_size=4, max_size=4)


def class_list(names: list[str], answer: str = "ma") -> Reading:
    rows = [(f"10000{n}", name, answer) for n, name in enumerate(names)]
    written = csv_text([("Studentnummer", "Naam", "Vrij"), *rows])
    return read_class_list(SourceFile("klas.csv", written.encode()))


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def rules_file(groups: str, roles: list[str]) -> bytes:
    listed = ", ".join(map(quoted, roles))
    return f"[groups]\nsize = [2, 2]\nnames = {quoted(groups)}\n[roles]\nnames = [{listed}]\n".encode()


def goals_file(goal: str) -> bytes:
    return f"[goals]\ncourse = [{quoted(goal)}]\n".encode()


def rules_of(groups: str, roles: list[str]) -> tuple[Rules | None, tuple[Problem, ...]]:
    try:
        return read_rules(rules_file(groups, roles), "regels.toml"), ()
    except InputError as error:
        return None, error.problems


def course_of(rules: Rules, roster: Roster) -> Course:
    ids = [student.id for student in roster.students]
    names = rules.group_names(2)
    groups = tuple(Group(name=name, members=tuple(ids[at::2])) for at, name in enumerate(names))
    turns = plan_turns(rules, roster, groups, 0)
    return Course(roster=roster, rules=rules, plan=planned(rules, roster, groups, turns))


def refused(problems: tuple[Problem, ...]) -> list[Problem]:
    found = [problem for problem in problems if problem.level is Level.ERROR]
    assert all(one.file and one.hint for one in found)
    return found


def line(text: str) -> str:
    return " ".join(text.split())


def check_comes_back(course: Course) -> None:
    """Write the folder of a plan, and read every file of it that can be read."""
    files, _ = plan_files(course)
    labels = {m: line(group.name) for group in course.plan.groups for m in group.members}
    first = {turn.student_id: line(restore(turn.role)) for turn in course.plan.turns if turn.week == 1}
    for name in ("groups.csv", "roles.csv", next(name for name in files if name.endswith(".xlsx"))):
        listed = read_groups(SourceFile(name, files[name]), course.roster).require()
        assert group_of(listed.groups) == labels, name
    listed = read_groups(SourceFile("groups.csv", files["groups.csv"]), course.roster)
    assert {one: line(role) for one, role in listed.roles.items()} == first
    again = read_course(files["plan.json"])
    assert (again.roster, again.rules, again.plan.turns) == (course.roster, course.rules, course.plan.turns)
    assert write_course(again) == files["plan.json"]
    with TemporaryDirectory() as folder:
        write_folder(Path(folder) / "plan", files)
        previous = read_previous(Path(folder) / "plan")
        assert previous.problems == ()
        assert previous.groups == course.plan.groups


@given(NAMES, ODD, st.lists(ODD, min_size=2, max_size=2, unique=True))
@settings(max_examples=150, deadline=None)
def test_a_plan_comes_back_or_is_refused_before_it_is_made(
    names: list[str], group: str, roles: list[str]
) -> None:
    reading = class_list(names)
    if reading.roster is None:
        assert all(one.row or one.code in WITHOUT_ROW for one in refused(reading.problems))
        return
    rules, problems = rules_of(f"{group} {{n}}", roles)
    assert all(problem.row for problem in refused(problems))
    if rules is None:
        return
    assert read_rules(write_rules(rules)) == rules
    check_comes_back(course_of(rules, reading.roster))


@pytest.mark.parametrize("sign", CONTROL.replace("\x0b", "").replace("\x0c", "").replace("\x85", ""))
def test_control_characters_are_refused_with_their_place(sign: str) -> None:
    """Once a plan was written that nobody could read back: `groups.csv` held the sign too."""
    found = refused(class_list([f"Noor{sign}Bos", "Sem", "Ali", "Juul"]).problems)
    assert [(one.code, one.row, one.column) for one in found] == [("unreadable-character", 2, "Naam")]
    for key, content_ in (
        ("names", rules_file(f"Groep{sign} {{n}}", ["A"])),
        ("names", rules_file("Groep {n}", ["A", f"No{sign}tulist"])),
        (
            "course",
            f"[goals]\ncourse = [{json.dumps('Le' + sign + 'zen')}]".replace("\x7f", "\\u007F").encode(),
        ),
    ):
        with pytest.raises(InputError) as error:
            read_rules(content_, "regels.toml")
        (problem,) = refused(error.value.problems)
        assert (problem.code, problem.column) == ("unseen-signs", key)
        assert problem.row
        assert problem.text("nl").endswith("Typ het opnieuw, op één regel, in plaats van het te plakken.")
        assert not is_unreadable(problem.text("nl"))


@pytest.mark.parametrize("sign", UNSEEN)
def test_marks_that_take_no_room_are_left_out_with_a_note(sign: str) -> None:
    reading = class_list([f"No{sign}or Bos", f"{sign}Sem Vos", "Ali Kaya", "Juul Mos"], f"m{sign}a")
    roster = reading.require()
    assert [student.name for student in roster.students[:2]] == ["Noor Bos", "Sem Vos"]
    assert {student.answer("Vrij") for student in roster.students} == {"ma"}
    (told,) = (problem for problem in reading.problems if problem.code == "invisible-signs")
    assert (told.level, told.row, told.column) == (Level.FIXED, 2, "Naam")
    assert told.message.text("nl") == "In 5 cellen stonden onzichtbare tekens; die zijn weggelaten."
    with pytest.raises(InputError, match="contains a character that cannot be seen or read"):
        read_rules(rules_file(f"Groep{sign} {{n}}", ["A"]))


def test_letters_of_every_script_are_kept() -> None:
    names = ["میوه\u200cها", "क्\u200dष", "👩\u200d🎓 Bos", "Noor\u0301 Bos"]
    assert [student.name for student in class_list(names).require().students] == names


@pytest.mark.parametrize("sign", "\ufeff\x00\x07\u200b\u2028")
def test_an_old_name_with_such_a_sign_still_prints(sign: str) -> None:
    """A plan of before they were refused: PDF/UA forbids two of them."""
    rules = read_rules(rules_file("Groep {n}", ["A", "B"]))
    course = course_of(rules, class_list(["Noor Bos", "Sem Vos", "Ali Kaya", "Juul Mos"]).require())
    plan = course.plan.model_dump_json().replace("Groep 1", json.dumps(f"Gr{sign}oep 1")[1:-1])
    old = course.model_copy(update={"plan": type(course.plan).model_validate_json(plan)})
    texts = content("nl")
    assert cards_pdf(cards_of(old, texts, "nl"), texts, "nl").content.startswith(b"%PDF")
    assert sheet_pdf(sheet_of(old, 1, texts, "nl"), texts, "nl").content.startswith(b"%PDF")


def test_a_page_does_not_take_such_names_over() -> None:
    for draft in (RulesDraft(names="Gr\u200boep {n}"), RulesDraft(role_names=("A", "No\x07tulist"))):
        (needed,) = draft.unfinished()
        assert "Type it again" in needed.text("en")
        assert draft.rules("nl") is None
    assert RulesDraft(names="Groep {n}").unfinished() == ()


def test_texts_of_ones_own_are_refused_with_their_part() -> None:
    shipped = (ROOT / "planner/handouts/content/nl.toml").read_text(encoding="utf-8")
    for sign, row in (("\\u0007", None), ("\u200b", 1)):
        lines = shipped.splitlines()
        at = next(place for place, one in enumerate(lines) if one.startswith("welcome"))
        lines[at] = lines[at].replace('"', f'"{sign}', 1)
        with pytest.raises(InputError) as error:
            read_content("\n".join(lines).encode(), "texts-nl.toml")
        (problem,) = error.value.problems
        assert (problem.code, problem.file) == ("texts-unseen", "texts-nl.toml")
        assert problem.row == (at + 1 if row else None)
        assert "card.welcome" in problem.text("nl")


@given(st.text(max_size=20))
def test_what_is_seen_stays(text: str) -> None:
    seen = seen_only(text)
    assert seen_only(seen) == seen
    assert is_plain_line(line(seen)) or is_unreadable(text)
    assert made_visible(text) == made_visible(made_visible(text))


def test_a_mark_in_a_label_makes_no_other_group() -> None:
    """The list of a plan of before: `Groep` with a soft hyphen in it."""
    rules = read_rules(rules_file("Groep {n}", ["A", "B"]))
    course = course_of(rules, class_list(["Noor Bos", "Sem Vos", "Ali Kaya", "Juul Mos"]).require())
    plan = course.plan
    groups = tuple(Group(name=one.name.replace("o", "\u00ado"), members=one.members) for one in plan.groups)
    old = course.model_copy(update={"plan": plan.but(groups=groups)})
    with TemporaryDirectory() as folder:
        write_folder(Path(folder) / "plan", plan_files(old)[0])
        assert "Gr\u00adoep 1" in (Path(folder) / "plan" / "groups.csv").read_text(encoding="utf-8-sig")
        assert read_previous(Path(folder) / "plan").groups == groups
