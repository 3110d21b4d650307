"""What is told before a download: what a system cannot take, may not take, and what is not in a file."""

from __future__ import annotations

import pytest

from planner.exports import TARGETS, Elsewhere, target
from planner.model.domain import Plan, Roster
from planner.model.handover import Handover
from planner.model.problems import InputError, Level
from planner.model.text import LANGUAGES
from planner.plans.course import Course
from planner.plans.folder import export_remarks, plan_files
from planner.rosters import GroupCodes
from planner.rules import Rules
from tests.builders.plans import plan_of, small_plan, small_roster, student

IMPORTS = [one.key for one in TARGETS if one.key not in ("groups", "workbook")]
MOODLE = Elsewhere(moodle_course="PSY-101")


def large(groups: int, size: int = 4) -> tuple[Roster, Plan]:
    ids = [f"{1000000 + n}" for n in range(groups * size)]
    named = [(f"Groep {n + 1}", ids[n * size : (n + 1) * size]) for n in range(groups)]
    return Roster(students=tuple(student(n, f"Name {n}") for n in ids)), plan_of(named)


def codes(key: str, roster: Roster, plan: Plan, now: Handover | None = None) -> list[str]:
    """Return the codes of what is told of a target, but for what always holds."""
    found = target(key).beside(roster, plan, now, MOODLE)
    return [problem.code for problem in found if problem.level is not Level.NOTE]


def refusals(key: str, *names: str) -> list[str]:
    ids = ["1000001", "1000002", "1000003"]
    try:
        target(key).write(
            small_roster(), plan_of([(n, [one]) for n, one in zip(names, ids, strict=False)]), None, MOODLE
        )
    except InputError as error:
        for problem in error.problems:
            assert all(len(problem.text(language)) < 400 for language in LANGUAGES)
            assert problem.hint is not None
        return [problem.code for problem in error.problems]
    return []


@pytest.mark.parametrize("key", IMPORTS)
def test_names_of_three_hundred_letters_are_refused_by_every_system(key: str) -> None:
    assert refusals(key, "x" * 300) == ["export-group-long"]
    assert refusals(key, "x" * 125) == []


@pytest.mark.parametrize("key", IMPORTS)
def test_a_refusal_names_the_system(key: str) -> None:
    system = key.partition("-")[0]
    for name in ("a, b", "x" * 300):
        with pytest.raises(InputError) as caught:
            target(key).write(small_roster(), plan_of([(name, ["1000001"])]), None, MOODLE)
        told = [problem.text("nl").lower() for problem in caught.value.problems]
        assert all(system in line for line in told), told


def test_how_long_a_name_may_be_differs_per_system() -> None:
    assert [key for key in IMPORTS if refusals(key, "x" * 126)] == ["brightspace", "brightspace-short"]
    assert [key for key in IMPORTS if refusals(key, "x" * 255)] == [
        "brightspace",
        "brightspace-short",
        "moodle",
        "moodle-plugin",
    ]


@pytest.mark.parametrize("key", IMPORTS)
def test_a_name_zero_is_refused_where_it_counts_as_empty(key: str) -> None:
    assert refusals(key, "0") == (["export-group-unread"] if key.startswith("moodle") else [])


def test_too_many_groups_and_rows_for_brightspace() -> None:
    assert codes("brightspace", *large(200, 2)) == []
    assert codes("brightspace", *large(201, 2)) == ["import-too-many"]
    assert codes("brightspace-short", *large(126)) == ["import-too-many"]
    (told,) = target("brightspace").beside(*large(126))[1:]
    assert told.text("en").startswith("The file for Brightspace has 504 rows.")
    assert told.text("nl").startswith("Het bestand voor Brightspace heeft 504 regels.")


def test_rows_for_brightspace_are_those_of_who_moves_or_is_new() -> None:
    roster, plan = large(126)
    before = dict(plan.group_of)
    before["1000000"] = "Groep 2"
    assert codes("brightspace", roster, plan, Handover(previous=before)) == []
    moved = dict.fromkeys(plan.group_of, "Groep 9")
    assert codes("brightspace", roster, plan, Handover(previous=moved)) == ["import-too-many"]


@pytest.mark.parametrize("key", ["brightspace", "brightspace-short"])
def test_where_nobody_moves_there_is_no_empty_import_for_brightspace(key: str) -> None:
    now = Handover(previous=small_plan().group_of)
    assert target(key).write(small_roster(), small_plan(), now) == ()
    (told,) = target(key).beside(small_roster(), small_plan(), now)
    assert told.text("en") == "Everyone is in the same group as before: there is nothing to import."


def test_too_many_people_and_rooms_for_zoom() -> None:
    assert codes("zoom", *large(50)) == []
    assert codes("zoom", *large(51)) == ["import-too-many"]
    assert codes("zoom", *large(101)) == ["import-too-many"] * 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_beside_the_file_for_zoom_stand_its_two_conditions(language: str) -> None:
    told = target("zoom").what_to_do.text(language)  # type: ignore[arg-type]
    assert "200" in told
    assert ("ingelogd" if language == "nl" else "signed in") in told


def test_without_its_course_there_are_no_members_for_moodle_and_it_says_why() -> None:
    (groups,) = target("moodle").write(small_roster(), small_plan())
    assert groups.name == "moodle-groups.csv"
    (told,) = target("moodle").beside(small_roster(), small_plan())
    assert (told.code, told.level) == ("moodle-needs-course", Level.SKIPPED)
    assert "short name of the course" in told.text("en")
    assert "korte naam van de cursus" in told.text("nl")


@pytest.mark.parametrize("key", ["moodle", "moodle-plugin", "blackboard"])
def test_who_moves_stays_in_the_old_group_where_an_import_only_adds(key: str) -> None:
    before = {"0912345": "Groep 1", "1000001": "Groep 1", "1000002": "Groep 2"}
    found = target(key).beside(small_roster(), small_plan(), Handover(previous=before), MOODLE)
    (told,) = [problem for problem in found if problem.code == "import-only-adds"]
    assert told.text("en").endswith("Remove from their old group there: Ali Çelik.")
    assert codes(key, small_roster(), small_plan()) == []


def test_codes_of_blackboard_are_spoken_of_until_its_export_is_there() -> None:
    assert [one.code for one in target("blackboard").beside(small_roster(), small_plan())] == [
        "blackboard-codes"
    ]
    there = Elsewhere(blackboard=GroupCodes({"groep 1": "A1", "groep 2": "A2"}))
    assert target("blackboard").beside(small_roster(), small_plan(), None, there) == ()
    (members,) = target("blackboard").write(small_roster(), small_plan(), None, there)
    assert members.name == "blackboard-members.csv"  # no groups are to be made
    assert b"A1,u0912345\r\n" in members.content


def test_the_folder_has_what_can_be_made_and_tells_the_rest_a_few_times() -> None:
    ids = [one.id for one in small_roster().students]
    plan = plan_of([(f"{n}, A", [one]) for n, one in enumerate(ids)] + [("00", [])])
    course = Course(roster=small_roster(), rules=Rules(), plan=plan)
    files, told = plan_files(course)
    assert not [path for path in files if path.startswith("imports/")]
    assert {"groups.csv", "plan.json"} <= files.keys()
    assert told == export_remarks(course)
    moodle = [problem.text("en") for problem in told if "Moodle" in problem.text("en")]
    assert len(moodle) == 3  # both kinds of files for it say the same
    assert [problem.text("en") for problem in told].count("And 2 more.") == 1


def test_two_files_for_moodle_that_lack_the_same_are_one_line() -> None:
    """One said in addition that student numbers may be user names, so both were told."""
    first, *others = (
        one.model_copy(update={"keys": {}, "id": f"100000{place}", "email": f"{place}@x.example"})
        for place, one in enumerate(small_roster().students)
    )
    roster = Roster(students=(first.model_copy(update={"email": None}), *others))
    plan = plan_of([("Groep 1", [one.id for one in roster.students])])
    told = [one.text("en") for one in export_remarks(Course(roster=roster, rules=Rules(), plan=plan))]
    (moodle,) = [one for one in told if "Moodle" in one]
    assert moodle.startswith("1 student has no e-mail address, and Moodle recognises students by it: ")
    assert roster.shown_names[first.id] in moodle
    assert "student number" in moodle


def test_what_was_told_reaches_the_folder() -> None:
    course = Course(roster=small_roster(), rules=Rules(), plan=small_plan())
    files, told = plan_files(course, None, MOODLE)
    assert files["imports/moodle-members.csv"].startswith(b"username,course1,group1\r\n")
    assert told == []
    files, told = plan_files(course)
    assert "imports/moodle-members.csv" not in files
    assert [problem.code for problem in told] == ["moodle-needs-course"]


# User names that are the student numbers


NUMBERS = Elsewhere(moodle_course="PSY-101", numbers_are_usernames=True)


def without_usernames() -> Roster:
    return Roster(students=tuple(student(one.id, one.name, x="1") for one in small_roster().students))


@pytest.mark.parametrize("key", ["blackboard", "brightspace", "brightspace-short", "moodle"])
def test_the_student_number_can_be_the_user_name(key: str) -> None:
    """A class list without user names got no file for Blackboard, and nowhere to say what they are."""
    roster = without_usernames()
    assert target(key).may_use_numbers(roster)
    assert not target(key).may_use_numbers(small_roster())
    assert target(key).missing(roster, NUMBERS) is None
    written = target(key).write(roster, small_plan(), None, NUMBERS)[-1].content.decode()
    assert all(one.id in written for one in roster.students)
    kept = target(key).write(small_roster(), small_plan(), None, NUMBERS)[-1].content.decode()
    assert "u1000001" in kept


def test_every_import_that_is_not_in_the_folder_is_named() -> None:
    """Only what could be asked for was told: the list named Moodle, where five others were lacking too."""
    course = Course(roster=without_usernames(), rules=Rules(), plan=small_plan())
    _, told = plan_files(course, None, Elsewhere())
    said = " ".join(problem.text("en") for problem in told)
    for one in TARGETS:
        if one.key in IMPORTS and one.missing(course.roster) is not None:
            assert one.title.text("en").split(",")[0] in said
    assert {problem.level for problem in told} == {Level.SKIPPED}
    assert "sign in with their student number" in said
    _, told = plan_files(course, None, NUMBERS)
    assert "Blackboard" not in " ".join(problem.text("en") for problem in told)
