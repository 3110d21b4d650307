"""Hecht: small, stable study groups, planned with proof.

This is the face for scripts and notebooks; docs/library.md shows it at work. The names come from
`planner.library`, once somebody asks for one: the command line and the workers import `planner.…`
all the time, and need none of it.
"""

import sys
from importlib import import_module
from inspect import signature
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from planner.library import (
        Apart,
        Balance,
        Classes,
        ColumnKind,
        Dropout,
        GoalSettings,
        GroupingAudit,
        GroupPlan,
        GroupSizes,
        Importance,
        InputError,
        Limit,
        Meetings,
        Mix,
        Need,
        NeverAlone,
        NewFaces,
        NoPlan,
        Outcome,
        Overlap,
        Participation,
        PlacementReasons,
        Places,
        PlanRemedy,
        Problem,
        Progress,
        ReadingWarning,
        RerunSettings,
        RoleSettings,
        Room,
        Roster,
        Rules,
        SessionPlan,
        Similar,
        Status,
        Steady,
        Student,
        TermForecast,
        TermSettings,
        Together,
        Topic,
        Topics,
        Tutor,
        Wish,
        ask,
        audit,
        away_today,
        best_places,
        check,
        forecast,
        inspect,
        load,
        plan,
        read_class_list,
        read_rules,
        replan,
        swap_partners,
        why_here,
        with_purpose,
        write_rules,
    )

__all__ = [
    "Apart",
    "Balance",
    "Classes",
    "ColumnKind",
    "Dropout",
    "GoalSettings",
    "GroupPlan",
    "GroupSizes",
    "GroupingAudit",
    "Importance",
    "InputError",
    "Limit",
    "Meetings",
    "Mix",
    "Need",
    "NeverAlone",
    "NewFaces",
    "NoPlan",
    "Outcome",
    "Overlap",
    "Participation",
    "PlacementReasons",
    "Places",
    "PlanRemedy",
    "Problem",
    "Progress",
    "ReadingWarning",
    "RerunSettings",
    "RoleSettings",
    "Room",
    "Roster",
    "Rules",
    "SessionPlan",
    "Similar",
    "Status",
    "Steady",
    "Student",
    "TermForecast",
    "TermSettings",
    "Together",
    "Topic",
    "Topics",
    "Tutor",
    "Wish",
    "__version__",
    "ask",
    "audit",
    "away_today",
    "best_places",
    "check",
    "forecast",
    "inspect",
    "load",
    "plan",
    "read_class_list",
    "read_rules",
    "replan",
    "swap_partners",
    "why_here",
    "with_purpose",
    "write_rules",
]


def __getattr__(name: str) -> Any:
    """Return a name of the library."""
    if name in __all__:
        return getattr(import_module("planner.library"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return what there is to find, the names of the library included."""
    return sorted({*globals(), *__all__})


class _Room(ModuleType):
    """A package that is called like a function of the library, and can be called as one."""

    def __call__(self, *args: Any, **options: Any) -> Any:
        return self._function(*args, **options)

    def __reduce__(self) -> str:
        """Go to another process by its name here, as a function does."""
        return self._name

    @property
    def _name(self) -> str:
        return self.__name__.removeprefix(f"{__name__}.")

    @property
    def _function(self) -> Any:
        return getattr(import_module("planner.library"), self._name)

    @property
    def __signature__(self) -> Any:
        return signature(self._function)


class _Face(ModuleType):
    """The package itself; `planner.audit` and `planner.forecast` are functions, and rooms of the house too.

    Whichever of their modules is imported first, Python then sets the room as an attribute here.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name in ("audit", "forecast") and isinstance(value, ModuleType):
            value.__class__ = _Room
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face
