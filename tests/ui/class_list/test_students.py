"""The table of students on the first page: cells, who left, who joined, and the way back."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.model.domain import ColumnKind
from planner.model.free_times import FreeTimes
from planner.plans.course import Course
from planner.ui.class_list.students import HERE
from tests.builders.pages import PEOPLE, FakeJob, edit, go, opened, session_of, texts, upload_list, with_plan


@pytest.fixture
def table(page: AppTest) -> AppTest:
    """Return the first page with a class of twelve, and its table open."""
    upload_list(page, "klas.csv", PEOPLE)
    return opened(page)


def names(page: AppTest) -> list[str]:
    roster = session_of(page).roster
    assert roster is not None
    return [student.name for student in roster.students]


def test_the_table_shows_every_student_with_the_row_of_the_file(table: AppTest) -> None:
    """On a phone the numbers took the place of the names: who somebody is comes first, as what rules read."""
    (editor,) = table.data_editor
    assert list(editor.value.columns) == [HERE, "Naam", "Cijfer", "Studentnummer"]
    assert list(editor.value.index) == list(range(2, 14))
    assert list(editor.value.iloc[0]) == [True, "Student Nummer0", "5,5", "1000000"]


def test_a_corrected_cell_is_planned_with_and_outlasts_a_visit_to_another_page(
    table: AppTest, jobs: list[FakeJob]
) -> None:
    edit(table, {0: {"Naam": "Noor Aydın", "Cijfer": "9"}})
    assert names(table)[0] == "Noor Aydın"
    assert "Eén rij handmatig gewijzigd." in texts(table)
    opened(go(go(table, "rules"), ""))
    assert list(table.data_editor[0].value.iloc[0])[1:3] == ["Noor Aydın", "9"]
    edit(table, {1: {"Naam": "Sem Bos"}})
    assert names(table)[:2] == ["Noor Aydın", "Sem Bos"]
    table.button(key="make_plan").click().run()
    roster = jobs[0].request.roster
    assert [s.name for s in roster.students][:2] == ["Noor Aydın", "Sem Bos"]  # type: ignore[attr-defined]


def test_who_left_is_not_planned_and_can_come_back(table: AppTest) -> None:
    edit(table, {0: {HERE: False}, 3: {HERE: False}})
    assert len(names(table)) == 10
    assert "10 studenten gelezen" in texts(table)
    assert len(table.data_editor[0].value) == 12
    edit(table, {0: {HERE: True}, 3: {HERE: False}})
    assert len(names(table)) == 11


def test_a_cell_that_cannot_be_is_said_with_row_and_column_and_mended_in_place(table: AppTest) -> None:
    edit(table, {1: {"Studentnummer": None}})
    (alert,) = table.error
    assert alert.proto.title.replace("\\", "").endswith("klas.csv, rij 3, kolom Studentnummer")
    assert not [button for button in table.button if button.key == "make_plan"]
    assert "een klassenlijst" in texts(go(table, "rules"))
    opened(go(table, ""))
    edit(table, {1: {"Studentnummer": "1000099"}})
    assert not table.error
    assert session_of(table).roster is not None


def test_somebody_who_joined_is_added(table: AppTest) -> None:
    fields = {field.label: field for field in table.text_input if str(field.key).startswith("joined_")}
    assert list(fields) == ["Naam", "Studentnummer", "Cijfer"]
    fields["Studentnummer"].set_value("1000077")
    fields["Naam"].set_value("Nova van Dam")
    (button,) = [button for button in table.button if button.label == "Zet op de klassenlijst"]
    button.click().run()
    assert names(table)[-1] == "Nova van Dam"
    assert table.data_editor[0].value.index[-1] == 14
    edit(table, {12: {HERE: False}})
    assert len(names(table)) == 12


BUSY = "Studentnummer;Naam;Wanneer kun je niet?\n" + "".join(
    f"10000{n:02d};Student Nummer{n};{cell}\n"
    for n, cell in enumerate(["ma ochtend, di middag", "di middag", "wo avond", "ma ochtend"] * 3)
)


def test_a_column_of_busy_moments_asks_for_those_and_whoever_can_always_says_so(page: AppTest) -> None:
    table = opened(upload_list(page, "klas.csv", BUSY.encode()))
    (field,) = [one for one in table.button_group if str(one.key).startswith("joined_")]
    assert field.proto.label == "Wanneer kun je niet: momenten waarop deze student niet kan"
    assert field.options == ["ma ochtend", "di middag", "wo avond", "Geen van deze: kan altijd"]
    fields = {one.label: one for one in table.text_input if str(one.key).startswith("joined_")}
    fields["Studentnummer"].set_value("1000077")
    fields["Naam"].set_value("Nova van Dam")
    field.set_value(["vrij"])
    (button,) = [button for button in table.button if button.label == "Zet op de klassenlijst"]
    button.click().run()
    roster = session_of(table).roster
    assert roster is not None
    nova = roster.by_id["1000077"]
    assert nova.answer("Wanneer kun je niet?") == "vrij"
    free = FreeTimes.known(("Wanneer kun je niet?",), roster).of(nova)
    assert free == ("ma ochtend", "di middag", "wo avond")


def test_all_is_undone_at_once(table: AppTest) -> None:
    before = session_of(table).roster
    edit(table, {0: {"Naam": "Noor"}, 1: {HERE: False}})
    table.button(key="undo_edits").click().run()
    assert session_of(table).roster == before
    assert list(table.data_editor[0].value.iloc[0]) == [True, "Student Nummer0", "5,5", "1000000"]
    assert not [button for button in table.button if button.key == "undo_edits"]


def test_the_language_changes_and_the_edits_stay(table: AppTest) -> None:
    edit(table, {0: {"Naam": "Noor"}})
    table.segmented_control(key="language").set_value("en").run()
    assert names(table)[0] == "Noor"
    opened(table)
    assert table.data_editor[0].value["Naam"].iloc[0] == "Noor"
    edit(table, {1: {"Naam": "Sem"}})
    assert names(table)[:2] == ["Noor", "Sem"]


def test_rules_somebody_worked_on_stay_when_a_student_leaves(table: AppTest) -> None:
    draft = session_of(table).rules.draft
    go(table, "rules").number_input(key=f"weeks_{draft.id}").set_value(6).run()
    opened(go(table, ""))
    edit(table, {0: {HERE: False}})
    assert session_of(table).rules.draft is draft
    assert draft.term.weeks == 6


def test_another_file_has_no_edits(table: AppTest) -> None:
    edit(table, {0: {"Naam": "Noor"}})
    upload_list(table, "klas.csv", PEOPLE + b"1000099;Nog Iemand;7,5\n")
    assert names(table)[0] == "Student Nummer0"
    assert len(table.data_editor[0].value) == 13


def test_answers_to_a_survey_are_in_the_table(table: AppTest) -> None:
    answers = b"Studentnummer;Kleur\n" + b"".join(
        b"10000%02d;%s\n" % (n, [b"rood", b"blauw"][n % 2]) for n in range(12)
    )
    table.file_uploader(key="survey").set_value(("vragen.csv", answers, "text/csv")).run()
    assert list(table.data_editor[0].value["Kleur"])[:2] == ["rood", "blauw"]
    edit(table, {0: {"Kleur": "groen"}})
    roster = session_of(table).roster
    assert roster is not None
    assert roster.students[0].answer("Kleur") == "groen"


def test_a_dropout_marked_in_the_table_goes_to_the_changes(sample: AppTest, sample_course: Course) -> None:
    with_plan(sample, sample_course)
    opened(go(sample, ""))
    edit(sample, {0: {HERE: False}})
    go(sample, "changes")
    sample.button(key="use_edited").click().run()
    assert "27 studenten gelezen uit klas-28.csv" in texts(sample)
    # Once it asked whether they left or this is another file: no file came, and a hand marked them.
    assert "Gestopt, of is dit een ander bestand?" not in texts(sample)
    assert not sample.button(key="replan").disabled
    assert not [button for button in sample.button if button.key == "use_edited"]


def test_another_meaning_of_the_number_keeps_the_groups_in_use(
    groups: AppTest, sample_course: Course, jobs: list[FakeJob]
) -> None:
    """The groups were gone, and the button made others without a question."""
    now = session_of(groups)
    now.correct("Studentnummer", ColumnKind.IGNORED)
    go(groups, "groups")
    assert now.roster is not None
    assert now.kinds["Studentnummer"] is ColumnKind.IGNORED
    assert now.course is not None
    assert now.course.plan.groups == sample_course.plan.groups
    assert not jobs


@pytest.mark.parametrize(
    ("language", "name", "heading"), [("nl", "klas-28", "Opleiding"), ("en", "class-28", "Programme")]
)
def test_the_sample_is_in_the_language_of_the_page(
    page: AppTest, language: str, name: str, heading: str
) -> None:
    """English users got a Dutch class."""
    page.session_state["language"] = language
    page.run().button(key="use_sample").click().run()
    assert not page.error
    assert f"{name}.csv" in texts(page)
    roster = session_of(page).roster
    assert roster is not None
    assert heading in roster.headings
