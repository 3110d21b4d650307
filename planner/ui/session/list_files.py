"""The files of one class list on the page, and how they are to be read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from planner.model.domain import ColumnKind, Roster
from planner.model.moments import family_of
from planner.replanning.answers_before import AnswersBefore
from planner.rosters import Edits, Reading, SourceFile
from planner.rosters.tidy import MOMENTS
from planner.services.reading import ListRequest, read_list
from planner.ui.session.language import current
from planner.ui.session.own_headings import own_names


@dataclass
class ListFiles:
    """A class list, the survey that goes with it, and what the coordinator said about them.

    `earlier` are lists of groups of other courses or years. `names` is what the coordinator calls
    columns, by heading; `seen` are the moments that columns about busy ones had before, and the orders
    of scales, by heading; `before` is what students answered before, where there is a plan and the list
    is a later one; `is_sample` says that it is the invented class. `marks` are the rows of who was said
    to have stopped, each with the id that the plan has for them.
    """

    class_list: SourceFile | None = None
    survey: SourceFile | None = None
    earlier: tuple[SourceFile, ...] = ()
    kinds: dict[str, ColumnKind] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    seen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sheet: str | None = None
    heading_row: int | None = None
    edits: Edits = field(default_factory=Edits)
    before: AnswersBefore | None = None
    is_sample: bool = False
    reading: Reading | None = None
    marks: dict[int, str] = field(default_factory=dict)

    @property
    def stopped(self) -> frozenset[str]:
        """Of whom it was said that they stopped, by the ids of the plan."""
        return frozenset(self.marks.values())

    @property
    def roster(self) -> Roster | None:
        """The students, once the files can be read."""
        return self.reading.roster if self.reading else None

    def take_survey(self, file: SourceFile | None) -> None:
        """Join another survey, or none."""
        self.survey = file
        self.reading = None
        if self.before is not None:
            self.before = replace(self.before, survey_again=False)

    def take_earlier(self, files: Sequence[SourceFile]) -> None:
        """Have other lists of earlier groups beside the class list, those of long ago first."""
        self.earlier, self.reading = tuple(files), None

    def correct(self, heading: str, kind: ColumnKind) -> None:
        """Note what the coordinator says a column means; moments are turned round for every day at once."""
        before = None if self.reading is None or self.roster is None else self.roster.kind(heading)
        if ColumnKind.SCALE in (before, kind):
            self.seen.pop(heading, None)  # an order is no moments, nor the other way round
        self.kinds[heading] = kind
        columns = self.reading.columns if self.reading is not None and kind in MOMENTS else ()
        for column in columns:
            if column.kind in MOMENTS and family_of(column.heading) == family_of(heading):
                self.kinds[column.heading] = kind
        self.reading = None

    def put_in_order(self, heading: str, order: Sequence[str]) -> None:
        """Note the order of a scale, from low to high."""
        self.kinds[heading], self.seen[heading] = ColumnKind.SCALE, tuple(order)
        self.reading = None

    @property
    def short_names(self) -> Mapping[str, str]:
        """What headings are called on the pages; our own in the language of the page."""
        roster = self.roster or Roster(students=())
        ours = self.class_list is not None and self.class_list.ours
        return {
            **(own_names(current(), roster.headings) if ours else {}),
            **roster.short_names,
        }

    def call(self, heading: str, name: str) -> None:
        """Note what the coordinator calls a column; nothing is what it would be called by itself."""
        self.names.pop(heading, None)
        if name:
            self.names[heading] = name
        if self.reading is not None:
            self.reading = self._named(self.reading)
            self.has_read()

    def _named(self, reading: Reading) -> Reading:
        if reading.roster is None:
            return reading
        return reading.model_copy(update={"roster": reading.roster.called(self.names)})

    def look_at(self, sheet: str | None, heading_row: int | None) -> None:
        """Read another sheet, or find the headings on another row."""
        if (sheet, heading_row) != (self.sheet, self.heading_row):
            self.sheet, self.heading_row = sheet, heading_row
            self.edits, self.reading, self.marks = Edits(), None, {}

    def edit(self, edits: Edits) -> None:
        """Take over what was changed by hand."""
        if edits != self.edits:
            self.edits, self.reading = edits, None

    def read(self) -> Reading | None:
        """Read the files where that has not been done yet."""
        if self.class_list is None:
            return None
        if self.reading is None:
            self.reading = self._named(read_list(self._request(self.class_list)))
            self.has_read()
        return self.reading

    def _request(self, file: SourceFile) -> ListRequest:
        return ListRequest(
            class_list=file,
            survey=self.survey,
            earlier=self.earlier,
            kinds=dict(self.kinds),
            seen=dict(self.seen),
            sheet=self.sheet,
            heading_row=self.heading_row,
            edits=self.edits,
            before=None if self.before is None else replace(self.before, stopped=self.stopped),
        )

    def has_read(self) -> None:
        """Do what follows from other students or columns."""
