"""How far a run is, for how long it has been at it, and the button that stops it."""

from __future__ import annotations

import streamlit as st

from planner.model.text import Message, message, plural_message
from planner.reporting import describe as words
from planner.ui.session.language import shown
from planner.ui.session.run import Run
from planner.ui.widgets.boundary import event

ENDING = message("Stopping with the best plan so far")


def progress(run: Run, name: str = "plan_bar", stop: str = "stop", ending: Message = ENDING) -> None:
    """Show how far a run is, and the button that stops it.

    Parameters
    ----------
    run : Run
    name, stop : str
        Keys of the bar and its button.
    ending : Message
        What it says once it is asked to stop.
    """
    at = run.look()
    stage = ending if run.stopping else run.standing(words.stage(at))
    with st.container(horizontal=True, vertical_alignment="center", border=True, key=name):
        text = message("{stage} · {time}", stage=stage, time=elapsed(run.seconds))
        st.progress(min(1.0, max(0.0, at.done)), text=shown(text))
        st.button(
            shown(message("Stop")),
            key=stop,
            icon=":material/stop_circle:",
            on_click=_stop,
            args=(run,),
            disabled=run.stopping,
        )


def elapsed(seconds: float) -> Message:
    """Return a time that has gone by."""
    whole = int(seconds)
    if whole < 60:
        return plural_message("one second", "{n} seconds", whole)
    return message("{minutes} min {seconds} s", minutes=whole // 60, seconds=whole % 60)


@event
def _stop(run: Run) -> None:
    run.job.stop()
