"""Small courses with the people that cards have to cope with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.audit.plan_audit import audit
from planner.handouts.content import content
from planner.handouts.model import StarterCard, cards_of
from planner.model.domain import Column, ColumnKind, Group, Plan, Roster, Student, Turn
from planner.model.reports import Outcome, Status
from planner.model.text import Language
from planner.planning.replan_roles import replan_turns
from planner.planning.roles import plan_turns
from planner.plans.course import Course, Version
from planner.rosters.people import from_full
from planner.rules import Rules
from tests.builders.classes import make_rules

LONG = "Wilhelmina-Alexandrina " * 8 + "van der Berkelstroom"
UNBROKEN = "Aa" * 100
HOSTILE = (
    '#import "x"',
    "\\",
    "$x^2$",
    "<script>alert(1)</script>",
    "=1+1",
    "*vet* _schuin_ `code`",
    "@niemand // en weg /* ook */",
    "- lijst\n+ lijst",
    "'; DROP TABLE groepen; --",
    "«naam» {{ naam }} {0}",
    "&lt;b&gt;",
    LONG,
    UNBROKEN,
)
RIGHT_TO_LEFT = ("محمد الأمين", "יעל לוי", "فاطمة الزهراء", "ሰላም ተስፋዬ", "அனிதா ரவி", "ქეთევანი")
LATIN = ("Zoë Şahin", "Łukasz Wójcik", "Đặng Nguyễn", "Noor van der Berg")

OVERLAP = """
    [[rule]]
    kind = "overlap"
    columns = ["Vrij"]
"""


def student(number: int, name: str, **answers: str) -> Student:
    """Return a student called by the first word of their name."""
    person = from_full(name)
    return Student(
        id=f"10{number:05}",
        name=person.full or name,
        call_name=person.call or name,
        sort_name=person.sort or name,
        email=f"student{number}@school.example",
        answers={"Vrij": "ma ochtend; di middag", **answers},
    )


def course(
    *groups: Sequence[str],
    rules: str = OVERLAP,
    answers: Mapping[str, Mapping[str, str]] | None = None,
    columns: Sequence[Column] = (),
) -> Course:
    """Return a course with groups of people with these names."""
    return course_of(make_rules(rules), groups, answers or {}, columns)


def course_of(
    rules: Rules,
    named: Sequence[Sequence[str]],
    answers: Mapping[str, Mapping[str, str]],
    columns: Sequence[Column],
) -> Course:
    """Return a course, its roles dealt in earnest."""
    students: list[Student] = []
    groups = []
    for place, names in enumerate(named, start=1):
        members = [
            student(len(students) + at, name, **answers.get(name, {}))
            for at, name in enumerate(names, start=1)
        ]
        students += members
        groups.append(Group(name=f"Groep {place}", members=tuple(one.id for one in members)))
    slots = Column(heading="Vrij", kind=ColumnKind.SLOTS)
    roster = Roster(students=tuple(students), columns=(slots, *columns))
    turns = plan_turns(rules, roster, groups, 0)
    return Course(roster=roster, rules=rules, plan=planned(rules, roster, groups, turns))


def planned(
    rules: Rules, roster: Roster, groups: Sequence[Group], turns: Sequence[Turn], from_week: int = 1
) -> Plan:
    """Return a plan of groups, audited."""
    checked = audit(rules, roster, groups, turns, from_week)
    outcome = Outcome(status=Status.FEASIBLE, cost=checked.cost, bound=0, seconds=0.0, rules=checked.reports)
    return Plan(
        language=rules.language,
        seed=0,
        version="0",
        effort="quick",
        from_week=from_week,
        groups=tuple(groups),
        turns=tuple(turns),
        outcome=outcome,
    )


def after(before: Course, groups: Sequence[Group], roster: Roster, from_week: int) -> Course:
    """Return a course after a rerun that led to these groups."""
    turns = replan_turns(
        before.rules, roster, groups, before.plan.groups, before.plan.turns, from_week, before.plan.seed
    )
    version = Version(from_week=before.plan.from_week, groups=before.plan.groups)
    return Course(
        roster=roster,
        rules=before.rules,
        plan=planned(before.rules, roster, groups, turns, from_week),
        history=(*before.history, version),
    )


NAMES = ("Noor van der Berg", "Sem de Wit", "Ali Kaya", "Zoë Bos")


OTHERS = ("Bram Kok", "Fleur Mos", "Yara Pol", "Daan Vos")


def rerun(before: Course) -> Course:
    """Somebody leaves the second group, somebody new comes, and one of the first group goes there."""
    one, two, three = before.plan.groups
    new = student(99, "Nova van Dam")
    roster = Roster(
        students=(*(s for s in before.roster.students if s.id != two.members[0]), new),
        columns=before.roster.columns,
    )
    groups = (
        Group(name=one.name, members=one.members[:-1]),
        Group(name=two.name, members=(*two.members[1:], new.id, one.members[-1])),
        three,
    )
    return after(before, groups, roster, from_week=4)


def named(*names: str) -> Course:
    """Return a course of people who are called by all that they are named, in groups of four."""
    made = course(*(names[at : at + 4] for at in range(0, len(names), 4)))
    wished = dict(zip((one.id for one in made.roster.students), names, strict=True))
    students = tuple(
        one.model_copy(update={"call_name": wished[one.id], "name": wished[one.id]})
        for one in made.roster.students
    )
    return made.model_copy(update={"roster": Roster(students=students, columns=made.roster.columns)})


WORDS = "Ik wil leren om samen aan iets groots te werken, en te durven vragen als ik iets niet weet."
LONG_NAMES = (
    "Wilhelmina-Alexandrina van der Berkelstroom", "Maximiliaan-Frederik van Oosterhuis-Dekker",
    "Anna-Magdalena Vandenbussche-Vanderlinden", "Charles-Édouard de la Rochefoucauld",
    "Bartholomeus ten Broeke-Visser", "Konstantinos Papadopoulos-Alexandridis",
    "Oluwaseun Adebayo-Ogunbanjo van Dijk", "Sahar-Mahnaz Mohammadzadeh-Esfahani",
)  # fmt: skip
FULL = """
    [roles]
    names = ["Gespreksleider", "Notulist", "Woordvoerder", "Procesbewaker"]
    [term]
    weeks = 15
    [groups]
    size = [2, 8]
"""


def full_cards(language: Language, size: int) -> tuple[StarterCard, ...]:
    """Return a card of a group with everything on it that a card can have, and a long name everywhere."""
    made, texts = course(LONG_NAMES[:size], rules=OVERLAP + FULL), content(language)
    return tuple(
        card.model_copy(
            update={
                "welcome": texts.card.welcome.format(names=" & ".join(LONG_NAMES[:2])),
                "goals": ("Samenwerken", "Onderzoek doen", "Presenteren voor een groep"),
                "people": tuple(
                    one.model_copy(update={"called": name, "is_new": True, "words": WORDS})
                    for one, name in zip(card.people, LONG_NAMES, strict=False)
                ),
            }
        )
        for card in cards_of(made, texts, language)
    )
