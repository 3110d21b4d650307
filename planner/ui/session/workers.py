"""The workers of this server, started before anything else: they load while the first page does."""

from __future__ import annotations

import streamlit as st

from planner.jobs.pool import WorkerPool
from planner.services.running import new_pool

SPARE = 1  # workers for coordinators who have nothing under way yet


@st.cache_resource(show_spinner=False)
def workers() -> WorkerPool:
    """Return the workers that all coordinators on this server share, made the first time."""
    made = new_pool(spare=SPARE)
    made.get_ready()
    return made
