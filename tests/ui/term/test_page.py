"""The page of the term, and the refreshes that are asked for, without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.planning.term import plan_term
from planner.plans.course import Course, Version, only_used
from planner.reporting.story import Story
from tests.builders.pages import cards, english, go, session_of, texts, with_course, with_plan


@pytest.fixture(scope="module")
def term_course(sample_course: Course) -> Course:
    """Return the sample class with a refresh in the middle of its term."""
    term = sample_course.rules.term.model_copy(update={"refresh_after": (5,)})
    rules = sample_course.rules.model_copy(update={"term": term})
    plan = plan_term(rules, sample_course.roster, effort="quick")
    return Course(roster=only_used(sample_course.roster, rules), rules=rules, plan=plan)


@pytest.fixture
def term(sample: AppTest, term_course: Course) -> AppTest:
    """Return the page of the term, with a plan that has a refresh."""
    with_course(sample, term_course)
    sample.run()
    return go(sample, "term")


def tables(page: AppTest) -> list[list[list[str]]]:
    return [table.value.astype(str).values.tolist() for table in page.table]


def test_without_groups_the_page_says_what_to_do_first(page: AppTest) -> None:
    here = go(page, "term")
    assert not here.exception
    assert "Maak eerst groepen; dan zie je hier hoe de periode verloopt." in texts(here)


def test_the_term_is_shown_in_figures_a_table_and_words(term: AppTest, term_course: Course) -> None:
    assert not term.exception
    (change,) = Story.of(term_course).stability.changes
    figures = {metric.label: metric.value for metric in term.metric}
    assert figures["Verhuizingen per student"] == f"{len(change.moved) / 28:.2f}".replace(".", ",").rstrip(
        "0"
    ).rstrip(",")
    assert figures["Tweetallen die bij elkaar blijven"] == f"{round(100 * change.kept / change.pairs)}%"
    assert figures["Groepen die blijven zoals ze zijn"] == f"{change.untouched} van {change.groups}"
    first, second = tables(term)[0]
    assert first == ["1–5", "7", "–", "–", "–", "–"]
    assert second == [
        "6–10",
        "7",
        str(len(change.moved)),
        f"{change.kept} van {change.pairs}",
        str(change.first_meetings),
        str(change.untouched),
    ]
    assert f"{change.first_meetings} tweetallen ontmoeten elkaar voor het eerst." in texts(term)


def test_who_moves_is_told_with_both_groups(term: AppTest, term_course: Course) -> None:
    story = Story.of(term_course)
    movers = story.movers(story.stages[1])
    assert [len(movers)] == [len(change.moved) for change in story.stability.changes]
    listed = [row for table in tables(english(term)) for row in table]
    for student, old, new in movers:
        assert [term_course.roster.shown_names[student], old, new] in listed
    assert f"Week 6: {len(movers)} students move" in texts(term)


def test_a_student_s_own_way(term: AppTest, term_course: Course) -> None:
    story = Story.of(term_course)
    student, old, new = story.movers(story.stages[1])[0]
    term.selectbox(key="term_student").set_value(student).run()
    assert not term.exception
    first, second = story.steps(student)
    assert (first.group, second.group, second.moved) == (old, new, True)
    assert set(second.known) <= set(first.new)
    assert second.known
    assert second.new
    rows = [row for table in tables(term) for row in table if row[0] in ("1–5", "6–10") and len(row) == 5]
    assert rows[0][1] == old.replace("-", r"\-")
    assert "verhuist" in rows[1][1]
    for mate in second.new:
        assert term_course.roster.shown_names[mate] in rows[1][3].replace("\\", "")
    staying = next(
        one
        for one in term_course.roster.by_id
        if one not in {mover for mover, _, _ in story.movers(story.stages[1])}
    )
    term.selectbox(key="term_student").set_value(staying).run()
    assert "De hele periode dezelfde groep" in texts(term)


def test_roles_of_a_student_are_those_of_the_plan(term_course: Course) -> None:
    story = Story.of(term_course)
    for student in list(term_course.roster.by_id)[:5]:
        told = {week: role for step in story.steps(student) for week, role in step.roles}
        planned = {
            turn.week: turn.role
            for turn in term_course.plan.turns
            if turn.student_id == student and not turn.minds
        }
        assert planned.keys() == told.keys()
        assert all(role in told[week] for week, role in planned.items())


def test_blocks_that_are_over_are_part_of_the_story(term_course: Course) -> None:
    plan = term_course.plan
    later = plan.later[0]
    now = plan.model_copy(update={"from_week": 6, "groups": later.groups, "later": ()})
    course = term_course.model_copy(
        update={"plan": now, "history": (Version(from_week=1, groups=plan.groups),)}
    )
    story, whole = Story.of(course), Story.of(term_course)
    assert [(s.first, s.last, s.change) for s in story.stages] == [
        (s.first, s.last, s.change) for s in whole.stages
    ]


def test_one_block_is_told_as_such(sample: AppTest, sample_course: Course) -> None:
    with_course(sample, sample_course)
    here = go(sample.run(), "term")
    assert "De hele periode dezelfde groepen: iedereen heeft 10 weken dezelfde groepsgenoten." in texts(here)
    assert tables(here)[0] == [["1–10", "7", "–", "–", "–", "–"]]


def test_the_groups_of_a_later_week_are_those_of_its_block(sample: AppTest, term_course: Course) -> None:
    with_plan(sample, term_course)
    sample.selectbox(key="week").set_value(7).run()
    assert not sample.exception
    story = Story.of(term_course)
    student, _, new = story.movers(story.stages[1])[0]
    name = term_course.roster.shown_names[student]
    headings = [one.value.replace("\\", "") for one in sample.subheader if one.value.startswith("Groep ")]
    shown = dict(zip(headings, cards(sample, 7), strict=True))
    assert name in [member for member, _ in shown[new]]


# What is asked of a refresh


def test_a_refresh_is_asked_for_with_the_rules(rules: AppTest) -> None:
    draft = session_of(rules).rules.draft
    assert draft.term.refresh_after == ()
    weeks = next(w for w in rules.multiselect if w.key and w.key.startswith("refresh_"))
    weeks.set_value([5]).run()
    keep = next(w for w in rules.number_input if w.key == f"keep_{draft.id}")
    keep.set_value(2).run()
    asked = session_of(rules).rules.draft.rules("nl")
    assert asked is not None
    assert (asked.term.refresh_after, asked.term.keep_familiar, asked.term.max_moved) == ((5,), 2, 0.25)
    # With groups of up to five nobody can keep two and meet others: said before the run.
    remarks = session_of(rules).fit(asked).remarks
    assert "refresh-moves-nobody" in [problem.code for problem in remarks]
    meet = next(w for w in rules.radio if w.key == f"meet_{draft.id}_nl")
    meet.set_value("new").run()
    asked = session_of(rules).rules.draft.rules("nl")
    assert asked is not None
    assert asked.term.meet == "new"
    assert not [w for w in rules.number_input if w.key == f"keep_{draft.id}"]


def test_roles_that_stay_and_wished_roles_are_asked_for(rules: AppTest) -> None:
    draft = session_of(rules).rules.draft
    rules.number_input(key=f"rotate_{draft.id}").set_value(0).run()
    rules.selectbox(key=f"role_wish_{draft.id}").set_value("Leerdoel").run()
    asked = session_of(rules).rules.draft.rules("nl")
    assert asked is not None
    assert (asked.roles.rotate_every, asked.roles.wish) == (0, "Leerdoel")
