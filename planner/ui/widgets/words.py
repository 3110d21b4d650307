"""What pages call the things that the code knows by short names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from planner.model.domain import ColumnKind
from planner.model.problems import Level
from planner.model.reports import Importance
from planner.model.text import Message, message
from planner.planning.efforts import Effort
from planner.store import MadeBy

Colour = Literal["red", "orange", "blue", "green", "gray"]


class Sign(NamedTuple):
    """How a level looks: a sign, a word and a colour, never the colour alone."""

    icon: str
    word: Message
    colour: Colour

    @property
    def look(self) -> tuple[Colour, str, Message]:
        """What a badge is made of."""
        return self.colour, self.icon, self.word


LEVELS: Mapping[Level, Sign] = {
    Level.ERROR: Sign(":material/priority_high:", message("First put this right"), "red"),
    Level.ASSUMED: Sign(":material/help:", message("Assumed, please check"), "orange"),
    Level.FIXED: Sign(":material/build:", message("Put right"), "blue"),
    Level.SKIPPED: Sign(":material/remove:", message("Left out"), "blue"),
    Level.NOTE: Sign(":material/info:", message("Good to know"), "gray"),
}

MEANINGS: Mapping[ColumnKind, Message] = {
    ColumnKind.STUDENT_NUMBER: message("Student number"),
    ColumnKind.EMAIL: message("E-mail address"),
    ColumnKind.USERNAME: message("User name"),
    ColumnKind.LMS_KEY: message("ID from a learning platform"),
    ColumnKind.NAME: message("Full name"),
    ColumnKind.FIRST_NAME: message("First name"),
    ColumnKind.INFIX: message("Infix, such as “van der”"),
    ColumnKind.LAST_NAME: message("Last name"),
    ColumnKind.SECTION: message("Class or section"),
    ColumnKind.GROUP: message("Group from an earlier plan"),
    ColumnKind.EARLIER_GROUP: message("Group from an earlier term or course"),
    ColumnKind.ROLE: message("Role from an earlier plan"),
    ColumnKind.NUMBER: message("Number, such as a grade"),
    ColumnKind.CATEGORY: message("Choice from a few answers"),
    ColumnKind.SCALE: message("Scale, from low to high"),
    ColumnKind.PARTICIPATION: message("Online, on site or both"),
    ColumnKind.TOPIC_CHOICE: message("Choice of a topic, or a score for it"),
    ColumnKind.SLOTS: message("Times when someone is free"),
    ColumnKind.BUSY: message("Times when someone is not free"),
    ColumnKind.TIME_ZONE: message("Time zone"),
    ColumnKind.PEER: message("Wish for a fellow student"),
    ColumnKind.NOT_WITH: message("Rather not with a fellow student"),
    ColumnKind.TEXT: message("Free text"),
    ColumnKind.SENSITIVE: message("Sensitive: left out"),
    ColumnKind.IGNORED: message("Not needed"),
}

IMPORTANCES: Mapping[Importance, Message] = {
    Importance.MUST: message("Required"),
    Importance.IMPORTANT: message("Important"),
    Importance.NICE: message("Nice to have"),
}

EFFORTS: Mapping[Effort, Message] = {
    "quick": message("Quick"),
    "normal": message("Normal"),
    "prove": message("Thorough, with proof where possible"),
}

HOW: Mapping[MadeBy, Message] = {
    "made": message("made"),
    "rerun": message("replanned with few moves"),
    "edited": message("edited by hand"),
    "brought-back": message("brought back"),
    "proven": message("the same groups, with more proof"),
}

# What a field of a rule is called; some fields mean something else in another kind.
FIELDS: Mapping[str, Message] = {
    "column": message("Column"),
    "columns": message("Columns"),
    "value": message("Answer"),
    "values": message("Only for these answers (empty: for every answer)"),
    "students": message("Students"),
    "within": message("Largest allowed distance from the class average"),
    "at_least": message("Minimum in a group"),
    "at_most": message("Maximum in a group"),
    "overlap.at_least": message("Minimum number of shared times"),
    "wish.columns": message("Columns with wishes"),
    "overlap.columns": message("Columns with times"),
    "together": message("Hours in one piece"),
    "participation.columns": message(
        "Columns with times, for those online and those on site (empty: nobody alone)"
    ),
    "participation.at_least": message("Minimum number of shared times"),
    "new-faces.columns": message("Columns with earlier groups, the latest last"),
    "half_after": message("After how many terms it counts half"),
    "keep_one": message("Everyone keeps someone from an earlier group"),
    "at_least_share": message("Students with the same answer are at least"),
}


def field_label(kind: str, field: str) -> Message:
    """Return what a field of a kind of rule is called."""
    return FIELDS.get(f"{kind}.{field}") or FIELDS[field]
