"""Questions as an ungraded survey that Canvas imports: QTI 1.2 in a zip."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from planner.exports.forms.questions import NOTE, TITLE, FormQuestion
from planner.model.domain import ColumnKind
from planner.model.text import Language

_QUIZ = "hecht_questions"
_META = "hecht_questions_meta"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_WHEN = (1980, 1, 1, 0, 0, 0)  # the same input, the same bytes


def write(questions: Sequence[FormQuestion], language: Language) -> bytes:
    """Return the zip; what is asked stands above its question: that is a heading in the export.

    Parameters
    ----------
    questions : sequence of FormQuestion
    language : {"nl", "en"}

    Returns
    -------
    bytes
    """
    files = {
        "imsmanifest.xml": _manifest(),
        f"{_QUIZ}/assessment_meta.xml": _meta(language),
        f"{_QUIZ}/{_QUIZ}.xml": _assessment(questions, language),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(zipfile.ZipInfo(name, _WHEN), _XML + text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _manifest() -> str:
    meta = f"{_QUIZ}/assessment_meta.xml"
    return (
        f'<manifest identifier="{_QUIZ}_manifest" xmlns="http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1">'
        "<metadata><schema>IMS Content</schema><schemaversion>1.1.3</schemaversion></metadata>"
        "<organizations/>"
        f'<resources><resource identifier="{_QUIZ}" type="imsqti_xmlv1p2"><file href="{_QUIZ}/{_QUIZ}.xml"/>'
        f'<dependency identifierref="{_META}"/></resource><resource identifier="{_META}" '
        'type="associatedcontent/imscc_xmlv1p1/learning-application-resource" '
        f'href="{meta}"><file href="{meta}"/>'
        "</resource></resources></manifest>\n"
    )


def _meta(language: Language) -> str:
    note = "".join(f"<p>{escape(one.text(language))}</p>" for one in NOTE)
    return (
        f'<quiz identifier="{_QUIZ}" xmlns="http://canvas.instructure.com/xsd/cccv1p0">'
        f"<title>{escape(TITLE.text(language))}</title><description>{escape(note)}</description>"
        "<shuffle_answers>false</shuffle_answers><quiz_type>survey</quiz_type><points_possible>0.0</points_possible>"
        "<anonymous_submissions>false</anonymous_submissions><allowed_attempts>-1</allowed_attempts>"
        "<scoring_policy>keep_latest</scoring_policy><one_question_at_a_time>false</one_question_at_a_time>"
        "<available>false</available></quiz>\n"
    )


def _assessment(questions: Sequence[FormQuestion], language: Language) -> str:
    items = "".join(part for number, one in enumerate(questions, 1) for part in _items(number, one, language))
    return (
        '<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">'
        f'<assessment ident="{_QUIZ}" title="{_attribute(TITLE.text(language))}">'
        f'<section ident="root_section">{items}</section></assessment></questestinterop>\n'
    )


def _items(number: int, question: FormQuestion, language: Language) -> Iterator[str]:
    yield _item(f"help_{number}", "text_only_question", f"<p>{escape(question.help.text(language))}</p>")
    ident = f"question_{number}"
    text = escape(question.heading)
    if not question.choices:
        several_lines = question.kind is ColumnKind.TEXT
        answer = (
            '<response_str ident="response1" rcardinality="Single"><render_fib>'
            '<response_label ident="answer1"/></render_fib></response_str>'
        )
        kind = "essay_question" if several_lines else "short_answer_question"
        yield _item(ident, kind, text, answer)
        return
    labels = "".join(
        f'<response_label ident="{ident}_{place}">{_material(escape(choice))}</response_label>'
        for place, choice in enumerate(question.choices, 1)
    )
    cardinality = "Multiple" if question.several else "Single"
    kind = "multiple_answers_question" if question.several else "multiple_choice_question"
    answers = f'<response_lid ident="response1" rcardinality="{cardinality}"><render_choice>{labels}'
    yield _item(ident, kind, text, answers + "</render_choice></response_lid>")


def _item(ident: str, kind: str, html: str, answers: str = "") -> str:
    fields = "".join(
        f"<qtimetadatafield><fieldlabel>{name}</fieldlabel><fieldentry>{value}</fieldentry></qtimetadatafield>"
        for name, value in (("question_type", kind), ("points_possible", "0"))
    )
    return (
        f'<item ident="{ident}" title="{ident}">'
        f"<itemmetadata><qtimetadata>{fields}</qtimetadata></itemmetadata>"
        f"<presentation>{_material(html)}{answers}</presentation></item>"
    )


def _material(html: str) -> str:
    return f'<material><mattext texttype="text/html">{escape(html)}</mattext></material>'


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})
