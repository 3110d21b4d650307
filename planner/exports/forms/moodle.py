"""Questions as a file that a Feedback activity of Moodle imports."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from planner.exports.forms.questions import NOTE, FormQuestion
from planner.model.domain import ColumnKind
from planner.model.text import Language

_SEVERAL, _ONE = "c>>>>>", "r>>>>>"
_BETWEEN = "\n|"


def write(questions: Sequence[FormQuestion], language: Language) -> bytes:
    """Return the items of a feedback: what is asked is a label above its question, not in the export.

    Parameters
    ----------
    questions : sequence of FormQuestion
    language : {"nl", "en"}

    Returns
    -------
    bytes
    """
    note = "".join(f"<p>{escape(one.text(language))}</p>" for one in NOTE)
    items = [("label", "", note, False)]
    for question in questions:
        items.append(("label", "", f"<p>{escape(question.help.text(language))}</p>", False))
        items.append((*_item(question), question.required))
    return "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8" ?>',
            '<FEEDBACK VERSION="200701" COMMENT="XML-Importfile for mod/feedback">',
            "<ITEMS>",
            *(_written(number, *item) for number, item in enumerate(items, 1)),
            "</ITEMS>",
            "</FEEDBACK>",
            "",
        ]
    ).encode("utf-8")


def _item(question: FormQuestion) -> tuple[str, str, str]:
    """Return type, text and presentation of a question."""
    if question.choices:
        answers = _BETWEEN.join(choice.replace("|", "/") for choice in question.choices)
        return "multichoice", question.heading, (_SEVERAL if question.several else _ONE) + answers
    if question.kind is ColumnKind.TEXT:
        return "textarea", question.heading, "60|5"
    return "textfield", question.heading, "40|255"


def _written(number: int, kind: str, text: str, presentation: str, required: bool) -> str:
    options = "h" if kind == "multichoice" else ""  # no answer "Not selected"
    return (
        f'<ITEM TYPE="{kind}" REQUIRED="{int(required)}">'
        f"<ITEMID>{_data(str(number))}</ITEMID><ITEMTEXT>{_data(text)}</ITEMTEXT><ITEMLABEL>{_data('')}</ITEMLABEL>"
        f"<PRESENTATION>{_data(presentation)}</PRESENTATION><OPTIONS>{_data(options)}</OPTIONS>"
        f"<DEPENDITEM>{_data('0')}</DEPENDITEM><DEPENDVALUE>{_data('')}</DEPENDVALUE></ITEM>"
    )


def _data(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
