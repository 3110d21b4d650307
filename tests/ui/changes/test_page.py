"""The page with changes in each of its states, without a browser."""

from __future__ import annotations

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from planner.engines.common.watch import Progress
from planner.exports import target
from planner.jobs.job import JobLost
from planner.model.domain import (
    Group,
    Roster,
    Student,
)
from planner.model.no_plan import NoPlan
from planner.model.replan_options import ReplanOptions
from planner.plans.course import Course
from planner.plans.plan_file import write_course
from planner.plans.previous import Previous
from planner.rules import Rules
from planner.ui.changes.before_after import BeforeAfter, beside
from planner.ui.session.replan_rules import likely_rules
from planner.ui.session.replan_state import ReplanSession
from tests.builders.pages import (
    LINES,
    FakeJob,
    cards,
    edited,
    go,
    replanned,
    session_of,
    texts,
    upload,
)

GONE = [line.split(";")[0] for line in LINES[-3:]]


@pytest.fixture
def compared(changes: AppTest) -> AppTest:
    """Return the page with a new class list on it."""
    return upload(changes, edited())


def rows_of(page: AppTest, name: str) -> list[dict[str, str]]:
    made = session_of(page).rerun.made
    assert made is not None
    content = next(file.content for file in made.files if file.name == name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content), delimiter=";"))


# Where it starts


def test_without_groups_the_page_asks_for_an_earlier_plan(page: AppTest) -> None:
    go(page, "changes")
    assert not page.exception
    assert [header.value for header in page.header] == ["1. De groepen zoals ze zijn"]
    assert [field.key for field in page.file_uploader] == ["previous_plan"]


def test_the_groups_on_the_first_page_are_where_it_starts(changes: AppTest) -> None:
    assert "De groepen die nu open staan: 7 groepen, 28 studenten." in texts(changes)
    assert not [button for button in changes.button if button.key == "replan"]


def test_a_plan_of_months_ago_comes_back_with_its_rules(
    page: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    go(page, "changes")
    upload(page, write_course(sample_course), "previous_plan", "plan.json")
    assert "7 groepen, 28 studenten, uit plan.json." in texts(page)
    upload(page, edited())
    replanned(page, jobs)
    made = session_of(page).rerun.made
    assert made is not None
    assert made.course.rules == sample_course.rules
    page.button(key="accept").click().run()
    go(page, "groups")
    assert [group.value for group in page.subheader][:7] == [f"Groep {n}" for n in range(1, 8)]
    assert not page.warning


def test_a_groups_file_alone_is_enough(page: AppTest, jobs: list[FakeJob], sample_course: Course) -> None:
    groups = target("groups").write(sample_course.roster, sample_course.plan)[0].content
    go(page, "changes")
    upload(page, groups, "previous_plan", "groups.csv")
    upload(page, edited())
    assert "Bij dit plan zaten geen regels" in texts(page)
    page.button(key="replan").click().run()
    rules = jobs[-1].request.rules
    assert isinstance(rules, Rules)
    assert rules.group_names(1) == ("Groep 1",)


def test_rules_for_groups_without_rules_keep_their_sizes_and_labels() -> None:
    people = tuple(
        Student(id=str(n), name=f"Student {n}", call_name="Student", sort_name=f"{n}") for n in range(8)
    )
    groups = (
        Group(name="Team 1", members=tuple(str(n) for n in range(7))),
        Group(name="Team 2", members=("7",)),
    )
    rules = likely_rules(Previous(groups=groups), Roster(students=people), "nl")
    assert rules.groups.size == (1, 7)
    assert rules.group_names(3) == ("Team 1", "Team 2", "Team 3")


def test_a_plan_that_cannot_be_read_says_so(page: AppTest) -> None:
    go(page, "changes")
    upload(page, b'{"format": 99}', "previous_plan", "plan.json")
    (alert,) = page.error
    assert "groups.csv" in alert.value
    assert [field.key for field in page.file_uploader] == ["previous_plan"]


# Who left and who is new


def test_who_left_and_who_is_new_is_told_by_name(compared: AppTest, sample_course: Course) -> None:
    assert [metric.value for metric in compared.metric] == ["3", "1", "25", "0"]
    said = texts(compared)
    for student in GONE:
        name = sample_course.roster.shown_names[student]
        assert f"{name} ({sample_course.plan.group_of[student]})" in said
    assert "Nova van Dam" in said
    assert not compared.button(key="replan").disabled


def test_the_list_of_another_course_changes_nothing(changes: AppTest, sample_course: Course) -> None:
    other = "Studentnummer;Naam\n" + "\n".join(f"55{n:05};Iemand Anders{n}" for n in range(20))
    upload(changes, other.encode())
    (alert,) = changes.error
    assert "Is dit een ander vak?" in alert.value
    assert changes.button(key="replan").disabled
    assert session_of(changes).course is sample_course
    go(changes, "")
    assert "28 studenten gelezen uit klas-28.csv" in texts(changes)


def test_a_new_list_that_cannot_be_read_says_what_to_do(changes: AppTest) -> None:
    upload(changes, b"%PDF-1.7 not a workbook", name="lijst.xlsx")
    assert "De bestandsnaam zegt Excel, maar de inhoud niet." in changes.error[0].value
    assert not [button for button in changes.button if button.key == "replan"]


def test_a_column_that_neither_list_has_stops_before_the_run(changes: AppTest) -> None:
    upload(changes, "\n".join(line.rsplit(";", 4)[0] for line in LINES).encode())
    assert not changes.error
    rules = b'[[rule]]\nkind = "balance"\ncolumn = "Vooropleidng cijfer"\n'
    changes.file_uploader(key="new_rules").set_value(("regels.toml", rules, "text/plain")).run()
    assert "Bedoelde je “Vooropleiding cijfer”?" in changes.error[0].value
    assert changes.button(key="replan").disabled


def test_the_same_person_under_another_address_and_other_answers_are_told(changes: AppTest) -> None:
    content = "\n".join(LINES).replace("rowan.bhagwandin@", "r.bhagwandin@").replace("Bhagwandin;r", "Bos;r")
    upload(changes, content.replace("Fysiotherapie;5,7", "Fysiotherapie;8,8").encode())
    assert [metric.value for metric in changes.metric] == ["0", "0", "28", "1"]
    assert [alert.value for alert in changes.info] == ["Niemand is gestopt en niemand is nieuw."]
    assert "Eén student heeft andere antwoorden" in texts(changes)
    assert "Jip Crèvecoeur: Vooropleiding cijfer" in texts(changes)
    assert "Rowan Bos" in texts(changes)


def test_a_rules_file_counts_until_it_is_taken_away(compared: AppTest, sample_course: Course) -> None:
    compared.session_state["more_new_list"] = True
    compared.run()
    file = b'language = "nl"\n[groups]\nsize = [2, 6]\n'
    compared.file_uploader(key="new_rules").set_value(("rules.toml", file, "text/plain")).run()
    rerun = session_of(compared).rerun
    assert rerun.rules is not None
    assert rerun.rules.groups.size == (2, 6)
    compared.file_uploader(key="new_rules").set_value(("rules.toml", b"[[rule", "text/plain")).run()
    assert compared.error
    assert rerun.rules.groups.size == (2, 6)
    compared.file_uploader(key="new_rules").set_value(None).run()
    assert rerun.rules == sample_course.rules


def test_other_roles_than_before_are_told_with_their_first_week(compared: AppTest) -> None:
    """Nothing was said of it, and the old roles stayed."""
    assert "Rollen vanaf" not in texts(compared)
    compared.session_state["more_new_list"] = True
    compared.run()
    file = b'language = "nl"\n[roles]\nnames = ["Gespreksleider", "Notulist"]\n[term]\nweeks = 10\n'
    compared.file_uploader(key="new_rules").set_value(("rules.toml", file, "text/plain")).run()
    compared.number_input(key=f"from_week_{session_of(compared).rerun.id}").set_value(5).run()
    told = next(info.value for info in compared.info if "Rollen" in info.value)
    assert told.startswith("Rollen vanaf week 5: Gespreksleider en Notulist. Daarvoor: Gespreksleider,")


# The run


def test_what_is_asked_reaches_the_worker(
    compared: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    rerun = session_of(compared).rerun
    stays = sample_course.plan.groups[0].members[0]
    compared.number_input(key=f"from_week_{rerun.id}").set_value(5)
    compared.number_input(key=f"extra_moves_{rerun.id}").set_value(2)
    compared.multiselect(key=f"closed_{rerun.id}").set_value(["Groep 7"])
    compared.multiselect(key=f"locked_{rerun.id}").set_value([stays]).run()
    compared.button(key="replan").click().run()
    assert jobs[-1].request.options == ReplanOptions(
        from_week=5, extra_moves=2, closed=frozenset({"Groep 7"}), locked=frozenset({stays})
    )
    # Choices stay when somebody looks at the other page and comes back.
    go(compared, "")
    go(compared, "changes")
    assert compared.number_input(key=f"from_week_{rerun.id}").value == 5
    assert compared.multiselect(key=f"closed_{rerun.id}").value == ["Groep 7"]
    assert len(jobs) == 1


def test_a_rerun_shows_how_far_it_is_and_stops_when_asked(compared: AppTest, jobs: list[FakeJob]) -> None:
    compared.button(key="replan").click().run()
    jobs[0].at = Progress(stage="moves", done=0.5, seconds=2.0)
    compared.run()
    assert compared.get("progress")[0].value == 50
    assert "verhuizingen" in compared.get("progress")[0].text
    compared.button(key="stop").click().run()
    assert jobs[0].stopped_at is not None
    assert compared.button(key="stop").disabled


@pytest.mark.parametrize("end", [NoPlan(proven=False), JobLost(), RuntimeError("secret")])
def test_a_rerun_that_fails_leaves_the_groups_as_they_were(
    compared: AppTest, jobs: list[FakeJob], sample_course: Course, end: Exception
) -> None:
    compared.button(key="replan").click().run()
    jobs[0].end = end
    compared.run()
    assert compared.error
    assert "Je groepen zijn nog zoals ze waren." in texts(compared)
    assert "secret" not in texts(compared)
    assert session_of(compared).course is sample_course
    assert not compared.button(key="replan").disabled


def test_another_new_list_ends_the_run_for_the_one_before(compared: AppTest, jobs: list[FakeJob]) -> None:
    compared.button(key="replan").click().run()
    upload(compared, edited(drop=2))
    assert jobs[0].stopped_at is not None
    assert session_of(compared).rerun.run is None


# Before and after


def test_before_and_after_are_side_by_side(compared: AppTest, jobs: list[FakeJob]) -> None:
    replanned(compared, jobs)
    made = session_of(compared).rerun.made
    assert made is not None
    groups = beside(made.request.earlier.groups, made.course.plan.groups)
    changed = [group.name for group in groups if group.changed]
    assert [one.value for one in compared.subheader][:-1] == changed
    tables = [table.value for table in compared.table if "Na" in table.value]
    assert len(tables) == len(changed)
    after = [cell for table in tables for cell in table["Na"]]
    assert sum("gestopt" in cell for cell in after) == 3
    assert "**Nova van Dam**" in after
    assert any("nieuw" in cell for table in tables for cell in table["Voor"])
    assert f"{7 - len(changed)} groepen blijven zoals ze zijn" in texts(compared)
    assert "Waar de nieuwe studenten zitten, en waarom (1)" in texts(compared)


def test_the_changes_can_be_taken_along_before_and_after_accepting(
    compared: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    replanned(compared, jobs)
    assert compared.download_button(key="download_changes")
    rows = rows_of(compared, "changes.csv")
    assert {row["student_id"] for row in rows if not row["to_group"]} == set(GONE)
    assert [row["student_id"] for row in rows if not row["from_group"]] == ["1999999"]
    assert session_of(compared).course is sample_course
    compared.button(key="accept").click().run()
    assert compared.download_button(key="download_changes")
    assert "De nieuwe groepen gelden." in texts(compared)
    assert not compared.file_uploader


def test_going_back_to_the_groups_before_is_told_on_the_page_of_changes(
    draft: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """Once the page was another after the click, and nothing said what had happened."""
    go(draft, "changes")
    upload(draft, edited())
    replanned(draft, jobs).button(key="accept").click().run()
    go(draft, "changes").button(key="plan_before").click().run()
    assert session_of(draft).course == sample_course
    assert "zijn weer in gebruik, met de regels waarmee ze zijn gemaakt." in texts(draft)
    assert "Openstaande wijzigingen" in texts(draft)


def test_accepted_groups_are_on_their_page_and_the_old_ones_in_its_history(
    compared: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    replanned(compared, jobs)
    compared.button(key="accept").click().run()
    session = session_of(compared)
    assert session.course is not None
    assert session.course.history[-1].groups == sample_course.plan.groups
    go(compared, "")
    assert not compared.exception
    assert "26 studenten gelezen uit nieuw.csv" in texts(compared)
    go(compared, "groups")
    assert not compared.warning
    assert compared.download_button(key="download_changes")
    week = session.course.plan.from_week
    shown = [name for card in cards(compared, week) for name, _ in card]
    assert "Nova van Dam" in shown
    assert len(shown) == 26
    go(compared, "changes")
    compared.button(key="another_change").click().run()
    assert "Geen openstaande wijzigingen: de groepen kloppen" in texts(compared)


def test_leaving_it_changes_nothing(compared: AppTest, jobs: list[FakeJob], sample_course: Course) -> None:
    replanned(compared, jobs)
    compared.button(key="leave").click().run()
    assert "Er is niets veranderd. Je groepen zijn zoals ze waren." in texts(compared)
    assert session_of(compared).course is sample_course
    compared.button(key="another_change").click().run()
    assert session_of(compared).rerun.class_list is None
    assert compared.file_uploader(key="new_class_list")


def test_other_groups_on_the_first_page_begin_a_rerun_afresh(
    compared: AppTest, sample_course: Course
) -> None:
    go(compared, "")
    session = session_of(compared)
    assert session.roster is not None
    session.keep(sample_course.model_copy(), session.roster)
    go(compared, "changes")
    assert session_of(compared).rerun.class_list is None


def test_the_page_speaks_english(compared: AppTest, jobs: list[FakeJob]) -> None:
    replanned(compared, jobs)
    compared.segmented_control(key="language").set_value("en").run()
    assert [header.value for header in compared.header] == [
        "1. The groups as they are",
        "2. The new class list",
        "3. What the new plan takes into account",
        "4. Before and after",
        "Download",
    ]
    assert compared.button(key="accept").label == "Accept the new groups"
    assert not compared.warning


def test_groups_that_stop_and_groups_that_begin_are_both_beside_something() -> None:
    old, new = Group(name="A", members=("1", "2")), Group(name="B", members=("2", "1"))
    assert beside([old], [new]) == [BeforeAfter("A", ("1", "2"), ()), BeforeAfter("B", (), ("2", "1"))]
    assert not BeforeAfter("A", ("1", "2"), ("2", "1")).changed


def test_a_rerun_without_a_plan_compares_nothing() -> None:
    assert ReplanSession().compare("nl") is None


def test_a_press_counts_also_for_who_is_on_another_page_by_then(
    compared: AppTest, jobs: list[FakeJob]
) -> None:
    """The button is drawn anew with every page, and a press that only it knew of would be lost."""
    before = len(jobs)
    compared.button(key="replan").click()
    go(compared, "rules")
    assert not compared.exception
    assert len(jobs) == before + 1
    assert session_of(compared).rerun.run is not None
    go(compared, "changes")
    assert len(jobs) == before + 1
