"""A plan changed by hand: what can be done to it, what that changes, and the way back."""

from planner.edit.apply import BY_HAND, apply, audited, check, with_labels
from planner.edit.effect import Effect, Later, effect
from planner.edit.handover import handed_over
from planner.edit.history import EditStep, History, SavedEdits
from planner.edit.regroup import weeks_to_edit
from planner.edit.values import (
    Close,
    Edit,
    Join,
    LockGroup,
    LockStudent,
    Move,
    Open,
    Rename,
    Swap,
    describe_edit,
)

__all__ = [
    "BY_HAND",
    "Close",
    "Edit",
    "EditStep",
    "Effect",
    "History",
    "Join",
    "Later",
    "LockGroup",
    "LockStudent",
    "Move",
    "Open",
    "Rename",
    "SavedEdits",
    "Swap",
    "apply",
    "audited",
    "check",
    "describe_edit",
    "effect",
    "handed_over",
    "weeks_to_edit",
    "with_labels",
]
