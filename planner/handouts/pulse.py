"""The pulse: three questions a week, read back for each group as a whole, never for a person.

Answers are added up while they are read and then forgotten. A group's week is shown
from four people on, in halves of a point and never at the very ends of the scale, so
that neither a unanimous group nor a second export shows what one of them said. There
are no figures for the class: those less the groups that are shown would tell of the
others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from planner.handouts.content import Content
from planner.model.base import Frozen
from planner.model.problems import Problem
from planner.model.text import Message, message

Question = Literal["belonging", "safety", "role"]
QUESTIONS: tuple[Question, ...] = ("belonging", "safety", "role")
NAMES: Mapping[Question, Message] = {
    "belonging": message("Belonging"),
    "safety": message("Room to try"),
    "role": message("Role is clear"),
}
FEWEST = 4  # people who have to answer before a group's week is shown
LOW, HIGH = 1.5, 4.5  # what is shown lies between these
GO_FIRST, SETTLED = 2.5, 4.0
_WIDE, _HIGH = 96, 22  # of the drawing of a line, in points


class PulseWeek(Frozen):
    """How a group is in a week; `values` is None where fewer than four people answered."""

    week: int
    values: dict[Question, float] | None

    @property
    def mean(self) -> float | None:
        """The three questions together."""
        return None if self.values is None else sum(self.values.values()) / len(self.values)


class PulseLine(Frozen):
    """A group over the weeks for which there are answers, the earliest first."""

    group: str
    weeks: tuple[PulseWeek, ...]

    def last(self, week: int) -> PulseWeek | None:
        """Return the last week up to some week that can be shown."""
        return next((one for one in reversed(self.weeks) if one.week <= week and one.values), None)

    def describe(self, week: int) -> Message:
        """Return how the group is, in words."""
        last = self.last(week)
        if last is None or last.values is None:
            return message("Not enough answers to show.")
        return message(
            "Week {week}: belonging {belonging}, room to try {safety}, role {role} (of 5).",
            week=last.week,
            **{question: float(value) for question, value in last.values.items()},
        )


class Pulse(Frozen):
    """All groups over the weeks, and what was found on reading."""

    lines: tuple[PulseLine, ...]
    problems: tuple[Problem, ...] = ()

    def line(self, group: str) -> PulseLine | None:
        """Return the line of a group, where there is one."""
        return next((line for line in self.lines if line.group == group), None)

    def go_first(self, week: int) -> tuple[str, ...]:
        """Return the groups that ask for attention, the most first."""
        found = []
        for line in self.lines:
            last = line.last(week)
            if last is not None and last.values is not None and min(last.values.values()) <= GO_FIRST:
                found.append((last.mean or 0.0, line.group))
        return tuple(group for _, group in sorted(found))

    def settled(self, week: int) -> tuple[str, ...]:
        """Return the groups that are well as they are: a rerun could leave them alone."""
        return tuple(
            line.group
            for line in self.lines
            if (last := line.last(week)) is not None
            and last.values is not None
            and min(last.values.values()) >= SETTLED
        )


def leave_alone(closed: Iterable[str], groups: Iterable[str], known: Sequence[str]) -> frozenset[str]:
    """Return the closed groups of a rerun (`ReplanOptions.closed`) with some more, as far as they exist.

    Parameters
    ----------
    closed : iterable of str
        Labels.
    groups : iterable of str
        Labels of those to leave alone as well.
    known : sequence of str
        Labels that there are.

    Returns
    -------
    frozenset of str
    """
    return frozenset(closed) | (frozenset(groups) & frozenset(known))


def question_list(texts: Content, groups: Sequence[str], weeks: int) -> str:
    """Return the form as plain text, to copy into Microsoft Forms or Google Forms.

    Parameters
    ----------
    texts : Content
    groups : sequence of str
        Labels.
    weeks : int
        In the term.

    Returns
    -------
    str
    """
    pulse = texts.pulse
    scale = tuple(f"{place} - {words}" for place, words in enumerate(pulse.scale, start=1))
    asked = (
        (pulse.group, tuple(groups)),
        (pulse.week, tuple(str(week) for week in range(1, weeks + 1))),
        *((getattr(pulse, question), scale) for question in QUESTIONS),
    )
    parts = [pulse.title, pulse.intro]
    for place, (question, choices) in enumerate(asked, start=1):
        parts.append("\n".join([f"{place}. {question}", *(f"   {choice}" for choice in choices)]))
    return "\n\n".join(parts) + "\n"


def shown(people: Iterable[Mapping[Question, int]]) -> dict[Question, float] | None:
    """Return what may be shown of the answers of a group in a week.

    Nothing where fewer than four people answered all of it.
    """
    whole = [one for one in people if len(one) == len(QUESTIONS)]
    if len(whole) < FEWEST:
        return None
    means = {question: sum(one[question] for one in whole) / len(whole) for question in QUESTIONS}
    return {question: min(HIGH, max(LOW, round(2 * mean) / 2)) for question, mean in means.items()}


def drawing(line: PulseLine, week: int) -> str:
    """Return the weeks of a group up to some week as a small drawing (SVG); empty where there are none.

    Parameters
    ----------
    line : PulseLine
    week : int
        The last one that is drawn.

    Returns
    -------
    str
    """
    step = _WIDE / max(1, len(line.weeks))
    points = [
        (step * (place + 0.5), _HIGH - 3 - (_HIGH - 6) * (one.mean - 1) / 4)
        for place, one in enumerate(line.weeks)
        if one.week <= week and one.mean is not None
    ]
    if not points:
        return ""
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.1" fill="#0F6674"/>' for x, y in points)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {_HIGH}" width="{_WIDE}" '
        f'height="{_HIGH}" aria-hidden="true">'
        f'<line x1="0" y1="{_HIGH / 2}" x2="{_WIDE}" y2="{_HIGH / 2}" stroke="#C5D0D5" stroke-width="0.6"/>'
        f'<polyline points="{path}" fill="none" stroke="#0F6674" stroke-width="1.4"/>{dots}</svg>'
    )
