"""Small tables for a notebook. Every text is escaped: names are anybody's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from planner.model.domain import Group
from planner.model.reports import Outcome, RuleReport
from planner.model.text import Language, Message, message, plural_message
from planner.reporting import standing
from planner.rules import IMPORTANCES

MOST_ROWS = 12


def paragraph(text: str) -> str:
    """Return a text as a paragraph."""
    return f"<p>{escape(text)}</p>"


def table(headings: Sequence[Message], rows: Iterable[Sequence[str]], language: Language) -> str:
    """Return the first rows as a table, and how many others there are.

    Parameters
    ----------
    headings : sequence of Message
    rows : sequence of sequence of str
        Cells as they are; they are escaped.
    language : {"en", "nl"}

    Returns
    -------
    str
        HTML.
    """
    rows = list(rows)
    top = "".join(f'<th style="text-align:left">{escape(one.text(language))}</th>' for one in headings)
    body = "".join(_row(row) for row in rows[:MOST_ROWS])
    made = f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
    rest = len(rows) - MOST_ROWS
    if rest <= 0:
        return made
    return made + paragraph(plural_message("And one more.", "And {n} more.", rest).text(language))


def _row(cells: Sequence[str]) -> str:
    return "<tr>" + "".join(f'<td style="text-align:left">{escape(cell)}</td>' for cell in cells) + "</tr>"


def reports_table(
    reports: Iterable[RuleReport], groups: Iterable[Group], outcome: Outcome | None, language: Language
) -> str:
    """Return how every rule stands, and what is proven of it.

    Parameters
    ----------
    reports : sequence of RuleReport
    groups : sequence of Group
        That they are about.
    outcome : Outcome or None
        Of the plan that they are about; None for groups from elsewhere.
    language : {"en", "nl"}

    Returns
    -------
    str
        HTML.
    """
    sizes = standing.sizes_of(groups)
    rows = [_of_rule(report, sizes, outcome, language) for report in reports]
    headings = (message("Rule"), message("Importance"), message("How well it is met"), message("Proof"))
    return table(headings, rows, language)


def _of_rule(
    report: RuleReport, sizes: Mapping[str, int], outcome: Outcome | None, language: Language
) -> tuple[str, ...]:
    stands = standing.of_rule(outcome, report, sizes)
    proof = standing.proof(report, stands)
    return (
        report.title.text(language),
        IMPORTANCES[report.importance].text(language),
        standing.describe(stands).text(language),
        "" if proof is None else proof.text(language),
    )
