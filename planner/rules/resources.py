"""What groups have besides members: which topics, tutors, times and rooms there are, and what goes with what.

This is the one place where the settings of them are put together: engines get numbers of it
(`compiled`), the rules about them read names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np

from planner.model.base import MOST_STUDENTS, Frozen
from planner.model.domain import RESOURCES, Roster
from planner.model.free_times import FreeTimes, as_answer
from planner.model.instance import IntArray, ResourceKind, ResourceLink
from planner.model.term_clock import TermClock
from planner.model.timetable import Timetable
from planner.model.values import normalize_text
from planner.rules.meeting_settings import Meetings, Room
from planner.rules.topic_settings import Topic, Topics
from planner.rules.tutor_settings import Tutor

PLENTY = MOST_STUDENTS  # groups: as many as there may be


class Resources(Frozen):
    """The topics, tutors, times and rooms of a course, as far as they are asked for."""

    topics: Topics | None = None
    topic: tuple[Topic, ...] = ()
    tutor: tuple[Tutor, ...] = ()
    meetings: Meetings | None = None
    room: tuple[Room, ...] = ()
    clock: TermClock = TermClock()

    @property
    def kinds(self) -> tuple[str, ...]:
        """Those of `RESOURCES` that every group has one of."""
        asked = {
            "topic": bool(self.topic),
            "tutor": bool(self.tutor),
            "moment": self.meetings is not None,
            "room": bool(self.room),
        }
        return tuple(kind for kind in RESOURCES if asked[kind])

    def names(self, kind: str, roster: Roster) -> tuple[str, ...]:
        """Return what there is of one kind, in the coordinator's order.

        Parameters
        ----------
        kind : {"topic", "tutor", "moment", "room"}
        roster : Roster
            Whose columns tell which moments there are.

        Returns
        -------
        tuple of str
        """
        if kind == "moment":
            return self.moments(roster)
        if kind == "topic":
            return self.topic_names
        return tuple(one.name for one in (self.tutor if kind == "tutor" else self.room))

    @property
    def topic_names(self) -> tuple[str, ...]:
        """The topics, in the coordinator's order."""
        return tuple(one.name for one in self.topic)

    def number(self, kind: str, name: str) -> tuple[int, int]:
        """Return how many groups take one, at the least and at the most.

        Parameters
        ----------
        kind : {"topic", "tutor", "moment", "room"}
        name : str

        Returns
        -------
        tuple of (int, int)
        """
        if kind == "room":  # without times everybody meets at the same time
            found = [one.groups for one in self.room if one.name == name and self.meetings is None]
            return (0, found[0] if found else PLENTY)
        listed: dict[str, Sequence[Topic | Tutor]] = {"topic": self.topic, "tutor": self.tutor}
        asked = (one.groups for one in listed.get(kind, ()) if one.name == name and one.groups)
        return next(asked, (0, PLENTY))

    @property
    def timed(self) -> list[Tutor | Room]:
        """Who and what is there at some times only."""
        every: list[Tutor | Room] = [*self.tutor, *self.room]
        return [one for one in every if one.moments is not None]

    def called(self, taken: IntArray, roster: Roster) -> list[dict[str, str]]:
        """Return what groups take by name.

        Parameters
        ----------
        taken : ndarray of int64, shape (groups, kinds)
            As engines have it.
        roster : Roster

        Returns
        -------
        list of dict of str to str
            Of each group, by kind.
        """
        names = [self.names(kind, roster) for kind in self.kinds]
        return [
            {kind: those[one] for kind, those, one in zip(self.kinds, names, row, strict=True)}
            for row in taken.tolist()
        ]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The kinds of which not everything goes together."""
        found = [pair for pair in combinations(self.kinds, 2) if pair in _TOGETHER]
        topics = any(one.topics is not None for one in self.tutor)
        return tuple(pair for pair in found if topics or pair != ("topic", "tutor"))

    def at_once(self, pair: tuple[str, str], roster: Roster) -> dict[tuple[str, str], int]:
        """Return how many groups can have both of two at the most, by their names.

        Parameters
        ----------
        pair : tuple of (str, str)
            One of `pairs`.
        roster : Roster

        Returns
        -------
        dict of (str, str) to int
        """
        if pair == ("topic", "tutor"):
            return {
                (topic.name, tutor.name): PLENTY * self.knows(tutor, topic.name)
                for topic in self.topic
                for tutor in self.tutor
            }
        moments = self.moments(roster)
        if pair == ("tutor", "moment"):
            there = {one.name: set(self.held(one.moments, roster)) for one in self.tutor}
            return {(name, moment): int(moment in there[name]) for name in there for moment in moments}
        open_at = {one: set(self.held(one.moments, roster)) for one in self.room}
        return {
            (moment, room.name): room.groups * (moment in open_at[room])
            for moment in moments
            for room in self.room
        }

    @staticmethod
    def knows(tutor: Tutor, topic: str) -> bool:
        """Whether a tutor can have a group on a topic.

        Parameters
        ----------
        tutor : Tutor
        topic : str

        Returns
        -------
        bool
        """
        listed = tutor.topics
        return listed is None or normalize_text(topic) in map(normalize_text, listed)

    # Times

    def moments(self, roster: Roster) -> tuple[str, ...]:
        """Return the times at which groups may meet."""
        if self.meetings is None:
            return ()
        key = ("moments", self._as_text)
        if key not in roster.worked_out:
            asked = self.meetings.moments
            roster.worked_out[key] = self.known(asked, roster) if asked else self.every(roster)
        found: tuple[str, ...] = roster.worked_out[key]
        return found

    @property
    def _as_text(self) -> str:
        return self.model_dump_json()

    def held(self, written: Iterable[str] | None, roster: Roster) -> tuple[str, ...]:
        """Return the times at which groups may meet that lie in some, however these are written.

        Parameters
        ----------
        written : iterable of str or None
            None is always.
        roster : Roster

        Returns
        -------
        tuple of str
        """
        moments = self.moments(roster)
        if written is None:
            return moments
        found = set(self.known(written, roster))
        return tuple(one for one in moments if one in found)

    def every(self, roster: Roster) -> tuple[str, ...]:
        """Return every time that is known, also where groups may not meet then."""
        times = self.times(roster)
        return tuple(slot.text for slot in self._table.slots) if times is None else times.every

    def known(self, written: Iterable[str], roster: Roster) -> tuple[str, ...]:
        """Return the times of `every` that lie in some, however these are written.

        Parameters
        ----------
        written : iterable of str
        roster : Roster

        Returns
        -------
        tuple of str
        """
        times = self.times(roster)
        if times is not None:
            return times.held(written)
        mask = self._table.mask(as_answer(written))
        return tuple(slot.text for place, slot in enumerate(self._table.slots) if mask >> place & 1)

    def times(self, roster: Roster) -> FreeTimes | None:
        """Return who is free when; None where nobody was asked."""
        if self.meetings is None or not self.meetings.columns:
            return None
        return FreeTimes.known(self.meetings.columns, roster, self.clock)

    @property
    def _table(self) -> Timetable:
        """The times that are written in the settings, where no column of the class list has any."""
        asked = () if self.meetings is None else self.meetings.moments
        listed = (one.moments or () for one in self.timed)
        written: Iterable[str] = asked or (moment for moments in listed for moment in moments)
        return Timetable(as_answer(written).free)


_TOGETHER = (("topic", "tutor"), ("tutor", "moment"), ("moment", "room"))


def compiled(
    resources: Resources, roster: Roster
) -> tuple[tuple[ResourceKind, ...], tuple[ResourceLink, ...]]:
    """Return what engines see of it: numbers of groups, in the order of `Resources.kinds` and of names.

    Parameters
    ----------
    resources : Resources
    roster : Roster

    Returns
    -------
    tuple of (tuple of ResourceKind, tuple of ResourceLink)
    """
    names = {kind: resources.names(kind, roster) for kind in resources.kinds}
    kinds = []
    for kind, those in names.items():
        numbers = np.asarray([resources.number(kind, name) for name in those], np.int64).reshape(-1, 2)
        kinds.append(ResourceKind(least=numbers[:, 0], most=numbers[:, 1]))
    links = []
    for pair in resources.pairs:
        at_once = resources.at_once(pair, roster)
        first, second = (names[kind] for kind in pair)
        most = np.asarray([[at_once[one, other] for other in second] for one in first], np.int64)
        places = (resources.kinds.index(pair[0]), resources.kinds.index(pair[1]))
        links.append(ResourceLink(kinds=places, most=most.reshape(len(first), len(second))))
    return tuple(kinds), tuple(links)
