"""All groups on one page: the names and nothing else, as a page and as a text."""

from __future__ import annotations

from datetime import date

import pytest

from planner.handouts.group_list import list_html, list_of_groups, list_section, list_text
from planner.model.domain import Column, ColumnKind
from planner.model.problems import InputError
from planner.model.text import LANGUAGES, Language
from tests.builders.handouts import HOSTILE, NAMES, OTHERS, course, named
from tests.builders.html_reader import Reader

DAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    ("language", "about"),
    [
        ("nl", "Week 1: 8 studenten in 2 groepen · 30 november 2026"),
        ("en", "Week 1: 8 students in 2 groups · 30 November 2026"),
    ],
)
def test_everyone_is_on_it_and_only_by_name(language: Language, about: str) -> None:
    gender = Column(heading="Gender", kind=ColumnKind.CATEGORY)
    made = course(NAMES, OTHERS, columns=[gender], answers={name: {"Gender": "geheim"} for name in NAMES})
    listed = list_of_groups(made, DAY, language, "Statistiek & meer")
    page = Reader(list_html(listed))
    assert {"Statistiek & meer", about, "Groep 1", "Groep 2", *NAMES, *OTHERS} <= set(page.texts)
    everything = list_html(listed).decode() + list_text(listed)
    for kept in ("geheim", "ma ochtend", "@school.example", *made.roster.by_id):
        assert kept not in everything


def test_a_text_to_paste_has_a_line_for_each_group() -> None:
    assert list_text(list_of_groups(course(NAMES, OTHERS), DAY, "nl")).splitlines() == [
        "Alle groepen",
        "Week 1: 8 studenten in 2 groepen · 30 november 2026",
        "",
        "Groep 1: " + ", ".join(NAMES),
        "Groep 2: " + ", ".join(OTHERS),
    ]


def test_namesakes_are_told_apart_by_the_end_of_their_number() -> None:
    listed = list_of_groups(course(("Noor Bos", "Sem Vos"), ("Noor Bos", "Ali Kaya")), DAY, "nl")
    assert [group.people for group in listed.groups] == [
        ("Noor Bos (001)", "Sem Vos"),
        ("Noor Bos (003)", "Ali Kaya"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_is_a_text(language: Language) -> None:
    listed = list_of_groups(named(*HOSTILE), DAY, language, "<b>vak</b>")
    for page in (Reader(list_html(listed)), Reader(list_section(listed).encode())):
        assert not page.open
        assert not {"script", "b", "img", "link", "iframe"} & set(page.tags)
        assert not [name for name, _ in page.attributes if name.startswith("on") or name in ("src", "href")]
        assert {"<b>vak</b>", *(" ".join(name.split()) for name in HOSTILE)} <= set(page.texts)


def test_a_week_without_these_groups_is_refused() -> None:
    with pytest.raises(InputError, match="week 99"):
        list_of_groups(course(NAMES), DAY, "nl", week=99)
