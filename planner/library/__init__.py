"""The library: what a script or a notebook calls; `planner` hands all of it on.

DataFrames go in and come out. The names here are the public ones, and their examples run in the tests.

Examples
--------
Everything that can be asked of groups, roles, the term, the cards and reruns:

>>> import planner
>>> rules = planner.Rules(
...     language="en",
...     groups=planner.GroupSizes(size=(3, 5), prefer=4, names="Team {n}"),
...     rules=[
...         planner.Balance(column="Grade", importance=planner.Importance.MUST, within=0.5),
...         planner.Mix(column="Programme"),
...         planner.Similar(column="Topic", importance=planner.Importance.NICE),
...         planner.NeverAlone(column="Gender", values=("f", "x")),
...         planner.Overlap(columns=("Availability",), at_least=2),
...         planner.Limit(column="Job", value="yes", at_most=2),
...         planner.Apart(students=("0912345", "0912346")),
...         planner.Together(students=("0912347", "0912348")),
...         planner.Wish(columns=("Wish 1", "Wish 2")),
...         planner.NewFaces(columns=("Team 2024", "Team 2025"), half_after=1),
...         planner.Participation(column="How do you take part?"),
...         planner.Steady(),
...     ],
...     roles=planner.RoleSettings(names=("Chair", "Note-taker"), opt_out="Rather no role"),
...     term=planner.TermSettings(weeks=12, refresh_after=(6,), keep_familiar=1),
...     goals=planner.GoalSettings(course=("Presenting", "Writing")),
...     rerun=planner.RerunSettings(newcomers_together=False),
... )
>>> for rule in rules.rule[:6]:
...     print(rule.label().text("en"))
Balance on Grade, within 0.5
Mix Programme
Same Topic together
Never alone on Gender (f and x)
At least 2 shared times in Availability
At most 2 × Job = yes

Classes, topics, tutors, times and rooms, of which each group has one:

>>> robots = planner.Need(column="Programming", value="experienced", at_least=1)
>>> rules = planner.Rules(
...     language="en",
...     classes=planner.Classes(column="Class"),
...     topics=planner.Topics(choices=("Choice 1", "Choice 2"), importance=planner.Importance.MUST),
...     topic=[planner.Topic(name="Rover", groups=(0, 2), needs=(robots,)), planner.Topic(name="Bridge")],
...     tutor=[planner.Tutor(name="M. Bakker", groups=(1, 4), moments=("Mon 9-12",), not_with=("0912345",))],
...     meetings=planner.Meetings(columns=("Availability",)),
...     room=[planner.Room(name="B2.14", moments=("Mon 9-12",))],
... )
>>> rules.beside_members
('class', 'topic', 'tutor', 'moment', 'room')

What columns can mean, the rates of a forecast, and what an error has besides its text:

>>> roster = planner.read_class_list("data/klas-28.csv", kinds={"Leerdoel": planner.ColumnKind.TEXT})
>>> planner.Dropout(rate=0.1, column="Werkt parttime", rates={"ja": 0.2}).of(roster.students[1])
0.2
>>> try:
...     planner.check(roster, planner.Rules(rules=[planner.Mix(column="Opleidin")]))
... except planner.InputError as error:
...     problem: planner.Problem = error.problems[0]
>>> problem.code, problem.column
('unknown-column', 'Opleidin')

What a run tells while it goes, and how it ended:

>>> told: list[planner.Progress] = []
>>> plan = planner.plan(roster, planner.Rules(), effort="quick", progress=told.append)
>>> told[-1].stage, told[-1].done
('done', 1.0)
>>> outcome: planner.Outcome = plan.outcome
>>> outcome.status is planner.Status.OPTIMAL
True
>>> somebody: planner.Student = plan.roster.students[0]
>>> somebody.call_name
'Rowan'
"""

from planner.engines.common.watch import Progress
from planner.forecast.scenarios import Dropout
from planner.library.asking import ask, inspect
from planner.library.audits import GroupingAudit, audit
from planner.library.files import load, read_class_list, read_rules, write_rules
from planner.library.forecasts import TermForecast, forecast
from planner.library.group_plan import GroupPlan
from planner.library.places import Places, SessionPlan, away_today, best_places, swap_partners
from planner.library.planning import check, plan, replan
from planner.library.why import PlacementReasons, why_here
from planner.model.domain import ColumnKind, Roster, Student
from planner.model.problems import InputError, Problem
from planner.model.reports import Importance, Outcome, Status
from planner.rosters.remarks import ReadingWarning
from planner.rules import GroupSizes, RoleSettings, Rules, TermSettings
from planner.rules.apart import Apart
from planner.rules.balance import Balance
from planner.rules.class_settings import Classes
from planner.rules.goals import GoalSettings
from planner.rules.limit import Limit
from planner.rules.meeting_settings import Meetings, Room
from planner.rules.mix import Mix
from planner.rules.never_alone import NeverAlone
from planner.rules.new_faces import NewFaces
from planner.rules.overlap import Overlap
from planner.rules.participation import Participation
from planner.rules.purposes import with_purpose
from planner.rules.replan_settings import RerunSettings
from planner.rules.similar import Similar
from planner.rules.steady import Steady
from planner.rules.together import Together
from planner.rules.topic_settings import Need, Topic, Topics
from planner.rules.tutor_settings import Tutor
from planner.rules.wish import Wish
from planner.services.explain import NoPlanFound as NoPlan
from planner.services.explain import PlanRemedy

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
