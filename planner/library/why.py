"""Why a student is in their group, and what another place would mean."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.library import arguments
from planner.library.group_plan import GroupPlan
from planner.reporting.why import WhyHere
from planner.services import why as answering
from planner.services.places import PlacesRequest


@dataclass(frozen=True)
class PlacementReasons:
    """Why a student is in their group; it is made by `planner.why_here`.

    Attributes
    ----------
    plan : GroupPlan
    found : WhyHere
    """

    plan: GroupPlan = field(repr=False)
    found: WhyHere = field(repr=False)

    @property
    def text(self) -> str:
        """What can be sent to the student, a sentence a line; no answer of anyone else by name."""
        return self.found.text(self.plan.rules.language)

    @property
    def elsewhere(self) -> str:
        """What the best other place would mean, for the coordinator alone: others are named."""
        return "\n".join(line.text(self.plan.rules.language) for line in self.found.elsewhere)

    def __str__(self) -> str:
        return f"{self.text}\n\n{self.elsewhere}"


def why_here(plan: GroupPlan, student: str | int, *, week: int | None = None) -> PlacementReasons:
    """Say why a student is in their group, and what the best other place would mean.

    Nothing is searched for: every other group and every swap is compared at once.

    Parameters
    ----------
    plan : GroupPlan
    student : str
        An id, a name or an e-mail address.
    week : int, optional
        Whose groups are meant; the first week of the plan where left out.

    Returns
    -------
    PlacementReasons

    Raises
    ------
    InputError
        Where a name is nobody's.
    TypeError, ValueError
        Where an argument is not what it takes; its text names the argument.

    Examples
    --------
    >>> import planner
    >>> roster = planner.read_class_list("data/klas-28.csv")
    >>> rules = planner.Rules(language="en", rules=[planner.NeverAlone(column="Gender")])
    >>> plan = planner.plan(roster, rules, effort="quick")
    >>> why: planner.PlacementReasons = planner.why_here(plan, roster.students[0].id)
    >>> why.text.splitlines()[-1]
    'Every other group and every possible swap was compared: none is better overall.'
    """
    arguments.is_a("plan", plan, GroupPlan, "a planner.GroupPlan, as planner.plan makes it")
    (one,) = arguments.texts("student", [student])
    at = None if week is None else arguments.whole("week", week, least=1)
    return PlacementReasons(
        plan, answering.why_here(PlacesRequest(plan.course, one, at), plan.handover.changes)
    )
