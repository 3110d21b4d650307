"""The systems that questions can be asked in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planner.exports.forms import canvas, google, microsoft, moodle
from planner.exports.forms.questions import FormQuestion, who
from planner.model.domain import Roster
from planner.model.text import Language, Message, message


@dataclass(frozen=True)
class Form:
    """A system that questions can be asked in.

    Attributes
    ----------
    key : str
    title : Message
    use : Message
        What to do with the file, and how the answers come back.
    suffix : str
        Of the file.
    media_type : str
    knows_who : bool
        Whether its export always says who answered: else a question asks for it.
    write : callable
        From questions and a language to what is in the file.
    """

    key: str
    title: Message
    use: Message
    suffix: str
    media_type: str
    knows_who: bool
    write: Callable[[Sequence[FormQuestion], Language], bytes]

    def file_name(self, language: Language) -> str:
        """Return what the file is called."""
        return f"{self.key}-{language}.{self.suffix}"

    def content(self, questions: Sequence[FormQuestion], roster: Roster, language: Language) -> bytes:
        """Return what is in the file.

        Parameters
        ----------
        questions : sequence of FormQuestion
        roster : Roster
            Whose number or address is asked for where the system does not say who answers.
        language : {"nl", "en"}

        Returns
        -------
        bytes
        """
        before = () if self.knows_who else (who(roster, language),)
        return self.write((*before, *questions), language)


FORMS: tuple[Form, ...] = (
    Form(
        "microsoft-forms",
        message("Microsoft Forms"),
        message(
            "Copy the questions into a new form. Afterwards, choose “Open in Excel” at the "
            "responses and add that file as the survey."
        ),
        "txt",
        "text/plain",
        False,
        microsoft.write,
    ),
    Form(
        "google-forms",
        message("Google Forms"),
        message(
            "Paste the text into a new project on script.google.com and run it: that makes the "
            "form. Afterwards, download the responses as .csv and add that file as the survey."
        ),
        "gs",
        "text/javascript",
        False,
        google.write,
    ),
    Form(
        "moodle-feedback",
        message("Moodle feedback"),
        message(
            "Make a Feedback activity that records names, and import the file as its questions. "
            "Afterwards, download the responses as .csv and add that file as the survey."
        ),
        "xml",
        "application/xml",
        True,
        moodle.write,
    ),
    Form(
        "canvas-quiz",
        message("Canvas quiz"),
        message(
            "Import the file under Settings, Import Course Content, QTI .zip file: that makes an "
            "ungraded survey. Afterwards, download its Student Analysis and add that file as the "
            "survey."
        ),
        "zip",
        "application/zip",
        True,
        canvas.write,
    ),
)
