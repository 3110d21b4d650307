"""The page in each of its states, without a browser."""

from __future__ import annotations

import csv
import io
import logging
import zipfile

import pytest
from streamlit.testing.v1 import AppTest

from planner.engines.common.watch import Progress
from planner.jobs.job import JobLost
from planner.model.domain import Roster
from planner.model.no_plan import NoPlan
from planner.model.reports import Importance, Status
from planner.planning import formation
from planner.plans.course import Course
from planner.plans.plan_file import read_course
from planner.rules.overlap import Overlap
from planner.ui.groups.download import zipped
from planner.ui.session import work, workers
from planner.ui.session.state import Session
from tests.builders.pages import (
    PEOPLE,
    FakeJob,
    analysis,
    cards,
    course_of,
    go,
    load,
    session_of,
    texts,
    upload_list,
    with_plan,
)
from tests.builders.places import DATA, ROOT

# A first visit


def test_a_first_visit_offers_two_ways_to_start_and_nothing_else(page: AppTest) -> None:
    assert not page.exception
    assert [header.value for header in page.header] == ["Klassenlijst"]
    assert [button.key for button in page.button] == ["use_sample"]
    assert [field.key for field in page.file_uploader] == ["class_list"]


def test_the_language_is_the_choice_of_the_coordinator(page: AppTest) -> None:
    assert page.button(key="use_sample").label == "Probeer de voorbeeldklas"
    page.segmented_control(key="language").set_value("en").run()
    assert page.button(key="use_sample").label == "Try the sample class"
    assert [header.value for header in page.header] == ["Class list"]


# What was read


def test_the_sample_is_read_with_its_rules(sample: AppTest) -> None:
    assert [alert.value for alert in sample.success] == [
        "28 studenten gelezen uit klas-28.csv (Studentenadministratie)."
    ]
    assert "28 studenten en 8 regels: je kunt beginnen." in texts(sample)
    assert not sample.button(key="make_plan").disabled
    go(sample, "rules")
    assert [toggle.value for toggle in sample.toggle] == [True] * 8
    assert not sample.button(key="make_plan").disabled
    # Not a promise: once 30 groups of 4 were told, and one of 3 and one of 5 were among them.
    assert "Reken op ongeveer 7 groepen van 3–5, gemiddeld 4." in texts(sample)


def test_a_file_that_cannot_be_read_says_what_to_do(page: AppTest) -> None:
    upload_list(page, "lijst.xlsx", b"%PDF-1.7 not a workbook")
    (alert,) = page.error
    assert alert.value.startswith(
        "De bestandsnaam zegt Excel, maar de inhoud niet. Open het bestand in Excel"
    )
    assert "lijst.xlsx" in alert.proto.title.replace("\\", "")
    assert not [button for button in page.button if button.key == "make_plan"]
    page.segmented_control(key="language").set_value("en").run()
    assert page.error[0].value.startswith("The file name says Excel, but the content does not.")


def test_an_upload_that_is_taken_away_is_gone(page: AppTest) -> None:
    upload_list(page, "klas.csv", PEOPLE)
    assert "12 studenten gelezen uit klas.csv" in texts(page)
    page.file_uploader(key="class_list").set_value(None).run()
    assert [header.value for header in page.header] == ["Klassenlijst"]


def test_an_uploaded_list_gets_the_rules_its_columns_suggest(page: AppTest) -> None:
    upload_list(page, "klas.csv", PEOPLE)
    go(page, "rules")
    assert [toggle.label for toggle in page.toggle] == ["**Balans op Cijfer**"]
    assert "Deze regels zijn voorgesteld op basis van de kolommen in je klassenlijst." in texts(page)


def test_the_rules_of_the_sample_go_with_the_sample(sample: AppTest) -> None:
    upload_list(sample, "klas.csv", PEOPLE)
    go(sample, "rules")
    assert [toggle.label for toggle in sample.toggle] == ["**Balans op Cijfer**"]
    assert session_of(sample).rules.draft.language is None


def test_what_a_column_means_can_be_corrected(page: AppTest) -> None:
    upload_list(page, "klas.csv", PEOPLE)
    page.session_state["more_columns"] = True
    page.run()
    (meaning,) = [box for box in page.selectbox if box.label == "Cijfer"]
    assert "Bijvoorbeeld: 5,5 · 6,5 · 7,5" in texts(page)
    meaning.set_value("category").run()
    go(page, "rules")
    assert [toggle.label for toggle in page.toggle] == ["**Cijfer mengen**"]


BUSY = b"Studentnummer;Naam;Wanneer kun je NIET?\n" + b"".join(
    b"10000%02d;Student Nummer%d;%s\n" % (n, n, [b"ma ochtend", b"di middag, ma ochtend", b"wo"][n % 3])
    for n in range(12)
)


def _free(page: AppTest) -> tuple[str, ...] | None:
    roster = session_of(page).roster
    assert roster is not None
    rule = Overlap(columns=("Wanneer kun je NIET?",))
    return rule.times(roster).of(roster.students[0])


def test_moments_when_somebody_cannot_can_be_turned_round_and_stay_so(page: AppTest) -> None:
    upload_list(page, "klas.csv", BUSY)
    assert _free(page) == ("di middag", "wo")
    assert "De andere momenten die genoemd zijn, tellen als vrij" in texts(page)
    page.session_state["more_columns"] = True
    page.run()
    (meaning,) = [box for box in page.selectbox if box.label == "Wanneer kun je NIET?"]
    assert meaning.value == "busy"
    meaning.set_value("slots").run()
    assert not page.error
    assert _free(page) == ("ma ochtend",)
    assert session_of(load(course_of(page))).kinds["Wanneer kun je NIET?"] == "slots"
    assert _free(load(course_of(page))) == ("ma ochtend",)


def test_a_grid_is_turned_round_for_every_day_at_once(page: AppTest) -> None:
    rows = b"".join(b"10000%02d;Student Nummer%d;9;10\n" % (n, n) for n in range(12))
    upload_list(page, "klas.csv", b"Studentnummer;Naam;Bezet [ma];Bezet [di]\n" + rows)
    page.session_state["more_columns"] = True
    page.run()
    meaning = next(box for box in page.selectbox if box.label.startswith("Bezet"))
    meaning.set_value("slots").run()
    assert not page.error
    assert {column.kind for column in session_of(page).roster.columns} == {"slots"}  # type: ignore[union-attr]


def test_a_course_with_busy_moments_opens_with_all_of_them(page: AppTest) -> None:
    upload_list(page, "klas.csv", BUSY.replace(b"di middag, ", b"", 3))
    again = load(course_of(page))
    assert _free(again) == ("wo", "di middag")
    now = session_of(again)
    now.edit(now.edits.leaves(12))  # the last one who named the afternoon
    assert now.read() is not None
    assert _free(again) == ("wo", "di middag")
    assert now.seen == {"Wanneer kun je NIET?": ("ma ochtend", "wo", "di middag")}


def test_answers_to_a_survey_are_joined(page: AppTest) -> None:
    upload_list(page, "klas.csv", PEOPLE)
    answers = b"Studentnummer;Kleur\n" + b"".join(
        b"10000%02d;%s\n" % (n, [b"rood", b"blauw"][n % 2]) for n in range(12)
    )
    page.file_uploader(key="survey").set_value(("vragen.csv", answers, "text/csv")).run()
    go(page, "rules")
    assert [toggle.label for toggle in page.toggle] == ["**Balans op Cijfer**", "**Kleur mengen**"]


def test_a_sheet_is_asked_for_when_there_are_several(page: AppTest) -> None:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    for name in ("Groep A", "Groep B"):
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(
            [("Studentnummer", "Naam"), *((f"20000{n}", f"{name} {n}") for n in range(3))]
        ):
            sheet.write_row(row, 0, cells)
    book.close()
    upload_list(page, "klassen.xlsx", file.getvalue())
    assert "Op welk tabblad staan de studenten?" in page.error[0].value
    page.selectbox(key="sheet").set_value("Groep B").run()
    assert not page.error
    roster = session_of(page).roster
    assert roster is not None
    assert [student.name for student in roster.students] == ["Groep B 0", "Groep B 1", "Groep B 2"]


# Rules


def test_a_rule_that_cannot_hold_says_so_and_stops_the_button(rules: AppTest) -> None:
    draft = session_of(rules).rules.draft
    rules.number_input(key=f"smallest_{draft.id}").set_value(10)
    rules.number_input(key=f"largest_{draft.id}").set_value(11)
    rules.number_input(key=f"prefer_{draft.id}").set_value(10).run()
    (alert,) = rules.error
    assert alert.value.startswith("28 studenten kunnen geen groepen van 10–11 vormen.")
    assert alert.value.endswith("Sta een kleinste groep van 9 toe.")
    assert rules.button(key="make_plan").disabled
    assert "Nog niet: 28 studenten kunnen geen groepen van 10–11 vormen." in texts(rules)
    rules.number_input(key=f"smallest_{draft.id}").set_value(9).run()
    assert not rules.error
    assert not rules.button(key="make_plan").disabled


def test_a_rule_that_is_not_finished_says_what_it_needs(rules: AppTest) -> None:
    rules.selectbox(key="new_rule_nl").set_value("together").run()
    rules.button(key="add_rule").click().run()
    (card,) = [card for card in session_of(rules).rules.draft.cards if card.kind == "together"]
    assert rules.button(key="make_plan").disabled
    assert "Bij elkaar: Kies minstens twee studenten." in texts(rules)
    rules.multiselect(key=f"rule_{card.id}_students").set_value(["1351678", "0926745"]).run()
    assert not rules.button(key="make_plan").disabled
    assert (
        rules.toggle(key=f"rule_{card.id}_on").label == "**Bij elkaar: Rowan Bhagwandin en Jip Crèvecoeur**"
    )


def test_a_rule_can_be_switched_off_and_taken_away(rules: AppTest) -> None:
    first, second = session_of(rules).rules.draft.cards[:2]
    rules.toggle(key=f"rule_{first.id}_on").set_value(False).run()
    assert "28 studenten en 7 regels" in texts(rules)
    rules.session_state[f"rule_{second.id}_more"] = True
    rules.run()
    rules.button(key=f"rule_{second.id}_remove").click().run()
    assert "28 studenten en 6 regels" in texts(rules)
    assert second.id not in [card.id for card in session_of(rules).rules.draft.cards]


def test_a_balance_that_becomes_a_must_starts_with_a_limit(rules: AppTest) -> None:
    card = session_of(rules).rules.draft.cards[0]
    rules.segmented_control(key=f"rule_{card.id}_importance").set_value(Importance.MUST).run()
    assert rules.toggle(key=f"rule_{card.id}_on").label == "**Balans op Vooropleiding cijfer, binnen 0,3**"
    assert not rules.button(key="make_plan").disabled


def test_every_kind_of_rule_can_be_added_by_hand(rules: AppTest) -> None:
    for kind in rules.selectbox(key="new_rule_nl").options and (
        "balance", "mix", "similar", "never-alone", "overlap", "limit", "apart", "together", "wish",
    ):  # fmt: skip
        rules.selectbox(key="new_rule_nl").set_value(kind).run()
        rules.button(key="add_rule").click().run()
        assert not rules.exception
        assert session_of(rules).rules.draft.cards[-1].kind == kind
    assert not [alert for alert in rules.error if "Hecht zelf" in alert.proto.title]


def test_rules_come_from_a_file_and_a_bad_file_changes_nothing(rules: AppTest) -> None:
    before = list(session_of(rules).rules.draft.cards)
    field = rules.file_uploader(key="rules_file")
    field.set_value(("rules.toml", b'[[rule]]\nkind = "balans"\n', "text/plain")).run()
    assert "Er is geen regel van soort “balans”." in rules.error[0].value
    assert session_of(rules).rules.draft.cards == before
    good = b'language = "nl"\n[groups]\nsize = [2, 4]\n[[rule]]\nkind = "mix"\ncolumn = "Opleiding"\n'
    rules.file_uploader(key="rules_file").set_value(("rules.toml", good, "text/plain")).run()
    assert not rules.error
    assert [toggle.label for toggle in rules.toggle] == ["**Opleiding mengen**"]
    assert rules.number_input(key=f"smallest_{session_of(rules).rules.draft.id}").value == 2


def test_default_roles_follow_the_language_of_the_page_until_there_is_a_plan(page: AppTest) -> None:
    upload_list(page, "klas.csv", PEOPLE)
    page.segmented_control(key="language").set_value("en").run()
    page.button(key="make_plan").click().run()
    run = session_of(page).making.run
    assert run is not None
    assert run.rules.role_names[0] == "Facilitator"
    assert run.rules.group_names(1) == ("Group 1",)


# A run


def test_the_button_starts_one_run_and_a_rerun_starts_no_other(sample: AppTest, jobs: list[FakeJob]) -> None:
    sample.button(key="make_plan").click().run()
    sample.run()
    sample.segmented_control(key="language").set_value("en").run()
    assert len(jobs) == 1
    assert not [button for button in sample.button if button.key == "make_plan"]
    assert sample.button(key="stop").label == "Stop"


def test_a_run_shows_how_far_it_is_and_stops_when_asked(sample: AppTest, jobs: list[FakeJob]) -> None:
    sample.button(key="make_plan").click().run()
    jobs[0].at = Progress(stage="search", done=0.5, violation=0, cost=321, seconds=2.0)
    sample.run()
    assert "Elke verplichte regel klopt" in sample.get("progress")[0].text
    assert sample.get("progress")[0].value == 50
    sample.button(key="stop").click().run()
    assert jobs[0].stopped_at is not None
    assert sample.button(key="stop").disabled
    assert "Stoppen met het beste plan tot nu toe" in sample.get("progress")[0].text


def test_the_best_plan_is_shown_after_a_stop(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    sample.button(key="make_plan").click().run()
    sample.button(key="stop").click().run()
    outcome = sample_course.plan.outcome.model_copy(update={"status": Status.STOPPED, "cut_short": True})
    jobs[0].end = sample_course.plan.model_copy(update={"outcome": outcome})
    sample.run()
    assert [group.value for group in sample.subheader] == [f"Groep {n}" for n in range(1, 8)]
    assert "; de berekening is eerder gestopt." in texts(sample)
    (warning,) = analysis(sample).warning
    assert "eerder" in warning.value
    assert "beste plan" in warning.value
    assert sample.download_button(key="download_groups")


def test_a_run_without_a_plan_says_why_and_what_to_do(sample: AppTest, jobs: list[FakeJob]) -> None:
    sample.button(key="make_plan").click().run()
    session = session_of(sample)
    assert session.making.run is not None
    broken = formation.audit(session.making.run.rules, session.making.run.roster, ()).broken
    jobs[0].end = NoPlan(proven=False, broken=broken)
    sample.run()
    (alert,) = sample.error
    assert "Misschien is er wel een" in alert.proto.title
    assert "Maak een regel minder streng" in alert.value
    assert "Iedereen in één groep – 28 studenten" in texts(sample)
    assert not sample.button(key="make_plan").disabled


def test_a_lost_run_can_be_tried_again(sample: AppTest, jobs: list[FakeJob]) -> None:
    sample.button(key="make_plan").click().run()
    jobs[0].end = JobLost()
    sample.run()
    assert "Probeer het nog eens" in sample.error[0].value
    sample.button(key="make_plan").click().run()
    assert len(jobs) == 2


def test_another_class_list_ends_the_run_for_the_one_before(sample: AppTest, jobs: list[FakeJob]) -> None:
    sample.button(key="make_plan").click().run()
    upload_list(go(sample, ""), "klas.csv", PEOPLE)
    assert jobs[0].stopped_at is not None
    assert session_of(sample).making.run is None
    assert not sample.button(key="make_plan").disabled


def test_two_clicks_make_a_plan_of_the_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    manager = work.JobManager()
    monkeypatch.setattr(work, "job_manager", lambda: manager)
    monkeypatch.setattr(workers, "workers", lambda: manager.workers)
    try:
        page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        page.button(key="use_sample").click().run()
        page.button(key="make_plan").click().run()
        run = session_of(page).making.run
        assert run is not None
        assert run.job.wait(120)
        page.run()
        assert len(page.subheader) == 7
        content = dict(files_of(session_of(page)))["groups.csv"].decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
        assert len(rows) == 28
        assert len({row["student_id"] for row in rows}) == 28
        assert {row["group"] for row in rows} == {f"Groep {n}" for n in range(1, 8)}
    finally:
        manager.workers.close()


def files_of(session: Session) -> list[tuple[str, bytes]]:
    return [(file.name, file.content) for file in session.files()]


def test_the_language_stays_when_a_click_leads_to_the_groups(page: AppTest) -> None:
    page.segmented_control(key="language").set_value("en").run()
    page.button(key="use_sample").click().run()
    page.button(key="make_plan").click().run()
    assert [header.value for header in page.header] == ["Groups"]
    assert page.segmented_control(key="language").value == "en"


# A plan


def test_a_plan_shows_everybody_once_with_a_role(sample: AppTest, sample_course: Course) -> None:
    with_plan(sample, sample_course)
    people = [person for card in cards(sample) for person in card]
    assert sorted(name for name, _ in people) == sorted(sample_course.roster.shown_names.values())
    assert all(role != "–" for _, role in people)


def test_another_week_shows_other_roles(sample: AppTest, sample_course: Course) -> None:
    with_plan(sample, sample_course)
    first = [[role for _, role in card] for card in cards(sample)]
    sample.selectbox(key="week").set_value(2).run()
    second = [[role for _, role in card] for card in cards(sample, 2)]
    assert len(first) == len(second) == 7
    assert first != second


def test_a_student_can_be_found_by_name(sample: AppTest, sample_course: Course) -> None:
    with_plan(sample, sample_course)
    sample.text_input(key="search").set_value("crevecoeur").run()
    home = sample_course.plan.group_of["0926745"]
    assert [group.value for group in sample.subheader] == [home]
    sample.text_input(key="search").set_value("niemand zo").run()
    assert "Niemand heeft “niemand zo” in de naam." in texts(sample)


def test_the_week_and_the_name_looked_for_outlast_a_visit_to_another_page(groups: AppTest) -> None:
    groups.selectbox(key="week").set_value(3)
    groups.text_input(key="search").set_value("rowan").run()
    go(go(groups, "rules"), "groups")
    assert groups.selectbox(key="week").value == 3
    assert groups.text_input(key="search").value == "rowan"


def test_every_rule_stands_in_the_table_in_words(sample: AppTest, sample_course: Course) -> None:
    analysis(with_plan(sample, sample_course))
    (table,) = [table.value for table in sample.table if "Regel" in table.value]
    assert list(table["Regel"])[:3] == ["Iedereen in één groep", "Groepen van 3–5", "Liefst groepen van 4"]
    assert "Uit elkaar: Agnieszka Dekker en Jildou Ramdin" in list(table["Regel"])
    assert set(table["Belang"]) == {"verplicht", "belangrijk", "fijn als het kan"}
    known = ("klopt", "beter kan niet", "kan misschien nog beter; dat scheelt hooguit ")
    assert all(any(one in standing for one in known) for standing in table["Hoe goed het klopt"])


def test_the_language_changes_and_the_plan_stays(sample: AppTest, sample_course: Course) -> None:
    with_plan(sample, sample_course)
    sample.segmented_control(key="language").set_value("en").run()
    assert [header.value for header in sample.header] == ["Groups", "Download"]
    assert len(sample.subheader) == 7
    assert not sample.warning
    sample.segmented_control(key="language").set_value("nl").run()
    assert session_of(sample).course is sample_course
    assert not sample.warning


def test_suggested_rules_keep_the_language_of_their_plan(page: AppTest, jobs: list[FakeJob]) -> None:
    upload_list(page, "klas.csv", PEOPLE)
    page.button(key="make_plan").click().run()
    run = session_of(page).making.run
    assert run is not None
    jobs[0].end = formation.form(run.rules, run.roster, effort="quick")
    page.run()
    page.segmented_control(key="language").set_value("en").run()
    assert [group.value for group in page.subheader] == ["Groep 1", "Groep 2", "Groep 3"]
    assert not page.warning
    assert not go(page, "rules").warning
    assert not go(page, "groups").warning


def test_changed_rules_say_that_the_groups_are_of_before(groups: AppTest) -> None:
    card = session_of(groups).rules.draft.cards[0]
    go(groups, "rules").toggle(key=f"rule_{card.id}_on").set_value(False).run()
    assert "zijn veranderd sinds deze groepen" in texts(groups)
    go(groups, "groups")
    assert (
        "De regels of de klassenlijst zijn veranderd nadat deze groepen zijn gemaakt."
        in groups.warning[0].value
    )
    # Once the verdict still said that every required rule is met, also where a rule became required since.
    assert "Met de vorige: iedereen heeft een plek; elke verplichte regel klopt" in texts(groups)
    then = "Toen deze groepen werden gemaakt, met de regels en de klassenlijst van dat moment: "
    assert then in texts(analysis(groups))
    assert "Groep 7" in [group.value for group in groups.subheader]
    go(groups, "rules").toggle(key=f"rule_{card.id}_on").set_value(True).run()
    assert not go(groups, "groups").warning
    assert "van toen deze groepen werden gemaakt" not in texts(groups)


def test_rules_stay_as_they_were_filled_in_on_the_way_to_other_pages(rules: AppTest) -> None:
    card = session_of(rules).rules.draft.cards[2]
    rules.segmented_control(key=f"rule_{card.id}_importance").set_value(Importance.IMPORTANT).run()
    go(go(rules, "groups"), "rules")
    assert rules.segmented_control(key=f"rule_{card.id}_importance").value is Importance.IMPORTANT


def test_every_target_says_what_to_do_or_why_it_cannot_be_made(
    sample: AppTest, sample_course: Course
) -> None:
    with_plan(sample, sample_course)
    sample.pills(key="system").set_value("moodle").run()
    assert "Importeer in Moodle eerst het groepenbestand" in texts(sample)
    assert sample.download_button(key="download_moodle-groups.csv")
    assert "Er is nog geen ledenbestand voor Moodle" in texts(sample)
    sample.text_input(key="moodle_course").set_value("PSY,101").run()
    assert "kan geen korte naam van een cursus in Moodle zijn" in texts(sample)
    sample.text_input(key="moodle_course").set_value(" PSY 101 ").run()
    assert sample.download_button(key="download_moodle-members.csv")
    assert session_of(sample).elsewhere.moodle_course == "PSY 101"
    sample.pills(key="system").set_value("canvas").run()
    assert "28 studenten hebben geen" in sample.info[-1].value
    assert not [button for button in sample.get("download_button") if "canvas" in str(button.key)]


def test_blackboards_own_codes_are_read_and_stay_in_use(sample: AppTest, sample_course: Course) -> None:
    students = [
        one.model_copy(update={"keys": {"username": f"u{one.id}"}}) for one in sample_course.roster.students
    ]
    roster = Roster(students=tuple(students), columns=sample_course.roster.columns)
    with_plan(sample, sample_course.model_copy(update={"roster": roster}))
    sample.pills(key="system").set_value("blackboard").run()
    assert sample.download_button(key="download_blackboard-groups.csv")
    assert "importeer dat eerst" in texts(sample)
    give = sample.file_uploader(key="blackboard_groups").set_value
    give(("groups.csv", b"Naam;Cijfer\nNoor;7\n", "text/csv")).run()
    assert "staan geen kolommen “Group Code” en “Title”" in texts(sample)
    names = [group.name for group in sample_course.plan.groups]
    rows = "".join(f"gc_{n},{name},,Set,N\n" for n, name in enumerate(names))
    export = f"Group Code,Title,Description,Group Set,Self Enroll\n{rows}".encode()
    sample.file_uploader(key="blackboard_groups").set_value(("groups.csv", export, "text/csv")).run()
    assert f"Blackboard heeft {len(names)} groepen." in texts(sample)
    assert sample.download_button(key="download_blackboard-members.csv")
    assert not [one for one in sample.get("download_button") if one.key == "download_blackboard-groups.csv"]
    sample.pills(key="system").set_value("zoom").run()
    sample.pills(key="system").set_value("blackboard").run()
    assert f"Blackboard heeft {len(names)} groepen." in texts(sample)


def test_the_page_asks_whether_student_numbers_are_the_user_names(
    sample: AppTest, sample_course: Course
) -> None:
    with_plan(sample, sample_course)
    assert "daaraan herkent Blackboard" in texts(sample)  # among the imports that are not in the folder
    sample.pills(key="system").set_value("blackboard").run()
    assert not [one for one in sample.get("download_button") if "blackboard" in str(one.key)]
    assert "zet dan het vinkje hierboven" in texts(sample)
    sample.checkbox(key="numbers_are_usernames").check().run()
    assert sample.download_button(key="download_blackboard-members.csv")
    assert session_of(sample).elsewhere.numbers_are_usernames
    assert "daaraan herkent Blackboard" not in texts(sample)


def test_what_was_told_for_learning_systems_is_kept_with_the_course(draft: AppTest) -> None:
    """Once a reload forgot the tick, and the files were not possible any more."""
    go(draft, "groups").pills(key="system").set_value("moodle").run()
    draft.checkbox(key="numbers_are_usernames").check().run()
    draft.text_input(key="moodle_course").set_value("PSY-101").run()
    again = session_of(load(course_of(draft))).elsewhere
    assert again.numbers_are_usernames
    assert again.moodle_course == "PSY-101"


def test_names_that_a_system_cannot_take_are_told_before_the_download(
    sample: AppTest, sample_course: Course
) -> None:
    groups = [group.model_copy(update={"name": f"{n}"}) for n, group in enumerate(sample_course.plan.groups)]
    with_plan(sample, sample_course.model_copy(update={"plan": sample_course.plan.but(groups=tuple(groups))}))
    assert "Moodle leest “0” niet als de naam van een groep" in texts(sample)  # of the folder with everything
    sample.pills(key="system").set_value("moodle").run()
    assert "Moodle leest “0” niet als de naam van een groep" in sample.error[0].value
    assert not [button for button in sample.get("download_button") if "moodle" in str(button.key)]
    assert sample.pills(key="system").set_value("zoom").run().download_button(key="download_zoom-rooms.csv")


def test_everything_fits_in_one_folder(sample_course: Course) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(sample_course))) as folder:
        names = set(folder.namelist())
        assert {"groups.csv", "roles.csv", "groups.xlsx", "plan.json"} <= names
        assert read_course(folder.read("plan.json")).plan.groups == sample_course.plan.groups


# When something goes wrong in Hecht itself


def test_an_error_of_ours_is_told_in_plain_words(
    sample: AppTest, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("/secret/path and a name")

    monkeypatch.setattr("planner.ui.rules.rules_section.cards.show", fails)
    with caplog.at_level(logging.ERROR):
        go(sample, "rules")
    assert not sample.exception
    assert [alert.proto.title for alert in sample.error] == ["Er ging iets mis in Hecht zelf."]
    assert "secret" not in texts(sample)
    assert "secret" in caplog.text


def test_an_upload_that_makes_us_stumble_is_told_in_plain_words(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(Session, "take", fails)
    upload_list(page, "klas.csv", PEOPLE)
    assert not page.exception
    assert [alert.proto.title for alert in page.error] == ["Er ging iets mis in Hecht zelf."]
    page.run()
    assert not page.error


@pytest.mark.parametrize("name", sorted(path.name for path in (DATA / "lms").iterdir()))
def test_files_of_learning_systems_can_be_planned_as_they_are(page: AppTest, name: str) -> None:
    upload_list(page, name, (DATA / "lms" / name).read_bytes())
    assert not page.exception
    assert not [alert for alert in page.error if "Hecht zelf" in alert.proto.title]
    assert session_of(page).roster is not None
    assert not page.button(key="make_plan").disabled


def test_a_large_class_shows_a_page_of_cards(page: AppTest) -> None:
    from benchmarks.samples import synthetic_class
    from planner.model.domain import Group, Plan
    from planner.model.reports import Outcome

    upload_list(page, "groot.csv", synthetic_class(400, 1))
    session = session_of(page)
    roster = session.roster
    assert roster is not None
    ids = [student.id for student in roster.students]
    groups = tuple(Group(name=f"Groep {n}", members=tuple(ids[4 * n : 4 * n + 4])) for n in range(100))
    outcome = Outcome(status=Status.FEASIBLE, cost=0, bound=0, seconds=1.0)
    rules = session.rules.draft.rules("nl")
    assert rules is not None
    plan = Plan(language="nl", seed=0, version="", effort="quick", groups=groups, turns=(), outcome=outcome)
    with_plan(page, Course(roster=roster, rules=rules, plan=plan))
    assert len(page.subheader) == 12
    page.get_by_key("groups_page").set_value(9).run()
    assert [group.value for group in page.subheader] == ["Groep 96", "Groep 97", "Groep 98", "Groep 99"]
