"""The page reads back what a learning system has: who is missing or elsewhere there, and what mends it."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from planner.plans.course import Course
from tests.builders.pages import FakeJob, go, planned, texts, upload


def test_who_a_learning_system_skipped_is_named_with_what_mends_it(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    page = go(planned(sample, jobs, sample_course), "groups")
    page.pills(key="system").set_value("moodle-plugin").run()
    page.session_state["more_read_back_moodle-plugin"] = True
    page.run()
    roster, group_of = sample_course.roster, sample_course.plan.group_of
    skipped, *others = group_of
    lines = ["email,group", *(f"{roster.by_id[one].email},{group_of[one]}" for one in others)]
    upload(page, "\n".join(lines).encode(), "read_back_moodle-plugin", "moodle.csv")
    said = texts(page)
    assert "27 studenten zitten daar in de juiste groep, 1 niet." in said
    name = roster.shown_names[skipped]
    assert f"{name} zit daar in geen groep; het plan: {group_of[skipped]}." in said
    mends = [one.proto.id for one in page.get("download_button") if "mend_moodle-plugin" in one.proto.id]
    assert len(mends) == 2
    lines.append(f"{roster.by_id[skipped].email},{group_of[skipped]}")
    upload(page, "\n".join(lines).encode(), "read_back_moodle-plugin", "moodle.csv")
    assert "Alle 28 studenten van het plan zitten daar in de juiste groep." in texts(page)


def test_a_list_that_cannot_be_read_says_so(
    sample: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    page = go(planned(sample, jobs, sample_course), "groups")
    page.pills(key="system").set_value("moodle-plugin").run()
    page.session_state["more_read_back_moodle-plugin"] = True
    upload(page.run(), b"email,cijfer\na@b.nl,7\n", "read_back_moodle-plugin", "moodle.csv")
    assert "Er is geen kolom met groepen." in texts(page)
