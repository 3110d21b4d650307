"""Courses that are saved as the coordinator works: class lists, rules, and every plan that was accepted."""

from planner.store.model import (
    Added,
    How,
    Listing,
    Opened,
    PlanListing,
    PlanVersion,
    Sketch,
    SketchCard,
    State,
)
from planner.store.opening import Store, open_store
from planner.store.parcel import TAKING_IN, Parcel, read_parcel, write_parcel
from planner.store.shelf import Shelf
from planner.store.sign_outs import SignOuts
from planner.store.trouble import NotSaved

__all__ = [
    "TAKING_IN",
    "Added",
    "How",
    "Listing",
    "NotSaved",
    "Opened",
    "Parcel",
    "PlanListing",
    "PlanVersion",
    "Shelf",
    "SignOuts",
    "Sketch",
    "SketchCard",
    "State",
    "Store",
    "open_store",
    "read_parcel",
    "write_parcel",
]
