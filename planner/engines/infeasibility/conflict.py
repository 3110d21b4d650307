"""Conflict search: a smallest set of elements that cannot hold together, by implicit hitting sets.

Every set of elements that cannot hold has at least one in common with what any plan
gives up. So the smallest set that meets all that was given up so far is tried next:
if it cannot hold, there is no smaller conflict; if it can, its plan gives up something
new (the hitting-set duality of Reiter 1987; Ignatiev, Previti, Liffiton and
Marques-Silva 2015). Small sets are far easier to refute than the whole class, and
each is answered on its own, so what is found needs no further confirmation.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from planner.engines.common.cpsat import Verdict, new_solver
from planner.engines.common.watch import Watch
from planner.engines.infeasibility.feasibility import FeasibilityChecker, InfeasibilityProof
from planner.engines.infeasibility.requirements import Elements, Requirements
from planner.model.instance import IntArray

MOST_ROUNDS = 80  # sets tried; then nothing is said of whether the conflict is a smallest one
HITTING = 5.0  # deterministic seconds for the next set to try


@dataclass(frozen=True)
class Conflict:
    """Elements that cannot hold together.

    Attributes
    ----------
    elements : tuple of int
        See `planner.engines.infeasibility.requirements`.
    minimal : bool
        Proven: without any one of them the others can hold.
    smallest : bool
        Proven: no conflict has fewer elements.
    students : tuple of int
        Positions of a few students who cannot all be placed under these elements, none
        of whom could be left out; empty where the proof is about the class as a whole.
    """

    elements: tuple[int, ...]
    minimal: bool
    smallest: bool
    students: tuple[int, ...] = ()


@dataclass(frozen=True)
class ConflictFound:
    """How the search for a conflict ended: with a plan, with a conflict, or with neither.

    Attributes
    ----------
    verdict : Verdict
        `FOUND`: there is a plan. `NONE`: proven that there is none. `UNKNOWN`: neither.
    conflict : Conflict or None
    given_up : tuple of frozenset of int
        What plans that were found on the way give up: without it everything else holds.
    plan : ndarray of int64, shape (students,), or None
        Where there is one.
    """

    verdict: Verdict
    conflict: Conflict | None = None
    given_up: tuple[frozenset[int], ...] = ()
    plan: IntArray | None = field(default=None, compare=False)


def find_conflict(requirements: Requirements, *, seed: int = 0, watch: Watch | None = None) -> ConflictFound:
    """Find a smallest set of elements that cannot hold together.

    Parameters
    ----------
    requirements : Requirements
    seed : int
    watch : Watch, optional
        Progress and stopping; a search that is cut short proves no more than it had.

    Returns
    -------
    ConflictFound
    """
    return _ConflictSearch(requirements, seed, watch or Watch()).run()


@dataclass
class _ConflictSearch:
    """The elements, and what was learnt of them so far: what plans give up, and where nothing is known."""

    requirements: Requirements
    seed: int
    watch: Watch
    given_up: list[Elements] = field(default_factory=list)
    doubtful: list[Elements] = field(default_factory=list)  # neither plan nor proof
    whole: IntArray | None = None  # a plan that gives up nothing

    def __post_init__(self) -> None:
        self.every = frozenset(self.requirements.elements)
        self.checker = FeasibilityChecker(self.requirements, self.seed, self.watch)

    def run(self) -> ConflictFound:
        if self._plan(self.every):
            return self._ended(None)
        proof = self._proof(self.every)
        if proof is not None:
            proof = self.checker.fewer(proof)
            for element in sorted(proof.elements, reverse=True):
                self._plan(proof.elements - {element})
        return self._ended(self._fewest(proof))

    def _plan(self, chosen: Elements) -> bool:
        """Look for a plan that holds some elements; note what it gives up."""
        assignment = self.checker.plan(chosen)
        if assignment is not None:
            self._note(assignment)
        return assignment is not None

    def _note(self, assignment: IntArray) -> None:
        """Note what a plan gives up; one that gives up nothing is what everything is about."""
        given = self.every - self.requirements.held(assignment)
        self.given_up.append(given)
        if not given and self.whole is None:
            self.whole = assignment

    def _proof(self, chosen: Elements) -> InfeasibilityProof | None:
        """Look for a proof; where a plan turns up instead, note what that gives up."""
        proof = self.checker.proof(chosen)
        if chosen in self.checker.found:
            self._note(self.checker.found[chosen])
        return proof

    def _fewest(self, proof: InfeasibilityProof | None) -> InfeasibilityProof | None:
        """Try hitting sets, until none is left that could be a smaller conflict."""
        for round_ in range(MOST_ROUNDS):
            self.watch.tell(stage="conflict", done=0.2 + 0.5 * round_ / (round_ + 6))
            if self.whole is not None or self.checker.budget.empty:
                break
            chosen = self._least()
            if proof is not None and len(chosen) >= len(proof.elements):
                return proof
            if self._plan(chosen):
                continue
            smaller = self._proof(chosen)
            if smaller is None and chosen in self.checker.found:
                continue
            if smaller is None:
                self.doubtful.append(chosen)
                if chosen == self.every:
                    return proof
            else:
                proof = self.checker.fewer(smaller)
        self.doubtful.append(frozenset())
        return proof

    def _least(self) -> Elements:
        """Return a minimum hitting set (CP-SAT): the fewest elements that meet all that was given up."""
        model = cp_model.CpModel()
        taken = {element: model.new_bool_var("") for element in self.requirements.elements}
        for given in dict.fromkeys([*self.given_up, *(self.every - chosen for chosen in self.doubtful)]):
            model.add_bool_or([taken[element] for element in sorted(given)])
        model.minimize(sum(taken.values()))
        solver = new_solver(self.seed, HITTING, Watch())
        solver.solve(model)
        return frozenset(element for element, literal in taken.items() if solver.boolean_value(literal))

    def _ended(self, proof: InfeasibilityProof | None) -> ConflictFound:
        given_up = tuple(dict.fromkeys(self.given_up))
        if self.whole is not None:
            return ConflictFound(Verdict.FOUND, plan=self.whole)
        if proof is None:
            return ConflictFound(Verdict.UNKNOWN, None, given_up)
        minimal = all(
            any(proof.elements & given <= {element} for given in given_up) for element in proof.elements
        )
        smallest = not self.doubtful and len(self._least()) >= len(proof.elements)
        elements = tuple(element for element in self.requirements.elements if element in proof.elements)
        return ConflictFound(Verdict.NONE, Conflict(elements, minimal, smallest, proof.students), given_up)
