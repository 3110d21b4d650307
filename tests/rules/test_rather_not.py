"""Rather not with: pairs for the coordinator to decide on, without who asked."""

from __future__ import annotations

from planner.model.domain import Column, ColumnKind, Roster
from planner.model.reports import Importance
from planner.rules.rather_not import rather_apart, unread_names
from planner.rules.suggest import suggestions
from planner.rules.titles import title
from tests.builders.classes import make_roster, texts


def asked(*answers: str) -> Roster:
    """Return a class list in which Noor, Sem, Ali … answered with whom they would rather not be."""
    roster = make_roster([{"Liever niet": answer} for answer in answers])
    column = Column(heading="Liever niet", kind=ColumnKind.NOT_WITH)
    return roster.model_copy(update={"columns": (column,)})


def test_each_pair_is_one_idea_and_never_a_must() -> None:
    roster = asked("Ali", "", "Noor; Juul", "", "Sem", "niemand")
    found = suggestions(roster)
    assert found.on == ()
    assert [title(rule, roster).text("nl") for rule in found.ideas] == [
        "Uit elkaar: Noor en Ali",
        "Uit elkaar: Sem en Bram",
        "Uit elkaar: Ali en Juul",
    ]
    assert {rule.importance for rule in found.ideas} == {Importance.IMPORTANT}


def test_who_asked_cannot_be_told_from_a_rule() -> None:
    """Whoever reads why a student is in a group must not learn that a fellow student asked for it."""
    one, other, both = asked("Sem", "", ""), asked("", "Noor", ""), asked("Sem", "Noor", "")
    assert rather_apart(one) == rather_apart(other) == rather_apart(both)
    (rule,) = rather_apart(one)
    assert rule.headings() == ()
    assert set(rule.model_dump()) == {"kind", "importance", "students"}


def test_a_name_that_is_nobody_is_said_without_who_wrote_it() -> None:
    roster = asked("Semm", "geen", "Noor", "n.v.t.")
    assert texts(unread_names(roster), "nl") == [
        "“Semm” bij “Liever niet” verwijst niet naar precies één andere student; daarvoor wordt niemand uit "
        "elkaar gehouden. Bedoelde je b (Sem)?"
    ]
    assert len(rather_apart(roster)) == 1


def test_without_such_a_column_there_is_nothing() -> None:
    roster = make_roster([{"Wens": "Sem"}, {"Wens": ""}])
    assert (rather_apart(roster), unread_names(roster)) == ((), [])
