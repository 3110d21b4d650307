"""What students chose among topics, as steps down from what each would like best."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from planner.model.domain import Roster, Student
from planner.model.values import choices, is_nothing, normalize_text
from planner.rules.column_values import number_in
from planner.rules.topic_settings import Topics


class TopicSteps(NamedTuple):
    """How far each topic is from what students like best.

    Attributes
    ----------
    of : mapping of str to mapping of str to int
        Steps down by topic, by student; 0 is a first choice. Who gave no choice is not in it.
    beyond : int
        Steps for a topic that a student did not choose: one more than any that was chosen.
    unknown : tuple of (str, str, str)
        Student, heading, and what was written there that is no topic.
    """

    of: Mapping[str, Mapping[str, int]]
    beyond: int
    unknown: tuple[tuple[str, str, str], ...] = ()

    def between(self, student: str, topic: str) -> int:
        """Return how many steps down a topic is for a student; 0 for who gave no choice.

        Parameters
        ----------
        student, topic : str

        Returns
        -------
        int
        """
        chosen = self.of.get(student)
        return 0 if chosen is None else chosen.get(topic, self.beyond)

    def outside(self, student: str, topic: str) -> bool:
        """Whether a student chose, and not this topic.

        Parameters
        ----------
        student, topic : str

        Returns
        -------
        bool
        """
        return student in self.of and topic not in self.of[student]


def topic_steps(topics: Topics, names: tuple[str, ...], roster: Roster) -> TopicSteps:
    """Return what students chose, worked out once for a class list.

    Parameters
    ----------
    topics : Topics
        How they chose.
    names : tuple of str
        Of the topics there are.
    roster : Roster

    Returns
    -------
    TopicSteps
    """
    key = ("topics", f"{topics.model_dump_json()} {names}")
    if key not in roster.worked_out:
        scored = topics.scores is not None
        roster.worked_out[key] = (_scored if scored else _ranked)(topics, names, roster)
    found: TopicSteps = roster.worked_out[key]
    return found


def _ranked(topics: Topics, names: tuple[str, ...], roster: Roster) -> TopicSteps:
    known = {normalize_text(name): name for name in names}
    found, unknown, longest = {}, [], 0
    for student in roster.students:
        written = _written(topics, student, known)
        longest = max(longest, len(written))
        chosen = {known[word]: place for place, word in enumerate(written) if word in known}
        unknown += [(student.id, *written[word]) for word in written if word not in known]
        if chosen:
            found[student.id] = chosen
    return TopicSteps(found, longest, tuple(unknown))


def _written(topics: Topics, student: Student, known: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return heading and text of each choice in its order, by how it counts in a comparison.

    A cell that is a topic as a whole is one choice, whatever signs are in its name.
    """
    found: dict[str, tuple[str, str]] = {}
    for heading in topics.choices:
        cell = student.answer(heading).strip()
        parts = (cell,) if normalize_text(cell) in known else choices(cell)
        for part in parts:
            if not is_nothing(part):
                found.setdefault(normalize_text(part), (heading, part))
    return found


def _scored(topics: Topics, names: tuple[str, ...], roster: Roster) -> TopicSteps:
    columns = {name: roster.column(topics.heading(name)) for name in names}
    given: dict[str, dict[str, float]] = {}
    unknown = []
    for student in roster.students:
        for name in names:
            heading = topics.heading(name)
            cell = student.answer(heading).strip()
            score = number_in(cell, columns[name])
            if score is not None:
                given.setdefault(student.id, {})[name] = score if topics.best == "low" else -score
            elif not is_nothing(cell):
                unknown.append((student.id, heading, cell))
    levels = sorted({score for scores in given.values() for score in scores.values()})
    place = {score: at for at, score in enumerate(levels)}
    steps = {
        student: {name: place[score] - place[min(scores.values())] for name, score in scores.items()}
        for student, scores in given.items()
    }
    most = max((step for those in steps.values() for step in those.values()), default=0)
    return TopicSteps(steps, most + 1, tuple(unknown))
