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
    that is a question goes with what it is about; what else they share stays the hint.

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
    shared = {hint.text("en"): hint for one in several if (hint := one.hint) and not _asks(hint)}
    items: list[tuple[Message, Message | None]] = []
    for problem in several:
        assert problem.item is not None  # noqa: S101 - or it would be of no kind
        own = problem.hint if len(shared) > 1 or (problem.hint and _asks(problem.hint)) else None
        items.append((problem.item, own))
    values = {**first.together.values, "items": shortened(_counted(items), MOST_NAMED)}
    said = first.together.model_copy(update={"values": values})
    hint = next(iter(shared.values())) if len(shared) == 1 else None
    return first.model_copy(update={"message": said, "hint": hint, "item": None, "together": None})


def _asks(hint: Message) -> bool:
    """Whether a hint is a question, which goes with one thing, where a statement may be for all."""
    return hint.template.endswith("?")


def _counted(items: Sequence[tuple[Message, Message | None]]) -> list[Message]:
    """Return each item once, with how often it was there and the hint that goes with it."""
    found: list[tuple[Message, Message | None]] = []
    for one in items:
        if one not in found:
            found.append(one)
    said = []
    for item, hint in found:
        n = items.count((item, hint))
        counted = item if n == 1 else plural_message("{item} (once)", "{item} ({n} times)", n, item=item)
        said.append(counted if hint is None else message("{item} – {hint}", item=counted, hint=hint))
    return said
