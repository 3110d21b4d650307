"""Problems on the page: what needs someone first, the rest in a list by level."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from planner.model.problem_groups import grouped
from planner.model.problems import Level, Problem
from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened
from planner.ui.session import places
from planner.ui.session.language import as_written, badge, name_of, plain, shown
from planner.ui.session.places import Place
from planner.ui.widgets.folds import fold
from planner.ui.widgets.words import LEVELS

ORDER = (Level.ERROR, Level.ASSUMED, Level.FIXED, Level.SKIPPED, Level.NOTE)
MOST_ERRORS = 8
MISSING = "missing-answers"  # code of what rules do with whoever gave no answer
WAYS = ((Place.CLASS_LIST, message("To the class list")), (Place.RULES, message("To the rules")))
COUNTS = {
    Level.ASSUMED: lambda n: plural_message("one to check", "{n} to check", n),
    Level.FIXED: lambda n: plural_message("one put right", "{n} put right", n),
    Level.SKIPPED: lambda n: plural_message("one left out", "{n} left out", n),
    Level.NOTE: lambda n: plural_message("one remark", "{n} remarks", n),
}


def errors(problems: Iterable[Problem]) -> None:
    """Show every problem that has to be resolved first, each with its place and way out."""
    found = grouped(problems)
    for problem in found[:MOST_ERRORS]:
        sign = LEVELS[problem.level]
        title = f"{shown(sign.word)} · {_place(problem)}" if _has_place(problem) else shown(sign.word)
        st.error(_body(problem), title=title, icon=sign.icon)
    more(len(found) - MOST_ERRORS)


def line(problem: Problem) -> None:
    """Show a problem in small letters, after a word for how much it matters."""
    st.markdown(f"{badge(*LEVELS[problem.level].look)} :small[{_body(problem)}]")


def verdict(
    found: Sequence[Problem], beside: DeltaGenerator, below: DeltaGenerator, *, together: bool = True
) -> None:
    """Say of one thing whether it can be as it stands: in a word beside it, and why below.

    `together` says whether it can hold together with the others, as far as is known.
    """
    grave = [problem for problem in found if problem.level is Level.ERROR]
    with below:
        errors(grave)
        for problem in grouped(found):
            if problem.level is not Level.ERROR:
                line(problem)
    if not together:
        beside.markdown(badge("red", ":material/block:", message("Proven to be in the way")))
    elif not grave:
        beside.markdown(badge("green", ":material/check:", message("Fits your class list")))


def more(rest: int) -> None:
    """Say how many are not shown, if any."""
    if rest > 0:
        st.caption(shown(plural_message("And one more like this.", "And {n} more.", rest)))


def remarks(problems: Iterable[Problem], label: Message, key: str, *, opened: bool = False) -> None:
    """Show the other problems in a list that opens, with how many there are of each level in its label."""
    found = sorted(grouped(problems), key=lambda problem: ORDER.index(problem.level))
    if not found:
        return
    counts = [COUNTS[level](n) for level in ORDER[1:] if (n := _count(found, level))]
    text = message("{label}: {counts}", label=label, counts=tuple(counts)) if counts else label
    if len(found) == 1:
        text = message("{label} – {about}", label=text, about=_about(found[0]))
    with fold(text, key, ":material/checklist:", expanded=opened):
        _listed(found)


def of_rules(problems: Iterable[Problem], key: str, *, ways: bool = True) -> None:
    """Show what rules do where answers are missing, and what else is to know of them, in a list that opens.

    Parameters
    ----------
    problems : iterable of Problem
    key : str
    ways : bool
        Whether the pages are named where it can be changed.
    """
    found = sorted(grouped(problems), key=lambda problem: ORDER.index(problem.level))
    if not found:
        return
    with fold(_of_rules(found), key, ":material/checklist:"):
        _listed(found)
        if ways and _count(found, Level.ASSUMED):
            st.caption(
                shown(
                    message(
                        "You can fill in answers on the class list; what a rule asks, you change on the page "
                        "Rules."
                    )
                )
            )
            with st.container(horizontal=True):
                for place, label in WAYS:
                    if not places.here(place):
                        places.link(place, label)


def _of_rules(found: Sequence[Problem]) -> Message:
    """Say in words what it is about: a number of things that were assumed tells nobody anything."""
    blank = dict.fromkeys(one.column for one in found if one.code == MISSING and one.column is not None)
    rest = sum(one.code != MISSING for one in found)
    more = plural_message("One remark about the rules", "{n} remarks about the rules", rest)
    if not blank:
        return message("{label} – {about}", label=more, about=_about(found[0])) if rest == 1 else more
    told = message(
        "Not everyone answered {columns}: what the rules do then", columns=shortened([*blank], most=2)
    )
    if not rest:
        return told
    return plural_message("{told}, and one remark", "{told}, and {n} remarks", rest, told=told)


def _listed(found: Iterable[Problem]) -> None:
    for problem in found:
        sign = LEVELS[problem.level]
        place = f"**{_place(problem)}** — " if _has_place(problem) else ""
        st.markdown(f"{badge(*sign.look)} {place}{_body(problem)}")


def _about(problem: Problem) -> Message:
    """Return in a few words what a problem is about: its place, else what it says."""
    if problem.file is None and problem.column is not None:
        return message("{column}", column=problem.column)
    return problem.place() if _has_place(problem) else problem.message


def _count(problems: Sequence[Problem], level: Level) -> int:
    return sum(problem.level is level for problem in problems)


def _has_place(problem: Problem) -> bool:
    return bool(problem.file or problem.row or problem.column)


def _place(problem: Problem) -> str:
    if problem.file is None and problem.column is not None:
        return plain(name_of(problem.column))
    return as_written(problem.place())


def _body(problem: Problem) -> str:
    parts = [problem.message] if problem.hint is None else [problem.message, problem.hint]
    say = shown if problem.file is None else as_written
    return " ".join(say(part) for part in parts)
