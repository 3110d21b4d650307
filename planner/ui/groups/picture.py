"""Rules and groups at a glance: a table with a sign in every cell, which is read aloud as it is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from planner.model.domain import Plan
from planner.model.text import Message, message, plural_message
from planner.plans.course import Course
from planner.reporting.picture import Mark, Picture, Row, picture
from planner.reporting.standing import Standing, describe
from planner.ui.session.language import translated
from planner.ui.session.pending_state import waits
from planner.ui.shell.parts import PICTURE, part

KEY = "hecht_picture"
LETTERS = 3  # of a group's name above its column
# A sign, and a tint that is to be seen on white and on black; the sign has the colour of the text.
LOOKS: Mapping[Standing, tuple[str, str]] = {
    Standing.BROKEN: ("✕", "rgba(220, 50, 45, .38)"),
    Standing.OPEN: ("△", "rgba(235, 150, 20, .34)"),
    Standing.FEW_MOVES: ("◇", "rgba(235, 150, 20, .20)"),
    Standing.WHOLE: ("◆", "rgba(30, 129, 145, .30)"),
    Standing.RULE: ("◆", "rgba(30, 129, 145, .30)"),
    Standing.FINE: ("✓", "rgba(125, 140, 150, .12)"),
}
LEGEND = (Standing.FINE, Standing.RULE, Standing.WHOLE, Standing.FEW_MOVES, Standing.OPEN, Standing.BROKEN)
STYLE = """<style>
.hecht-picture { position: relative; max-height: 7.6rem; overflow: auto; scrollbar-width: thin; }
.hecht-picture table { border-collapse: separate; border-spacing: 1px; font-size: .8rem; line-height: 1.15; }
.hecht-picture th { font-weight: 400; text-align: left; padding: 0 .3rem 0 0; }
.hecht-picture th.hecht-rule { max-width: 12rem; overflow: hidden; text-overflow: ellipsis;
  white-space: nowrap; }
.hecht-picture td[data-at] { cursor: pointer; }
.hecht-picture td[data-at]:hover, .hecht-picture table:focus-visible td[data-here] {
  outline: 2px solid #1e8191; outline-offset: -2px; }
@media (pointer: coarse) { .hecht-picture td[data-at] { min-width: 1.75rem; height: 1.75rem; } }
.hecht-picture thead th, .hecht-picture td { text-align: center; min-width: .95rem; padding: .05rem 0;
  border-radius: 3px; }
@media (max-width: 40rem) {
  .hecht-picture { mask-image: linear-gradient(to right, #000 calc(100% - 2.5rem), transparent); }
  .hecht-picture table { margin-right: 2.5rem; }
  .hecht-picture th.hecht-rule { max-width: 7.5rem; }
}
.hecht-below { font-size: .8rem; line-height: 1.35; margin-top: .3rem; }
.hecht-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
</style>"""


def of(course: Course) -> Picture:
    """Return the picture of the groups of now; worked out once for each plan."""
    kept = st.session_state.get(KEY)
    if kept is None or kept[0] is not course:
        kept = (course, picture(course, course.plan.blocks[0], course.plan.outcome))
        st.session_state[KEY] = kept
    found: Picture = kept[1]
    return found


def _face(course: Course) -> tuple[Picture, bool]:
    return of(course), waits()


@part(PICTURE, _face)
def section(course: Course) -> None:
    """Show how every rule stands in every group."""
    found, pending = _face(course)
    table = _table(found) if found.rows else ""
    below = "<br>".join(map(escape, _below(found, course.plan, pending=pending)))
    st.html(f'{STYLE}{table}<div class="hecht-below">{below}</div>')


def _below(found: Picture, plan: Plan, *, pending: bool) -> list[str]:
    """Say what the signs are, and what is left out."""
    lines = []
    if found.rows:
        lines.append(" · ".join(_legend(found)))
    without = message("This is without the pending changes.") if pending else None
    way = message("Choose a mark to see that group.") if found.rows else None
    told = (way, _met(found), *_others(found), _until(plan), without)
    rest = [translated(one) for one in told if one is not None]
    return [*lines, " ".join(rest)] if rest else lines


def _legend(found: Picture) -> list[str]:
    """Say what each sign is; where two share one, what is true of both: no more than is proven."""
    seen = {mark.standing for row in found.rows for mark in row.marks} | {row.standing for row in found.rows}
    signs = {LOOKS[one][0]: one for one in LEGEND if one in seen}  # the weaker one of two comes later
    return [f"{sign} {translated(describe(one))}" for sign, one in signs.items()]


def _met(found: Picture) -> Message | None:
    if not found.rows:
        return message("Every rule is met in every group.")
    return (
        plural_message(
            "One other rule is met in every group.", "{n} other rules are met in every group.", found.met
        )
        if found.met
        else None
    )


def _others(found: Picture) -> list[Message]:
    lines = []
    if found.well:
        lines.append(
            plural_message(
                "In one other group every rule is met.", "In {n} other groups every rule is met.", found.well
            )
        )
    if found.left_out:
        lines.append(
            plural_message(
                "One more group is not shown here.", "{n} more groups are not shown here.", found.left_out
            )
        )
    return lines


def _until(plan: Plan) -> Message | None:
    return message("Until the refresh of week {week}.", week=plan.later[0].from_week) if plan.later else None


def short_names(names: Sequence[str]) -> list[str]:
    """Return what stands above the columns: what tells the groups apart, in a few letters."""
    starts = {name.rpartition(" ")[0] for name in names}
    return [(name.rpartition(" ")[2] if len(starts) == 1 else name)[:LETTERS] for name in names]


def _table(found: Picture) -> str:
    head = "".join(
        f'<th scope="col" title="{escape(name)}"><span aria-hidden="true">{escape(short)}</span>'
        f"{_unseen(name)}</th>"
        for name, short in zip(found.groups, short_names(found.groups), strict=True)
    )
    name = translated(message("How every rule stands in every group"))
    rule, all_groups = translated(message("Rule")), translated(message("All groups together"))
    every = translated(message("All"))
    return (
        f'<div class="hecht-picture"><table role="grid" tabindex="0" aria-label="{escape(name)}">'
        f"<caption>{_unseen(name)}</caption>"
        f'<thead><tr><th scope="col">{_unseen(rule)}</th><th scope="col" title="{escape(all_groups)}">'
        f'<span aria-hidden="true">{escape(every)}</span>{_unseen(all_groups)}</th>{head}</tr></thead>'
        f"<tbody>{''.join(_row(at, row, found.groups) for at, row in enumerate(found.rows))}</tbody>"
        "</table></div>"
    )


def _row(at: int, row: Row, groups: Sequence[str]) -> str:
    rule = translated(row.rule)
    cells = "".join(
        _cell(mark, rule, group, f"{at}-{column}")
        for column, (mark, group) in enumerate(zip(row.marks, groups, strict=True))
    )
    whole = _sign(row.standing, translated(row.stands), f"{rule}: {translated(row.stands)}")
    head = f'<th scope="row" class="hecht-rule" title="{escape(rule)}">{escape(rule)}</th>'
    return f"<tr>{head}{whole}{cells}</tr>"


def _cell(mark: Mark, rule: str, group: str, at: str) -> str:
    found = " ".join(translated(one) for one in mark.found)
    word = translated(describe(mark.standing))
    aloud, tip = f"{word}. {found}" if found else word, f"{group} · {rule}: {found or word}"
    return _sign(mark.standing, aloud, tip, f' id="hecht-at-{at}" data-at="{at}"')


def _sign(standing: Standing, aloud: str, tip: str, place: str = "") -> str:
    sign, tint = LOOKS[standing]
    return (
        f'<td style="background: {tint}" title="{escape(tip)}"{place}><span aria-hidden="true">{sign}</span>'
        f"{_unseen(aloud)}</td>"
    )


def _unseen(text: str) -> str:
    return f'<span class="hecht-unseen">{escape(text)}</span>'
