"""Courses that are saved as the coordinator works: class lists, rules, and every plan that was accepted."""

from planner.store.access import tidy_address
from planner.store.archive import (
    TAKING_IN,
    CourseArchive,
    read_archive,
    write_archive,
)
from planner.store.database import Store, open_store
from planner.store.errors import NotSaved
from planner.store.history import edits_between
from planner.store.model import (
    Added,
    Choices,
    CourseState,
    HistoryLine,
    InUse,
    LastSave,
    Listing,
    MadeBy,
    May,
    Note,
    Opened,
    PlanListing,
    PlanVersion,
    Share,
    Sketch,
    SketchCard,
)
from planner.store.replacing import replace_course, undo_replace
from planner.store.repository import CourseRepository
from planner.store.sharing import Sharing
from planner.store.sign_outs import SignOuts

__all__ = [
    "TAKING_IN",
    "Added",
    "Choices",
    "CourseArchive",
    "CourseRepository",
    "CourseState",
    "HistoryLine",
    "InUse",
    "LastSave",
    "Listing",
    "MadeBy",
    "May",
    "NotSaved",
    "Note",
    "Opened",
    "PlanListing",
    "PlanVersion",
    "Share",
    "Sharing",
    "SignOuts",
    "Sketch",
    "SketchCard",
    "Store",
    "edits_between",
    "open_store",
    "read_archive",
    "replace_course",
    "tidy_address",
    "undo_replace",
    "write_archive",
]
