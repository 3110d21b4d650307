"""Who else could move, in words: at no price, and at a price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.model.text import Message, message
from planner.model.wording import shortened
from planner.replanning.volunteers import Volunteer

MOST_NAMED, MOST_DEARER = 6, 3  # for each move


def just_as_good(mover: str, them: Sequence[Volunteer], names: Mapping[str, str]) -> Message | None:
    """Say who could move instead of somebody at no cost.

    Parameters
    ----------
    mover : str
        Id.
    them : sequence of Volunteer
        Who could, in the order to name them.
    names : mapping of str to str
        By id.

    Returns
    -------
    Message or None
        None where nobody can.
    """
    free = [names[one.student] for one in them if one.cost <= 0]
    if not free:
        return None
    others = shortened(free, MOST_NAMED)
    return message(
        "Instead of {name}, one of these could move just as well: {others}.", name=names[mover], others=others
    )


def at_a_price(mover: str, them: Sequence[Volunteer], names: Mapping[str, str]) -> Message | None:
    """Say who could move instead of somebody, and what that costs.

    Parameters
    ----------
    mover : str
        Id.
    them : sequence of Volunteer
        Who could, in the order to name them.
    names : mapping of str to str
        By id.

    Returns
    -------
    Message or None
        None where nobody can.
    """
    dearer = [names[one.student] for one in them if one.cost > 0]
    if not dearer:
        return None
    others = dearer[:MOST_DEARER]
    return message(
        "Also possible instead of {name}, but less good: {others}.", name=names[mover], others=others
    )
