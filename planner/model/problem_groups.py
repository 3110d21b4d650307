"""Problems of one kind as one line with a list, on pages and on the command line alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.model.problems import Problem
from planner.model.text import Message, message, plural_message
from planner.model.wording import shortened

MOST_NAMED = 20  # in the list of one line


def grouped(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems with those of one kind told together, in the place of the first of them.

    Of one kind are problems with one code, level and place which say how they go `together`. A hint
    that all of them share stays the hint; else each goes with the problem that it is for.

    Parameters
    ----------
    problems : iterable of Problem

    Returns
    -------
    list of Problem
        What is alone in its kind is as it was.
    """
    kinds: dict[object, list[Problem]] = {}
    for place, problem in enumerate(problems):
        kinds.setdefault(_kind(problem) or place, []).append(problem)
    return [several[0] if len(several) == 1 else _one(several) for several in kinds.values()]


def _kind(problem: Problem) -> object:
    if problem.together is None or problem.item is None:
        return None
    return (problem.code, problem.level, problem.file, problem.row, problem.column, problem.together.template)


def _one(several: Sequence[Problem]) -> Problem:
    first = several[0]
    assert first.together is not None  # noqa: S101 - or they would not be of one kind
    shared = all(problem.hint == first.hint for problem in several)
    items = [_item(problem, with_hint=not shared) for problem in several]
    values = {**first.together.values, "items": shortened(_counted(items), MOST_NAMED)}
    said = first.together.model_copy(update={"values": values})
    return first.model_copy(
        update={"message": said, "hint": first.hint if shared else None, "item": None, "together": None}
    )


def _counted(items: Sequence[Message]) -> list[Message]:
    """Return each item once, with how often it was there."""
    found: list[Message] = []
    for item in items:
        if item not in found:
            found.append(item)
    counts = [items.count(item) for item in found]
    return [
        item if n == 1 else plural_message("{item} (once)", "{item} ({n} times)", n, item=item)
        for item, n in zip(found, counts, strict=True)
    ]


def _item(problem: Problem, *, with_hint: bool) -> Message:
    assert problem.item is not None  # noqa: S101 - or it would be of no kind
    if with_hint and problem.hint is not None:
        return message("{item} – {hint}", item=problem.item, hint=problem.hint)
    return problem.item
