"""Asking students: the questions that answer the rules in use, as forms, and who has not answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from planner.exports.files import ExportFile, people_csv
from planner.exports.forms import FORMS, QuestionSet, asked_of
from planner.exports.forms.questions import FormQuestion
from planner.model.domain import ColumnKind, Roster, Student
from planner.model.problems import Level, Problem
from planner.model.text import LANGUAGES, Language, Message, message, plural_message
from planner.rosters import Reading
from planner.rules import Rules

NOT_ANSWERED = "not-answered.csv"


@dataclass(frozen=True)
class AskResult:
    """The questions to students of a course, and who has not answered.

    Attributes
    ----------
    roster : Roster
    asked : dict
        The questions, by the language of what people choose from.
    waiting : tuple of Student
        Who is in the class list and not in the survey; nobody where there is none.
    """

    roster: Roster
    asked: Mapping[Language, QuestionSet]
    waiting: tuple[Student, ...] = ()

    def questions(self, language: Language) -> tuple[FormQuestion, ...]:
        """Return the questions in a language."""
        return self.asked[language].questions

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is not asked, and why."""
        return tuple(map(_refused, self.asked[LANGUAGES[0]].refused))

    def told(self, language: Language) -> tuple[Message, ...]:
        """Return the questions, a line each; or that there is nothing to ask."""
        if not self.questions(language):
            return (message("The class list has everything that the rules need; there is nothing to ask."),)
        return tuple(
            message("{heading}: {help}", heading=one.heading, help=one.help)
            for one in self.questions(language)
        )

    def form(self, key: str, language: Language) -> ExportFile:
        """Return the file of one form.

        Parameters
        ----------
        key : str
            Of one of `FORMS`.
        language : {"nl", "en"}

        Returns
        -------
        ExportFile
        """
        form = next(one for one in FORMS if one.key == key)
        made = form.content(self.questions(language), self.roster, language)
        return ExportFile(form.file_name(language), made, form.media_type)

    @property
    def headline(self) -> Message:
        """How many have not answered."""
        if not self.waiting:
            return message("Everyone has answered.")
        return plural_message(
            "One student has not answered yet.", "{n} students have not answered yet.", len(self.waiting)
        )

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where mail to those who have not answered goes."""
        return tuple(address for one in self.waiting if (address := address_of(one)))

    def mail_list(self, language: Language) -> ExportFile:
        """Return those who have not answered, as a table.

        Parameters
        ----------
        language : {"nl", "en"}

        Returns
        -------
        ExportFile
        """
        headings = [one.text(language) for one in (message("Name"), message("E-mail"))]
        rows = [(one.name, address_of(one)) for one in self.waiting]
        return ExportFile(NOT_ANSWERED, people_csv([headings, *rows], ","))

    def files(self) -> dict[str, bytes]:
        """Return every form in both languages, by name; where there is nothing to ask, none."""
        made = [
            self.form(form.key, language)
            for form in FORMS
            for language in LANGUAGES
            if self.questions(language)
        ]
        return {one.name: one.content for one in made}


def ask(
    reading: Reading,
    rules: Rules,
    *,
    also: Mapping[str, tuple[ColumnKind, tuple[str, ...]]] | None = None,
    again: bool = False,
) -> AskResult:
    """Return the questions that answer the rules in use, and who has not answered yet.

    What the class list itself answers is not asked again; what a survey answered is, since
    those are the answers that can change.

    Parameters
    ----------
    reading : Reading
    rules : Rules
    also : mapping, optional
        More questions by heading: what they mean, and what to choose from.
    again : bool, default False
        Whether what the class list has is asked as well, such as for the course of next year.

    Returns
    -------
    AskResult

    Raises
    ------
    InputError
        Where the class list cannot be read.
    """
    roster = reading.require()
    listed = () if again else set(roster.headings) - set(reading.surveyed)
    asked = {one: asked_of(rules, roster, one, listed=listed, also=also) for one in LANGUAGES}
    return AskResult(roster, asked, tuple(roster.by_id[one] for one in reading.unanswered))


def address_of(student: Student) -> str:
    """Return the address of a student, be it that they are known by it; empty where there is none."""
    return student.email or (student.id if "@" in student.id else "")


def _refused(heading: str) -> Problem:
    return Problem(
        code="not-asked",
        level=Level.SKIPPED,
        message=message("“{column}” is sensitive and not needed. It will not be asked.", column=heading),
        hint=message("Leave out the rule about it: groups can be made without it."),
        column=heading,
    )
