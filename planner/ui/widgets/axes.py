"""Axes whose numbers are written as in the language of the page."""

from __future__ import annotations

import altair as alt

from planner.ui.session.language import current

# Between thousands, and before decimals.
_SIGNS = {"nl": (".", ","), "en": (",", ".")}


def number_axis(ticks: int) -> alt.Axis:
    """Return an axis with about so many numbers on it."""
    thousands, decimal = _SIGNS[current()]
    # First a sign that occurs in neither notation, so that the two do not get mixed up.
    plain = "replace(format(datum.value, ',.2~f'), /,/g, '_')"
    label = f"replace(replace({plain}, '.', '{decimal}'), /_/g, '{thousands}')"
    return alt.Axis(tickCount=ticks, labelExpr=label)
