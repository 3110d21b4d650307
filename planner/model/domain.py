"""The words of Hecht as data: students, groups, roles and plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pydantic import (
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
)

from planner.model.base import (
    LONGEST_NAME,
    LONGEST_TERM,
    MOST_COLUMNS,
    MOST_STUDENTS,
    Amount,
    Frozen,
    Name,
    Week,
)
from planner.model.mentions import known_people
from planner.model.reports import Outcome, StageReport
from planner.model.short_names import short_names
from planner.model.text import Language
from planner.model.values import normalize_text

if TYPE_CHECKING:
    import pandas as pd


class ColumnKind(StrEnum):
    """What a column of a class list means."""

    STUDENT_NUMBER = "student-number"
    EMAIL = "email"
    USERNAME = "username"
    LMS_KEY = "lms-key"  # an id that only an LMS import needs, such as canvas_user_id
    NAME = "name"  # full name in one cell
    FIRST_NAME = "first-name"
    INFIX = "infix"  # tussenvoegsel: "van der"
    LAST_NAME = "last-name"
    SECTION = "section"
    GROUP = "group"
    EARLIER_GROUP = "earlier-group"  # who somebody was with before: in another term, course or year
    ROLE = "role"
    NUMBER = "number"
    CATEGORY = "category"
    SCALE = "scale"  # answers with an order, such as levels; good for a number and for a category
    PARTICIPATION = "participation"  # on site, online, mixed
    TOPIC_CHOICE = "topic-choice"  # a choice out of topics, or what one of them scores
    SLOTS = "slots"  # several answers in one cell, such as free half-days
    BUSY = "busy"  # the same the other way round: moments when somebody cannot
    TIME_ZONE = "time-zone"  # whose clock a student means
    PEER = "peer"  # a named fellow student
    NOT_WITH = "not-with"  # the same the other way round: whom somebody would rather not work with
    TEXT = "text"  # free text
    SENSITIVE = "sensitive"  # dropped on reading
    IGNORED = "ignored"  # scores, time stamps, totals


class Column(Frozen):
    """A column as it stands in the class list and what it means.

    `moments` are those of a column that says when people cannot: every moment that
    was given in it, or in a column with the same question for another day. People are
    free at these but for the ones in their own cell. A column of free moments that tell the
    time keeps how the week was cut, so that nobody who leaves changes it for the others.
    `order` has the answers of a scale from low to high.
    `short` is what the coordinator calls it, if anything else than the heading;
    `Roster.short_names` has what is shown.
    """

    heading: str
    kind: ColumnKind
    moments: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    short: str | None = Field(default=None, min_length=1, max_length=LONGEST_NAME)

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """The place of each answer of a scale, the lowest first, from 1; by how it counts in a comparison."""
        return {normalize_text(answer): place for place, answer in enumerate(self.order, 1)}

    @model_serializer(mode="wrap")
    def _only_where_there_are_any(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        written: dict[str, object] = write(self)
        return {name: value for name, value in written.items() if value or name in ("heading", "kind")}


NUMBER_BEFORE = "number_before"  # key of an earlier number of a student, where a wish still names it


class Student(Frozen):
    """One student.

    Attributes
    ----------
    id : str
        The student number, or else the e-mail or user name; unique in the roster.
    name : str
        Full name as shown to people: "Noor van der Berg".
    call_name : str
        What fellow students say: "Noor".
    sort_name : str
        Key for sorting on surname without its infix: "Berg, Noor van der".
    email : str or None
    keys : dict
        Ids that imports ask for, by name: ``canvas_user_id``, ``user_id`` (SIS),
        ``login_id``, ``username``, ``org_defined_id``.
    answers : dict
        Heading -> the cell as text, for every column that is neither a name, an
        id, sensitive nor ignored. An empty text is a missing answer; where a survey comes
        after a plan, whoever is not in it has no text at all until what they answered before
        is taken over.
    """

    id: Name
    name: Name
    call_name: Name
    sort_name: Name
    email: Name | None = None
    keys: dict[str, str] = Field(default_factory=dict)
    answers: dict[str, str] = Field(default_factory=dict)

    def answer(self, heading: str) -> str:
        """Return the answer in a column, or an empty text."""
        return self.answers.get(heading, "")

    @property
    def numbers_before(self) -> tuple[str, ...]:
        """Earlier numbers in this course that a wish still names."""
        return tuple(value for key, value in self.keys.items() if key.startswith(NUMBER_BEFORE))

    def with_numbers_before(self, numbers: Sequence[str]) -> Student:
        """Return the student with other numbers of before."""
        keys = {key: value for key, value in self.keys.items() if not key.startswith(NUMBER_BEFORE)}
        keys |= {f"{NUMBER_BEFORE}_{place}": one for place, one in enumerate(numbers, 1)}
        return self if keys == self.keys else self.model_copy(update={"keys": keys})


class Roster(Frozen):
    """The students of one course with the columns the coordinator chose to use."""

    students: tuple[Student, ...] = Field(max_length=MOST_STUDENTS)
    columns: tuple[Column, ...] = Field(default=(), max_length=MOST_COLUMNS)

    @cached_property
    def by_id(self) -> Mapping[str, Student]:
        """Students by id."""
        return {student.id: student for student in self.students}

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Place of each student id in `students`."""
        return {student.id: place for place, student in enumerate(self.students)}

    @cached_property
    def known_people(self) -> Mapping[str, str]:
        """Ids by everything that names exactly one student; see `planner.model.mentions`."""
        return known_people(self.students)

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """Headings whose answers can be used in rules."""
        return tuple(column.heading for column in self.columns)

    @cached_property
    def short_names(self) -> Mapping[str, str]:
        """What headings are called where people read them, by heading; the others are shown as they are."""
        chosen = {column.heading: column.short for column in self.columns if column.short is not None}
        return short_names(self.headings, chosen)

    @cached_property
    def worked_out(self) -> dict[tuple[str, str], Any]:
        """What was worked out of all answers to a column, by what it is and heading: kept with the list."""
        return {}

    def called(self, names: Mapping[str, str]) -> Roster:
        """Return the class list with the names that somebody gave to its columns, by heading."""
        columns = tuple(c.model_copy(update={"short": names.get(c.heading)}) for c in self.columns)
        return self if columns == self.columns else Roster(students=self.students, columns=columns)

    @cached_property
    def shown_names(self) -> Mapping[str, str]:
        """Names to show by id; people who share a name get their number with it."""
        counts: dict[str, int] = {}
        for student in self.students:
            counts[student.name.casefold()] = counts.get(student.name.casefold(), 0) + 1
        return {
            student.id: student.name
            if counts[student.name.casefold()] == 1
            else f"{student.name} ({student.id})"
            for student in self.students
        }

    def names(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the shown names of some students, in the order given."""
        return tuple(self.shown_names.get(student, student) for student in ids)

    def column(self, heading: str) -> Column | None:
        """Return the column under a heading, or None where there is none."""
        return next((c for c in self.columns if c.heading == heading), None)

    def kind(self, heading: str) -> ColumnKind | None:
        """Return what a column means, or None where there is no such column."""
        column = self.column(heading)
        return None if column is None else column.kind

    @classmethod
    def from_frame(
        cls,
        frame: pd.DataFrame,
        id: str | None = None,  # noqa: A002 - what everyone calls it
        name: str | None = None,
        *,
        first_name: str | None = None,
        infix: str | None = None,
        last_name: str | None = None,
        email: str | None = None,
        kinds: Mapping[str, ColumnKind | str] | None = None,
        survey: pd.DataFrame | None = None,
        earlier: Mapping[str, pd.DataFrame] | None = None,
        language: Language = "en",
    ) -> Roster:
        """Read a class list from a DataFrame, as a file with the same columns would be read.

        Parameters
        ----------
        frame : DataFrame
            One row per student. An index with a name counts as a column.
        id, name, first_name, infix, last_name, email : str, optional
            Headings of what students are told apart by, and of their names ("van der" is an
            infix); looked for where left out.
        kinds : mapping, optional
            What other columns mean, by heading, such as ``{"Code": "category"}``.
        survey : DataFrame, optional
            Answers of the same students, joined on number or e-mail, else on full name.
        earlier : mapping, optional
            Lists of earlier groups, those of long ago first, by the heading that each gets.
        language : {"en", "nl"}
            Of the warnings.

        Returns
        -------
        Roster

        Raises
        ------
        InputError
            Where no class list can be made of it: no ids, one id with two names, several levels
            of headings, a column that is given two meanings. Rows count from 1 with the
            headings as row 1, as in a file.

        Warns
        -----
        ReadingWarning
            For whatever was skipped, mended or assumed.

        Examples
        --------
        >>> import pandas as pd
        >>> import planner
        >>> frame = pd.DataFrame({"Student number": ["0912345", "0912346"], "Name": ["Noor", "Sem"],
        ...                       "Grade": [7.5, None]})
        >>> roster = planner.Roster.from_frame(frame, id="Student number", name="Name")
        >>> roster.students[0].name, roster.headings
        ('Noor', ('Grade',))
        """
        # The one place where a value knows a reader: who has a frame looks for the way in here.
        from planner.rosters.frames import read_frame
        from planner.rosters.remarks import roster_of

        given = (
            (id, ColumnKind.STUDENT_NUMBER),
            (name, ColumnKind.NAME),
            (first_name, ColumnKind.FIRST_NAME),
            (infix, ColumnKind.INFIX),
            (last_name, ColumnKind.LAST_NAME),
            (email, ColumnKind.EMAIL),
        )
        said = [(heading, kind) for heading, kind in given if heading is not None]
        reading = read_frame(frame, survey, [*said, *(kinds or {}).items()], earlier or {})
        return roster_of(reading, language)

    def to_frame(self) -> pd.DataFrame:
        """Return the class list as a DataFrame: ``student``, ``name``, and a column for each heading.

        Examples
        --------
        >>> import planner
        >>> planner.read_class_list("data/klas-28.csv").to_frame().shape
        (28, 11)
        """
        import pandas as pd

        rows = [(one.id, one.name, *map(one.answer, self.headings)) for one in self.students]
        return pd.DataFrame(rows, columns=["student", "name", *self.headings])

    def _repr_html_(self) -> str:
        return self.to_frame().to_html(index=False, max_rows=10, escape=True)


RESOURCES = ("topic", "tutor", "moment", "room")  # of which a group has one each, where they are asked for
BESIDE_MEMBERS = ("class", *RESOURCES)  # headings of what a group can have more


class Group(Frozen):
    """A label that stays the same all term, the ids of its members, and what else the group has.

    That is a class that it is part of, a topic, a tutor, and a moment and a room where it meets;
    None where nothing of the kind was asked for.
    """

    name: str
    members: tuple[str, ...] = Field(max_length=MOST_STUDENTS)
    class_: str | None = Field(default=None, max_length=LONGEST_NAME)
    topic: str | None = Field(default=None, max_length=LONGEST_NAME)
    tutor: str | None = Field(default=None, max_length=LONGEST_NAME)
    moment: str | None = Field(default=None, max_length=LONGEST_NAME)
    room: str | None = Field(default=None, max_length=LONGEST_NAME)

    @model_serializer(mode="wrap")
    def _only_what_it_has(self, write: SerializerFunctionWrapHandler) -> dict[str, object]:
        written: dict[str, object] = write(self)
        return {name: value for name, value in written.items() if value is not None}

    def has(self, kind: str) -> str | None:
        """Return what a group has of one of `BESIDE_MEMBERS`; None where it has none."""
        had = (self.class_, self.topic, self.tutor, self.moment, self.room)
        return dict(zip(BESIDE_MEMBERS, had, strict=True))[kind]

    def only(self, members: Iterable[str]) -> Group:
        """Return the group with other members, and what else it has."""
        return self.model_copy(update={"members": tuple(members)})


def group_of(groups: Iterable[Group]) -> dict[str, str]:
    """Return the label of everybody's group by student id."""
    return {student: group.name for group in groups for student in group.members}


class Turn(Frozen):
    """Who has which role in a group in a week.

    `minds` marks a role that the group is too small to fill: its work is done beside
    another role.
    """

    week: Week
    group: str
    student_id: str
    role: str
    minds: bool = False


class Left(Frozen):
    """Somebody who was in the groups of a course and is in its class list no more.

    `roles` are those they had, each with its week.
    """

    name: str
    roles: tuple[tuple[Week, str], ...] = ()

    def until(self, week: int) -> Left:
        """Return the same with the roles of before a week."""
        return Left(name=self.name, roles=tuple(one for one in self.roles if one[0] < week))


class Block(Frozen):
    """A run of weeks with the same groups; `stages` tell what the refresh before it came to."""

    from_week: Week
    groups: tuple[Group, ...] = Field(max_length=MOST_STUDENTS)
    stages: tuple[StageReport, ...] = ()


class Plan(Frozen):
    """Groups, roles for each week, and the record of how they came about.

    `groups` are those of the first block still to come, and `from_week` is its first
    week; roles of earlier weeks are those of earlier groups. `later` holds the blocks
    after it, where the term has a refresh. `outcome` is about the first block.
    """

    language: Language
    seed: Amount
    version: str
    effort: str
    from_week: Week = 1
    groups: tuple[Group, ...] = Field(max_length=MOST_STUDENTS)
    later: tuple[Block, ...] = Field(default=(), max_length=LONGEST_TERM)
    turns: tuple[Turn, ...] = Field(max_length=LONGEST_TERM * MOST_STUDENTS)
    outcome: Outcome

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block still to come, the first one included."""
        return (Block(from_week=self.from_week, groups=self.groups), *self.later)

    @property
    def filled(self) -> int:
        """How many groups have members."""
        return sum(bool(group.members) for group in self.groups)

    def but(self, **changes: object) -> Plan:
        """Return this plan with changes, made anew: a copy keeps what it worked out from the old ones."""
        return Plan.model_validate({name: getattr(self, name) for name in Plan.model_fields} | changes)

    def block_of(self, week: int) -> Block:
        """Return the block that a week is in; the first one for weeks that are past."""
        return next((block for block in reversed(self.blocks) if block.from_week <= week), self.blocks[0])

    @cached_property
    def group_of(self) -> Mapping[str, str]:
        """Group name by student id."""
        return group_of(self.groups)
