"""Why a student is in this group: one answer for the page, the command line and scripts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planner.edit.best_places import PlaceInGroup
from planner.edit.refusals import nobody_here
from planner.model.handover import Change
from planner.model.problems import InputError
from planner.model.values import normalize_text
from planner.reporting.why import WhyHere, none_better, what_is_elsewhere, what_is_here
from planner.rules.people import lookup
from planner.services.places import PlacesRequest, best_places, remaining, swap_partners


def why_here(request: PlacesRequest, changes: Iterable[Change] = ()) -> WhyHere:
    """Say why a student is in their group, and what the best other place would mean.

    Parameters
    ----------
    request : PlacesRequest
        Of somebody in the class: an id, or what else names exactly one student.
    changes : iterable of Change, optional
        What the last replan changed.

    Returns
    -------
    WhyHere

    Raises
    ------
    InputError
        Where a name is nobody's.
    """
    course, student = request.course, _student_of(request)
    request = replace(request, student=student, gone=frozenset(request.gone) - {student}, most=1)
    groups = remaining(course.plan.block_of(request.first_week).groups, request.gone)
    group = next((one for one in groups if student in one.members), None)
    if group is None:
        raise InputError([nobody_here(course, student)])
    here = tuple(what_is_here(course, student, group, changes))
    try:
        best = _best(request)
    except InputError as error:  # locked, or too late: why so is the answer
        return WhyHere(student, group.name, here, tuple(one.message for one in error.problems))
    elsewhere = tuple(what_is_elsewhere(course, student, groups, best))
    if best is not None and (best.breaks or best.effect.cost >= 0):
        here = (*here, none_better())
    return WhyHere(student, group.name, here, elsewhere)


def _student_of(request: PlacesRequest) -> str:
    if not isinstance(request.student, str):
        return request.student.id
    found = lookup(request.course.roster).get(normalize_text(request.student))
    if found is None:
        raise InputError([nobody_here(request.course, request.student)])
    return found


def _best(request: PlacesRequest) -> PlaceInGroup | None:
    """Return the best other place, in addition or in exchange; None where there is none."""
    found = (*best_places(request).places, *swap_partners(request).places)
    possible = [one for one in found if not one.locked]
    return min(possible, key=lambda one: (one.breaks, one.effect.cost), default=None)
