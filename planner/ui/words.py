"""What pages call the things that the code knows by short names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from planner.domain import ColumnKind, Importance
from planner.efforts import Effort
from planner.problems import Level
from planner.store import How
from planner.text import Message, say

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
    Level.ERROR: Sign(":material/priority_high:", say("First put this right"), "red"),
    Level.ASSUMED: Sign(":material/help:", say("Assumed, please check"), "orange"),
    Level.FIXED: Sign(":material/build:", say("Put right"), "blue"),
    Level.SKIPPED: Sign(":material/remove:", say("Left out"), "blue"),
    Level.NOTE: Sign(":material/info:", say("Good to know"), "gray"),
}

MEANINGS: Mapping[ColumnKind, Message] = {
    ColumnKind.STUDENT_NUMBER: say("Student number"),
    ColumnKind.EMAIL: say("E-mail address"),
    ColumnKind.USERNAME: say("User name"),
    ColumnKind.LMS_KEY: say("Key of a learning system"),
    ColumnKind.NAME: say("Full name"),
    ColumnKind.FIRST_NAME: say("First name"),
    ColumnKind.INFIX: say("Infix, such as “van der”"),
    ColumnKind.LAST_NAME: say("Last name"),
    ColumnKind.SECTION: say("Class or section"),
    ColumnKind.GROUP: say("Group of an earlier plan"),
    ColumnKind.ROLE: say("Role of an earlier plan"),
    ColumnKind.NUMBER: say("Number, such as a grade"),
    ColumnKind.CATEGORY: say("Choice out of a few answers"),
    ColumnKind.SLOTS: say("Moments when someone is free"),
    ColumnKind.BUSY: say("Moments when someone cannot"),
    ColumnKind.PEER: say("Wish for a fellow student"),
    ColumnKind.TEXT: say("Free text"),
    ColumnKind.SENSITIVE: say("Sensitive: is left out"),
    ColumnKind.IGNORED: say("Not needed"),
}

IMPORTANCES: Mapping[Importance, Message] = {
    Importance.MUST: say("Must"),
    Importance.IMPORTANT: say("Important"),
    Importance.NICE: say("Nice"),
}

EFFORTS: Mapping[Effort, Message] = {
    "quick": say("Quick"),
    "normal": say("Normal"),
    "prove": say("Thorough, with proof where possible"),
}

HOW: Mapping[How, Message] = {
    "made": say("made"),
    "rerun": say("made again with few moves"),
    "edited": say("changed by hand"),
    "brought-back": say("brought back"),
    "proven": say("the same groups, with more proof"),
}

# What a field of a rule is called; some fields mean something else in another kind.
FIELDS: Mapping[str, Message] = {
    "column": say("Column"),
    "columns": say("Columns"),
    "value": say("Answer"),
    "values": say("Only for these answers (none: for every answer)"),
    "students": say("Students"),
    "within": say("A group mean at most this far from the class mean"),
    "at_least": say("At least so many in a group"),
    "at_most": say("At most so many in a group"),
    "overlap.at_least": say("At least so many shared moments"),
    "wish.columns": say("Columns with wishes"),
    "overlap.columns": say("Columns with moments"),
}


def field_label(kind: str, field: str) -> Message:
    """Return what a field of a kind of rule is called."""
    return FIELDS.get(f"{kind}.{field}") or FIELDS[field]
