"""Courses that are saved as the coordinator works: class lists, rules, and every plan that was accepted."""

from planner.store.archive import (
    TAKING_IN,
    CourseArchive,
    read_archive,
    write_archive,
)
from planner.store.database import Store, open_store
from planner.store.errors import NotSaved
from planner.store.model import (
    Added,
    CourseState,
    InUse,
    Listing,
    MadeBy,
    Opened,
    PlanListing,
    PlanVersion,
    Sketch,
    SketchCard,
)
from planner.store.repository import CourseRepository
from planner.store.sign_outs import SignOuts

__all__ = [
    "TAKING_IN",
    "Added",
    "CourseArchive",
    "CourseRepository",
    "CourseState",
    "InUse",
    "Listing",
    "MadeBy",
    "NotSaved",
    "Opened",
    "PlanListing",
    "PlanVersion",
    "SignOuts",
    "Sketch",
    "SketchCard",
    "Store",
    "open_store",
    "read_archive",
    "write_archive",
]
