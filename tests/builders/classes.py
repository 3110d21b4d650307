"""Small classes, rules for them, and every way to divide them: what the core's tests share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from hypothesis import strategies as st

from planner.audit.plan_audit import audit
from planner.model.domain import Column, ColumnKind, Group, Roster, Student
from planner.model.problems import Problem
from planner.model.reports import Importance
from planner.rules import GroupSizes, RoleSettings, Rules, TermSettings, read_rules
from planner.rules.base import Rule

NAMES = ("Noor", "Sem", "Ali", "Juul", "Bram", "Yara", "Teun", "Mila")
IDS = tuple("abcdefgh")
ROLES = ("Voorzitter", "Schrijver", "Spreker")


def make_roster(rows: Iterable[Mapping[str, str]], headings: Sequence[str] = ()) -> Roster:
    """Return a class list of rows.

    ``id`` and ``name`` are a, b, c … and Noor, Sem, Ali … where a row has none; every
    other key is a heading. The headings are those of the first row, unless given.
    """
    rows = list(rows)
    students = []
    for place, row in enumerate(rows):
        name = row.get("name", NAMES[place % len(NAMES)])
        students.append(
            Student(
                id=row.get("id", chr(ord("a") + place)),
                name=name,
                call_name=name.split()[0],
                sort_name=name,
                answers={key: value for key, value in row.items() if key not in ("id", "name")},
            )
        )
    used = headings or tuple(key for key in rows[0] if key not in ("id", "name")) if rows else headings
    columns = tuple(Column(heading=heading, kind=ColumnKind.TEXT) for heading in used)
    return Roster(students=tuple(students), columns=columns)


def column_of(heading: str, *answers: str) -> Roster:
    """Return a class list of one column, with one student for each answer."""
    return make_roster([{heading: answer} for answer in answers], headings=[heading])


def make_groups(*members: Sequence[str]) -> tuple[Group, ...]:
    """Return groups "Groep 1", "Groep 2" …; ``make_groups("ab", "cd")`` has two of two."""
    return tuple(
        Group(name=f"Groep {number}", members=tuple(ids)) for number, ids in enumerate(members, start=1)
    )


def make_rules(toml: str) -> Rules:
    """Return the rules of a rules file."""
    return read_rules(toml.encode())


def texts(problems: Iterable[Problem], language: Any) -> list[str]:
    """Return problems as people read them."""
    return [problem.text(language) for problem in problems]


def found(rule: Rule, roster: Roster, groups: Sequence[Group]) -> list[tuple[str | None, int, str, str]]:
    """Return a rule's findings as group, units, and the words in both languages."""
    return [
        (finding.group, finding.units, finding.message.text("nl"), finding.message.text("en"))
        for finding in rule.findings(roster, groups)
    ]


def partitions(ids: Sequence[str], count: int, smallest: int, largest: int) -> Iterator[list[list[str]]]:
    """Yield every division into `count` groups of allowed sizes, each once."""
    chosen: list[list[str]] = []

    def place(position: int) -> Iterator[list[list[str]]]:
        left = len(ids) - position
        short = sum(max(0, smallest - len(group)) for group in chosen) + smallest * (count - len(chosen))
        if short > left:
            return
        if not left:
            if len(chosen) == count:
                yield [list(group) for group in chosen]
            return
        for group in list(chosen):
            if len(group) < largest:
                group.append(ids[position])
                yield from place(position + 1)
                group.pop()
        if len(chosen) < count:
            chosen.append([ids[position]])
            yield from place(position + 1)
            chosen.pop()

    yield from place(0)


def least_cost(rules: Rules, roster: Roster, count: int) -> int | None:
    """Return the least audited cost over all divisions that hold; None where none holds.

    Knows no costs, no engines: only the audit.
    """
    smallest, largest = rules.groups.size
    names = rules.group_names(count)
    best: int | None = None
    for division in partitions([s.id for s in roster.students], count, smallest, largest):
        groups = [Group(name=name, members=tuple(ids)) for name, ids in zip(names, division, strict=True)]
        checked = audit(rules, roster, groups)
        if checked.holds and (best is None or checked.cost < best):
            best = checked.cost
    return best


# Random tiny classes

IMPORTANCE = st.sampled_from(list(Importance))
NUMBER = st.sampled_from(["4", "5,5", "6", "6.25", "7", "7,5", "8", "9,875", "10", "", "n.v.t."])
CATEGORY = st.sampled_from(["bio", "Bio ", "geo", "fys", ""])
GOAL = st.sampled_from(["lezen", "lézen", "schrijven", ""])
SLOTS = st.sampled_from(["ma; di", "ma, wo", "DI", "ma|di|wo", "wo", "nee", ""])
HOURS = st.sampled_from(
    [
        *("ma 9-12", "Mon 10-11; di 14:00-16:00", "ma 11-13, 15-16:30", "di hele dag"),
        *("ma ochtend", "di 15:00", "nee", ""),
    ]
)
YES_NO = st.sampled_from(["ja", "nee", "ochtend, middag", "ochtend", ""])
EARLIER = st.sampled_from(["1", "2", "2 ", "Team A", "team a", "geen", ""])
MODE = st.sampled_from(["online", "Op locatie", "hybride", "fysiek", "weet niet", ""])
OPT_OUT = st.sampled_from(["", "", "", "Voorzitter", "spreker; schrijver", "geen", "nee", "Zanger"])
HEADINGS = (
    *("Cijfer", "Opleiding", "Leerdoel", "Vrij", "Uren", "Ma", "Di", "Wens 1", "Wens 2", "Rol"),
    *("Team 1", "Team 2", "Team 3", "Deelname"),
)


@st.composite
def rosters(draw: st.DrawFn, least: int = 4, most: int = 8) -> Roster:
    """Draw a class of a few students, with answers missing and doubtful."""
    size = draw(st.integers(least, most))
    wish = st.sampled_from(["", "", *IDS[:size], *NAMES[:size], "Onbekend", f"{NAMES[0]}; {IDS[1]}"])
    columns = (
        *(NUMBER, CATEGORY, GOAL, SLOTS, HOURS, YES_NO, YES_NO, wish, wish, OPT_OUT),
        *(EARLIER, EARLIER, EARLIER, MODE),
    )
    rows = [{h: draw(column) for h, column in zip(HEADINGS, columns, strict=True)} for _ in range(size)]
    if draw(st.booleans()):
        rows[1]["name"] = NAMES[0]  # two people who share a name
    roster = make_roster(rows)
    hours = ("ma 9-12", "ma 10-11", "di 14-16", "ma 11-13", "ma 15-16:30", "di 15:00")  # as it was read
    columns = [
        one.model_copy(update={"moments": hours}) if one.heading == "Uren" else one for one in roster.columns
    ]
    return Roster(students=roster.students, columns=tuple(columns))


def _answers(roster: Roster, heading: str) -> st.SearchStrategy[str]:
    given = sorted({s.answer(heading).strip() for s in roster.students} - {""})
    return st.sampled_from(given or ["bio"])


@st.composite
def _limits(draw: st.DrawFn, roster: Roster) -> dict[str, Any]:
    heading = draw(st.sampled_from(["Opleiding", "Leerdoel"]))
    least, most = sorted((draw(st.integers(0, 2)), draw(st.integers(0, 3))))
    which = draw(st.sampled_from(["least", "most", "both"]))
    return {
        "column": heading,
        "value": draw(_answers(roster, heading)),
        "at_least": None if which == "most" else least,
        "at_most": None if which == "least" else most,
    }


def _fields(kind: str, roster: Roster) -> st.SearchStrategy[dict[str, Any]]:
    """Fields for a rule of one kind that fit a class of `rosters`."""
    ids = [student.id for student in roster.students]
    some = st.lists(st.sampled_from(ids), min_size=2, max_size=3, unique=True).map(tuple)
    category = st.sampled_from(["Opleiding", "Leerdoel"])
    by_kind: dict[str, st.SearchStrategy[dict[str, Any]]] = {
        "balance": st.fixed_dictionaries(
            {"column": st.just("Cijfer"), "within": st.sampled_from([0.25, 1.0, 2.0, 1 / 3])}
        ),
        "mix": st.fixed_dictionaries({"column": category}),
        "similar": st.fixed_dictionaries({"column": category}),
        "never-alone": st.fixed_dictionaries(
            {
                "column": st.just("Opleiding"),
                "values": st.none()
                | st.lists(_answers(roster, "Opleiding"), min_size=1, max_size=2).map(tuple),
                "at_least_share": st.sampled_from([None, None, 0.5, 0.67, 1.0]),
            }
        ),
        "overlap": st.fixed_dictionaries(
            {"columns": st.sampled_from([("Vrij",), ("Ma", "Di")]), "at_least": st.integers(1, 2)}
        )
        | st.fixed_dictionaries(
            {
                "columns": st.just(("Uren",)),
                "at_least": st.integers(1, 3),
                "together": st.sampled_from([None, 0.5, 1.0, 2.0]),
            }
        ),
        "limit": _limits(roster),
        "apart": st.fixed_dictionaries({"students": some}),
        "together": st.fixed_dictionaries({"students": some}),
        "wish": st.fixed_dictionaries({"columns": st.sampled_from([("Wens 1",), ("Wens 1", "Wens 2")])}),
        "new-faces": st.fixed_dictionaries(
            {
                "columns": st.sampled_from(
                    [("Team 1",), ("Team 2", "Team 1"), ("Team 1", "Team 2", "Team 3")]
                ),
                "half_after": st.sampled_from([None, 1, 2]),
            }
        )
        | st.just({"columns": ("Team 1", "Team 2"), "keep_one": True}),
        "participation": st.just({"column": "Deelname"})
        | st.fixed_dictionaries(
            {
                "column": st.just("Deelname"),
                "columns": st.sampled_from([("Vrij",), ("Uren",)]),
                "at_least": st.integers(1, 2),
            }
        ),
        "steady": st.just({}),
    }
    return by_kind[kind]


SIZES = ((2, 3), (2, 4), (3, 4), (2, 2), (3, 3))
KIND_NAMES = (
    *("balance", "mix", "similar", "never-alone", "overlap", "limit", "apart", "together", "wish"),
    *("new-faces", "participation", "steady"),
)


@st.composite
def _rule(draw: st.DrawFn, roster: Roster) -> dict[str, Any]:
    kind = draw(st.sampled_from(KIND_NAMES))
    fields = {name: value for name, value in draw(_fields(kind, roster)).items() if value is not None}
    importance = st.sampled_from(["important", "nice"]) if kind == "steady" else IMPORTANCE
    return {"kind": kind, "importance": draw(importance), **fields}


@st.composite
def classes(draw: st.DrawFn, least: int = 4, most: int = 8) -> tuple[Rules, Roster]:
    """Draw a tiny class and random rules for it, of every kind and importance."""
    roster = draw(rosters(least, most))
    count = len(roster.students)
    fitting = [(low, high) for low, high in SIZES if -(-count // high) <= count // low]
    low, high = draw(st.sampled_from([*fitting * 3, *SIZES]))  # and now and then one that cannot be
    settings = GroupSizes(size=(low, high), prefer=draw(st.none() | st.integers(low, high)))
    chosen = [draw(_rule(roster)) for _ in range(draw(st.sampled_from([1, 2, 2, 3, 3, 4, 0])))]
    roles = RoleSettings(names=ROLES, opt_out="Rol" if draw(st.booleans()) else None)
    rules = Rules.model_validate(
        {"groups": settings, "rule": chosen, "roles": roles, "term": TermSettings(weeks=3)}
    )
    return rules, roster
