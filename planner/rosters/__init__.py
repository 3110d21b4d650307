"""Reading class lists, surveys and group lists: from bytes to a roster."""

from planner.rosters.busy import answers_seen
from planner.rosters.classlist import read_class_list
from planner.rosters.edits import EditedRow, Edits
from planner.rosters.group_codes import GroupCodes, read_group_codes
from planner.rosters.groups import read_groups
from planner.rosters.model import ColumnGuess, GroupList, Reading, SourceFile

__all__ = [
    "ColumnGuess",
    "EditedRow",
    "Edits",
    "GroupCodes",
    "GroupList",
    "Reading",
    "SourceFile",
    "answers_seen",
    "read_class_list",
    "read_group_codes",
    "read_groups",
]
