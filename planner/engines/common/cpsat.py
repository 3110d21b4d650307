"""CP-SAT as every engine uses it: one worker and deterministic time, so that answers are reproducible."""

from __future__ import annotations

from enum import Enum

from ortools.sat.python import cp_model

from planner.engines.common.watch import Watch


class Verdict(Enum):
    """What a solve proves; `UNKNOWN` proves nothing."""

    FOUND = "found"  # an assignment, the best one if `proven`
    NONE = "none"  # proven: there is no assignment (below the limit asked for)
    UNKNOWN = "unknown"


def new_solver(seed: int, deterministic_time: float, watch: Watch) -> cp_model.CpSolver:
    """Return a CP-SAT solver whose answers are reproducible, limited in work and in time.

    Parameters
    ----------
    seed : int
    deterministic_time : float
        Budget in CP-SAT's deterministic seconds.
    watch : Watch
        Seconds that are left of its time limit cap the solve as well.

    Returns
    -------
    cp_model.CpSolver
        With one worker.
    """
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.catch_sigint_signal = False  # Ctrl-C is for the whole run, see Watch
    solver.parameters.random_seed = seed % (1 << 31)
    solver.parameters.max_deterministic_time = deterministic_time
    solver.parameters.linearization_level = 2  # the bound lives in the linear part
    if watch.seconds_left() < 1e6:
        solver.parameters.max_time_in_seconds = max(0.01, watch.seconds_left())
    return solver


class Stopper(cp_model.CpSolverSolutionCallback):
    """Solution callback that ends a solve once its watch wants a stop.

    Parameters
    ----------
    watch : Watch
    """

    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def on_solution_callback(self) -> None:
        """Ask the watch at every solution."""
        if self._watch.stop():
            self.stop_search()
