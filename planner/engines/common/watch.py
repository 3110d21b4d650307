"""A run's time limit, stop request and progress reports: shared by every engine."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Progress:
    """How far a run has come.

    Attributes
    ----------
    stage : str
        ``"search"``, ``"polish"``, ``"roles"`` …; pages translate it.
    done : float
        Part of the work that is done, 0 to 1.
    violation : int
        Priced units by which the best assignment still breaks `must` costs; 0: there is an incumbent.
    cost, bound : int
        Of the best assignment so far, in priced units.
    seconds : float
        Since the run began.
    """

    stage: str = "start"
    done: float = 0.0
    violation: int = 1
    cost: int = 0
    bound: int = 0
    seconds: float = 0.0


@dataclass
class Watch:
    """Callback and stop switch of a run: the one channel between an engine and whoever started it.

    Attributes
    ----------
    report : callable
        Called with a `Progress` now and then; keep it quick.
    wanted_stop : callable
        Asked now and then whether to stop.
    time_limit : float or None
        Seconds after which the run is cut short.
    started : float
        When the run began, by ``time.monotonic``.
    cut_short : bool
        Whether the time limit or a stop ended the work; such a run is not reproducible, and says so.
    last : Progress
        The latest report.
    """

    report: Callable[[Progress], None] = lambda _: None
    wanted_stop: Callable[[], bool] = lambda: False
    time_limit: float | None = None
    started: float = field(default_factory=time.monotonic)
    cut_short: bool = False
    last: Progress = field(default_factory=Progress)

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.started

    def seconds_left(self) -> float:
        """Seconds until the time limit; infinite without one."""
        return float("inf") if self.time_limit is None else max(0.0, self.time_limit - self.seconds)

    def stop(self) -> bool:
        """Return whether the run has to end now; once true it stays so, as `cut_short`."""
        if not self.cut_short and (self.seconds_left() <= 0 or self.wanted_stop()):
            self.cut_short = True
        return self.cut_short

    def tell(self, **changes: float | int | str) -> None:
        """Report progress; what is not given stays as it was, and `done` never falls.

        Parameters
        ----------
        **changes : float, int or str
            Fields of `Progress` with their new values.
        """
        done = max(self.last.done, float(changes.pop("done", 0.0)))
        self.last = replace(self.last, **changes, done=done, seconds=self.seconds)  # type: ignore[arg-type]
        self.report(self.last)
