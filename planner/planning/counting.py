"""What counting alone can tell before any engine runs: sizes, chains of together, apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.model.domain import Roster
from planner.model.problems import Level, Problem
from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened
from planner.planning.reach import groups_said, out_of_reach
from planner.planning.resource_counts import SHORT, check_resource_counts
from planner.rules.apart import Apart
from planner.rules.base import Rule
from planner.rules.group_settings import GroupSizes
from planner.rules.settings import Rules
from planner.rules.size import sizes
from planner.rules.together import Together

# Problems that say no plan can hold every must rule, rather than that an input is unreadable.
IMPOSSIBLE = frozenset(
    {
        *("impossible-size", "together-and-apart", "together-chain"),
        *("only-one-in-class", "limit-out-of-reach", "share-out-of-reach", "faces-out-of-reach"),
        "section-out-of-reach",
        *SHORT,
    }
)


def group_counts(rules: Rules, students: int) -> list[int]:
    """Return the numbers of groups that fit, nearest to the preferred size first.

    Two counts that are equally near: the fewer groups first, since a larger group
    survives a dropout that a smaller one does not.

    Parameters
    ----------
    rules : Rules
    students : int
        In the class.

    Returns
    -------
    list of int
        Empty where no number of groups allows for the sizes that are asked.
    """
    settings = rules.groups
    smallest, largest = settings.size
    fitting = range(max(1, -(-students // largest)), students // smallest + 1)
    if settings.count is not None:
        return [settings.count] if settings.count in fitting else []
    return sorted(fitting, key=lambda count: (_size_distance(students, count, settings.preferred), count))


def _size_distance(students: int, count: int, prefer: int) -> int:
    """Return how many students too many or too few the most even sizes have."""
    base, extra = divmod(students, count)
    return extra * abs(base + 1 - prefer) + (count - extra) * abs(base - prefer)


def check_counts(rules: Rules, roster: Roster) -> list[Problem]:
    """Return what counting shows to be impossible.

    Parameters
    ----------
    rules : Rules
    roster : Roster

    Returns
    -------
    list of Problem
        Empty where nothing can be said against it.
    """
    counts = group_counts(rules, len(roster.students))
    return [
        *_check_sizes(rules, len(roster.students)),
        *_check_together(rules, roster),
        *(
            problem
            for rule in (*rules.rule, *rules.within_classes)
            for problem in out_of_reach(rule, rules.groups, counts, roster)
        ),
        *check_resource_counts(rules, counts, roster),
    ]


def _check_sizes(rules: Rules, students: int) -> list[Problem]:
    if group_counts(rules, students):
        return []
    settings = rules.groups
    asked = sizes(*settings.size)
    if settings.count is not None:
        sentence = plural_message(
            "One student cannot form {groups} of {sizes}.",
            "{n} students cannot form {groups} of {sizes}.",
            students,
            groups=groups_said(settings.count),
            sizes=asked,
        )
    else:
        sentence = plural_message(
            "One student cannot form groups of {sizes}.",
            "{n} students cannot form groups of {sizes}.",
            students,
            sizes=asked,
        )
    hint = _ways_to_fit(settings, students)
    return [Problem(code="impossible-size", level=Level.ERROR, message=sentence, hint=hint)]


def _ways_to_fit(settings: GroupSizes, students: int) -> Message:
    """Name the size that is least outside what was asked, and the number of groups that would do instead."""
    smallest, largest = settings.size
    counts = range(1, students + 1) if settings.count is None else [settings.count]
    even = [
        (max(0, smallest - students // count) + max(0, -(-students // count) - largest), count)
        for count in counts
        if count <= students
    ]
    if not even:
        return plural_message("Ask for one group.", "Ask for at most {n} groups.", max(1, students))
    _, count = min(even, key=lambda c: (c[0], _size_distance(students, c[1], settings.preferred), c[1]))
    if students // count < smallest:
        other_size = message("Allow a smallest group of {size}.", size=students // count)
    else:
        other_size = message("Allow a largest group of {size}.", size=-(-students // count))
    other_count = _other_count(settings, students)
    return other_size if other_count is None else message("{one} {other}", one=other_size, other=other_count)


def _other_count(settings: GroupSizes, students: int) -> Message | None:
    """Name the fewest groups of the sizes asked that can be, or the most; None where no number can."""
    smallest, largest = settings.size
    fewest, most = -(-students // largest), students // smallest
    if settings.count is None or fewest > most:
        return None
    if settings.count < fewest:
        return plural_message("Or ask for at least one group.", "Or ask for at least {n} groups.", fewest)
    return plural_message("Or ask for one group.", "Or ask for at most {n} groups.", most)


def _check_together(rules: Rules, roster: Roster) -> list[Problem]:
    """Find pairs that must be both together and apart, and chains larger than a group."""
    chains = _chains(rule.students for rule in rules.rule if isinstance(rule, Together) and rule.must)
    problems = []
    for chain in chains:
        for rule in rules.rule:
            if isinstance(rule, Apart) and rule.must:
                both = [student for student in rule.students if student in chain]
                if len(both) > 1:
                    problems.append(_together_and_apart(roster, both))
        if len(chain) > rules.groups.size[1]:
            problems.append(_chain_too_long(roster, chain, rules.groups.size[1]))
    return problems


def in_the_way(rules: Rules, roster: Roster) -> tuple[Rule, ...]:
    """Return the rules about students that cannot hold together, as counting shows: none can be left out.

    Parameters
    ----------
    rules : Rules
    roster : Roster

    Returns
    -------
    tuple of Rule
        Of the first obstacle and of all others, each rule once.
    """
    if not _check_together(rules, roster):
        return ()
    named = [rule for rule in rules.rule if isinstance(rule, Together | Apart) and rule.must]
    found: list[Rule] = []
    apart: list[Rule] = [rule for rule in named if isinstance(rule, Apart)]
    together: list[Rule] = [rule for rule in named if isinstance(rule, Together)]
    for one in (*([rule] for rule in apart), []):
        clash = [*one, *together]
        if _clash(rules, clash, roster):
            for rule in tuple(clash):
                without = [other for other in clash if other is not rule]
                clash = without if _clash(rules, without, roster) else clash
            found += [rule for rule in clash if rule not in found]
    return tuple(found)


def _clash(rules: Rules, some: Sequence[Rule], roster: Roster) -> bool:
    """Whether some of the rules cannot hold together."""
    return bool(_check_together(rules.model_copy(update={"rule": tuple(some)}), roster))


def _chains(tied: Iterable[Iterable[str]]) -> list[list[str]]:
    """Join lists that share a student, in order of appearance."""
    chains: list[list[str]] = []
    for students in map(list, tied):
        touching = [chain for chain in chains if set(chain) & set(students)]
        joined = [student for chain in (*touching, students) for student in chain]
        chains = [chain for chain in chains if chain not in touching]
        chains.append(list(dict.fromkeys(joined)))
    return chains


def _together_and_apart(roster: Roster, both: list[str]) -> Problem:
    return Problem(
        code="together-and-apart",
        level=Level.ERROR,
        message=message("{names} must be together and apart.", names=shortened(roster.names(both))),
        hint=message("Remove one of these rules."),
    )


def _chain_too_long(roster: Roster, chain: list[str], largest: int) -> Problem:
    return Problem(
        code="together-chain",
        level=Level.ERROR,
        message=message(
            "{count} students have to stay together: {names}; a group has at most {largest}.",
            count=len(chain),
            names=shortened(roster.names(chain)),
            largest=largest,
        ),
        hint=message("Remove one of the rules that keep them together, or allow larger groups."),
    )
