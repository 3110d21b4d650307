"""Questions as a text to copy into Microsoft Forms, which imports no file."""

from __future__ import annotations

from collections.abc import Sequence

from planner.exports.forms.questions import NOTE, TITLE, FormQuestion
from planner.model.text import Language, Message, message

OWN_WORDS = message("Type of question: text")
ONE = message("Type of question: choice, one answer")
SEVERAL = message("Type of question: choice, several answers")


def write(questions: Sequence[FormQuestion], language: Language) -> bytes:
    """Return the questions, a line for each field of a form.

    Parameters
    ----------
    questions : sequence of FormQuestion
    language : {"nl", "en"}

    Returns
    -------
    bytes
    """
    lines = [TITLE.text(language), "", *(one.text(language) for one in NOTE)]
    for number, question in enumerate(questions, 1):
        lines += ["", f"{number}. {question.heading}", f"   {question.help.text(language)}"]
        lines.append(f"   {_type(question).text(language)}")
        lines += [f"   - {choice}" for choice in question.choices]
    return ("\n".join(lines) + "\n").encode("utf-8")


def _type(question: FormQuestion) -> Message:
    if not question.choices:
        return OWN_WORDS
    return SEVERAL if question.several else ONE
