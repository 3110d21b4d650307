"""The headings of a class list that was saved: we wrote them, so pages show them in their own language."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from planner.model.text import LANGUAGES, Language, message

ID, NAME, EMAIL = message("Student number"), message("Full name"), message("E-mail address")


def own_names(language: Language, taken: Collection[str]) -> dict[str, str]:
    """Return what our headings are called, by heading in whichever language it was written.

    Parameters
    ----------
    language : {"en", "nl"}
        Of the page.
    taken : collection of str
        Headings that are those of answers, and not ours.

    Returns
    -------
    dict of str to str
    """
    return {heading: name for heading, name in _ours(language).items() if heading not in taken}


@cache
def _ours(language: Language) -> dict[str, str]:
    return {one.text(written): one.text(language) for one in (ID, NAME, EMAIL) for written in LANGUAGES}
