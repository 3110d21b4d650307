"""What a choice for a group costs, in words."""

from __future__ import annotations

from planner.model.text import Message, message, plural_message
from planner.replanning.choices import Price


def describe_price(price: Price) -> Message:
    """Return in a sentence what a plan asks of people."""
    return message(
        "{moves}, {groups}, {pairs}",
        moves=plural_message("one move", "{n} moves", price.moves),
        groups=plural_message("one group that changes", "{n} groups that change", price.touched),
        pairs=plural_message("one existing pair split", "{n} existing pairs split", price.split),
    )
