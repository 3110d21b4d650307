"""Long headings have a short name where people read them; files and rules keep the heading."""

from __future__ import annotations

import pytest

from planner.model.domain import Column, ColumnKind, Roster
from planner.model.short_names import LONGEST, called, derived, short_names
from planner.model.text import message
from planner.rules.overlap import Overlap

QUESTION = "Hoe zou je je ervaring met programmeren omschrijven? (1 = geen ervaring, 5 = veel)"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        (QUESTION, "Ervaring programmeren"),
        ("When can you meet with your group this term? [Monday morning]", "Monday morning"),
        ("Wanneer kun je samenwerken? (meer antwoorden mogelijk)", "Wanneer kun je samenwerken"),
        (
            "Q3. Which programme do you follow?\nChoose the one with most credits",
            "Which programme do you follow",
        ),
        ("Programme: the one that you are registered for", "Programme"),
        ("On a scale of 1 to 5, how confident are you in statistics?", "Scale confident statistics"),
        ("Toestemmingsverklaringsformuliervraagstelling", "Toestemmingsverklaringsformuliervra…"),
        ("(alles wat je hierover verder nog kwijt wilt aan ons)", None),
    ],
)
def test_a_short_name_says_what_a_question_is_about(heading: str, name: str | None) -> None:
    found = derived(heading)
    assert 0 < len(found) <= LONGEST
    assert name is None or found == name


def test_short_headings_stay_and_no_two_names_are_the_same() -> None:
    other = QUESTION.replace("geen ervaring", "niets")
    names = short_names(["Opleiding", QUESTION, other, "ervaring programmeren"], {})
    assert names == {QUESTION: "Ervaring programmeren (2)", other: "Ervaring programmeren (3)"}


def test_what_somebody_chose_goes_before_what_was_made_up() -> None:
    other = QUESTION.replace("geen ervaring", "niets")
    names = short_names(
        [QUESTION, other, "Opleiding"], {other: "Ervaring programmeren", "Opleiding": "Studie"}
    )
    assert names == {
        other: "Ervaring programmeren",
        QUESTION: "Ervaring programmeren (2)",
        "Opleiding": "Studie",
    }


def test_a_heading_in_a_text_is_called_by_its_short_name_and_nothing_else_is() -> None:
    names = {QUESTION: "Ervaring", "Wanneer": "Tijd"}
    rule = Overlap(columns=("Wanneer", "Dan"))
    said = called(message("{rule}: {column}, {n}", rule=rule.label(), column=QUESTION, n=3), names)
    assert said.text("en") == "At least one shared time in Tijd and Dan: Ervaring, 3"
    plain = message("{name}", name="Noor")
    assert called(plain, names) is plain


def test_a_column_writes_its_short_name_only_where_it_has_one() -> None:
    column = Column(heading=QUESTION, kind=ColumnKind.NUMBER)
    assert column.model_dump() == {"heading": QUESTION, "kind": ColumnKind.NUMBER}
    named = column.model_copy(update={"short": "Ervaring"})
    assert Column.model_validate_json(named.model_dump_json()) == named
    roster = Roster(students=(), columns=(column,)).called({QUESTION: "Ervaring", "Weg": "x"})
    assert roster.short_names == {QUESTION: "Ervaring"}
    assert roster.headings == (QUESTION,)
    assert roster.called({}).columns == (column,)
