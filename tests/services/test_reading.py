"""Reading for pages: what they cannot show is refused, and not lost."""

from __future__ import annotations

import pytest

from planner.model.problems import InputError
from planner.rosters import SourceFile
from planner.services.reading import read_rules_for_pages

PLAIN = b'language = "en"\n[groups]\nsize = [3, 4]\n'


def test_rules_with_topics_are_refused_on_pages_and_others_are_not() -> None:
    assert read_rules_for_pages(SourceFile("rules.toml", PLAIN)).groups.size == (3, 4)
    for more in (b'[[topic]]\nname = "Rover"\n', b'[classes]\ncolumn = "Klas"\n', b"[meetings]\n"):
        with pytest.raises(InputError) as caught:
            read_rules_for_pages(SourceFile("rules.toml", PLAIN + more))
        (problem,) = caught.value.problems
        assert (problem.code, problem.file) == ("not-on-pages", "rules.toml")
        assert problem.hint is not None
