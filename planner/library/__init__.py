"""The library: what a script or a notebook calls; `planner` hands all of it on.

DataFrames go in and come out. The names here are the public ones, and their examples run in the tests.
"""

from planner.engines.common.limits import Progress
from planner.forecast.scenarios import Dropout
from planner.library.audits import GroupingAudit, audit
from planner.library.files import load, read_class_list, read_rules, write_rules
from planner.library.forecasts import TermForecast, forecast
from planner.library.group_plan import GroupPlan
from planner.library.planning import check, plan, replan
from planner.model.domain import ColumnKind, Importance, Outcome, Roster, Status, Student
from planner.model.problems import InputError, Problem
from planner.rosters.remarks import ReadingWarning
from planner.rules import GroupSizes, RoleSettings, Rules, TermSettings
from planner.rules.apart import Apart
from planner.rules.balance import Balance
from planner.rules.goals import GoalSettings
from planner.rules.limit import Limit
from planner.rules.mix import Mix
from planner.rules.never_alone import NeverAlone
from planner.rules.overlap import Overlap
from planner.rules.replan_settings import RerunSettings
from planner.rules.similar import Similar
from planner.rules.steady import Steady
from planner.rules.together import Together
from planner.rules.wish import Wish
from planner.services.explain import NoPlanFound as NoPlan
from planner.services.explain import PlanRemedy

__all__ = [
    "Apart",
    "Balance",
    "ColumnKind",
    "Dropout",
    "GoalSettings",
    "GroupPlan",
    "GroupSizes",
    "GroupingAudit",
    "Importance",
    "InputError",
    "Limit",
    "Mix",
    "NeverAlone",
    "NoPlan",
    "Outcome",
    "Overlap",
    "PlanRemedy",
    "Problem",
    "Progress",
    "ReadingWarning",
    "RerunSettings",
    "RoleSettings",
    "Roster",
    "Rules",
    "Similar",
    "Status",
    "Steady",
    "Student",
    "TermForecast",
    "TermSettings",
    "Together",
    "Wish",
    "audit",
    "check",
    "forecast",
    "load",
    "plan",
    "read_class_list",
    "read_rules",
    "replan",
    "write_rules",
]
