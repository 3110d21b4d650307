"""Files of coordinators are read in a process of their own: what they do to it, no page notices."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from planner.jobs.reader import Readers
from planner.plans.course import Course
from planner.services import reading
from planner.ui.groups import compare
from planner.ui.handouts import pulse as cards_pulse
from planner.ui.handouts import texts as cards_texts
from tests.builders.pages import PEOPLE, analysis, go, texts, upload_list
from tests.builders.processes import dies

ENDED = "Dit bestand lezen kostte veel te veel geheugen of tijd. Daarom is het gestopt."


def give(page: AppTest, field: str, name: str) -> AppTest:
    page.file_uploader(key=field).set_value((name, b"x;y\n1;2\n", "text/plain"))
    return page.run()


def test_a_class_list_that_kills_its_reader_gets_a_message_and_the_next_one_is_read(
    page: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workbook of 6 KB once killed the server for everyone."""
    with monkeypatch.context() as worse:
        worse.setattr(reading, "class_list_of", dies)
        upload_list(page, "lijst.xlsx", b"PK")
    assert ENDED in texts(page)
    assert "lijst.xlsx" in texts(page)
    upload_list(page, "lijst.csv", PEOPLE)
    assert ENDED not in texts(page)
    assert "12 studenten gelezen uit lijst.csv (Klassenlijst)." in texts(page)


@pytest.mark.parametrize(
    ("path", "module", "task", "field", "name"),
    [
        ("rules", reading, "rules_of", "rules_file", "rules.toml"),
        ("cards", cards_pulse, "read_pulse", "pulse_answers", "pulse.csv"),
        ("cards", cards_texts, "read_content", "own_texts_nl", "texts-nl.toml"),
        ("groups", compare, "read_other", "compare_file", "plan.json"),
        ("changes", reading.plans, "previous_of", "previous_plan", "plan.json"),
        ("changes", reading, "rules_of", "new_rules", "rules.toml"),
        ("changes", reading, "class_list_of", "new_class_list", "nieuw.xlsx"),
    ],
)
def test_every_kind_of_file_is_read_elsewhere(
    groups: AppTest,
    monkeypatch: pytest.MonkeyPatch,
    path: str,
    module: object,
    task: str,
    field: str,
    name: str,
) -> None:
    go(groups, path)
    if field == "compare_file":
        groups.session_state["more_compare"] = True
        analysis(groups)
        groups.selectbox(key="compare_with_0_nl").set_value(compare.FILE).run()
    if field == "new_rules":
        give(groups, "new_class_list", "nieuw.csv")
    monkeypatch.setattr(module, task, dies)
    give(groups, field, name)
    assert ENDED in texts(groups)


def test_the_sample_waits_for_no_reader(
    page: AppTest, sample_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Callable[..., object]] = []
    monkeypatch.setattr(Readers, "read", lambda self, task, *_, **__: asked.append(task))
    page.button(key="use_sample").click().run()
    assert "28 studenten en 8 regels: je kunt beginnen." in texts(page)
    assert not asked


def test_a_file_is_read_once_as_long_as_the_same_is_asked(
    groups: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is given up would keep every touch of the page waiting."""
    asked: list[Callable[..., object]] = []
    read = Readers.read

    def noted(self: Readers, task: Callable[..., object], *args: object, **options: object) -> object:
        asked.append(task)
        return read(self, task, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Readers, "read", noted)
    go(groups, "cards")
    give(groups, "pulse_answers", "pulse.csv")
    groups.run()
    assert asked == [cards_pulse.read_pulse]
