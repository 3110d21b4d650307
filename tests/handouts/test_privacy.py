"""Nothing that students should not read of one another reaches what they read."""

from __future__ import annotations

import pytest

from planner.handouts.away import session_csv, session_of, session_text
from planner.handouts.content import content
from planner.handouts.html import cards_html
from planner.handouts.mail import mail_csv
from planner.handouts.model import cards_of
from planner.handouts.paper import data_of
from planner.handouts.sheet import sheet_of
from planner.model.domain import Column, ColumnKind
from planner.model.text import LANGUAGES, Language
from planner.plans.course import Course
from tests.builders.handouts import course

NAMES = ("Noor van der Berg", "Sem de Wit", "Ali Kaya", "Zoë Bos")
SECRETS = {
    "Cijfer": ("5,13", ColumnKind.NUMBER),
    "Gender": ("kanarie-v", ColumnKind.CATEGORY),
    "Klas": ("kanarie-klas", ColumnKind.SECTION),
    "Wens": ("kanarie-wens", ColumnKind.PEER),
    "Liever niet met": ("kanarie-niet", ColumnKind.NOT_WITH),
    "Team vorig jaar": ("kanarie-team", ColumnKind.EARLIER_GROUP),
    "Rol vorig jaar": ("kanarie-rol", ColumnKind.ROLE),
    "Groep vorig jaar": ("kanarie-groep", ColumnKind.GROUP),
    "Toelichting": ("kanarie-tekst", ColumnKind.TEXT),
    "Dyslexie": ("kanarie-gezondheid", ColumnKind.SENSITIVE),
    "Liever geen": ("Notulist", ColumnKind.TEXT),
}
RULES = """
    [roles]
    names = ["Gespreksleider", "Woordvoerder"]
    opt_out = "Liever geen"
    [[rule]]
    kind = "overlap"
    columns = ["Vrij"]
    [[rule]]
    kind = "limit"
    column = "Gender"
    value = "kanarie-v"
    at_most = 1
    [goals]
    column = "{column}"
    shareable = {shareable}
"""


def full(column: str, shareable: str) -> Course:
    """Return a class with an answer in every kind of column."""
    answers = {heading: secret for heading, (secret, _) in SECRETS.items()}
    return course(
        NAMES,
        rules=RULES.format(column=column, shareable=shareable),
        answers=dict.fromkeys(NAMES, answers),
        columns=[Column(heading=heading, kind=kind) for heading, (_, kind) in SECRETS.items()],
    )


def outputs(made: Course, language: Language) -> str:
    """Return all that students, or their teacher, can read."""
    texts = content(language)
    cards = cards_of(made, texts, language)
    return "\n".join(
        (
            str(data_of(cards, texts, language, "a5")),
            cards_html(cards, texts, language).decode(),
            mail_csv(made, language).decode(),
            sheet_of(made, 1, texts, language).model_dump_json(),
            *away_texts(made, language),
        )
    )


def away_texts(made: Course, language: Language) -> tuple[str, str]:
    session = session_of(made, [made.plan.groups[0].members[0]])
    return session_text(session, language), session_csv(session, language).decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_is_away_is_in_no_text_about_a_session(language: Language) -> None:
    """A text to show in class named who was away, and gave a gender as the reason for a guest."""
    made = full("Toelichting", "false")
    gone = made.roster.shown_names[made.plan.groups[0].members[0]]
    assert not [text for text in away_texts(made, language) if gone in text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("column", "shareable"), [("Toelichting", "false"), ("Dyslexie", "true")])
def test_no_answer_reaches_an_output(language: Language, column: str, shareable: str) -> None:
    written = outputs(full(column, shareable), language)
    assert not [secret for secret, _ in SECRETS.values() if secret in written]
    assert not [heading for heading in SECRETS if heading in written]
    assert "ma ochtend" in written  # moments do, and names


def test_own_words_are_the_one_exception_and_only_when_shared() -> None:
    written = outputs(full("Toelichting", "true"), "nl")
    found = [secret for secret, _ in SECRETS.values() if secret in written]
    assert found == ["kanarie-tekst"]
