"""The page with changes, with groups to start from."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.plans.course import Course
from tests.builders.pages import go, session_of


@pytest.fixture
def changes(sample: AppTest, sample_course: Course) -> AppTest:
    """Return the page with changes, with groups to start from."""
    session = session_of(sample)
    assert session.roster is not None
    session.keep(sample_course, session.roster)
    sample.run()
    return go(sample, "changes")
