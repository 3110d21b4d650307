"""Once there are groups: what every page offers first moves the fewest, and nothing replaces them unasked."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from planner.audit.plan_audit import moves
from planner.model.domain import ColumnKind, Plan, Roster
from planner.model.no_plan import NoPlan
from planner.model.reports import Importance, Status
from planner.planning.formation import form
from planner.plans.course import Course
from planner.replanning.better import with_proof_of
from planner.rosters import SourceFile, read_class_list
from planner.rules import Rules
from planner.services.plan import plan
from planner.services.replan import explain_replan
from planner.services.replan import replan as replan_task
from planner.ui.class_list.students import HERE
from planner.ui.session import saving, state, work
from planner.ui.session.groups_aside import Weighed, weigh
from planner.ui.session.run import Run
from planner.ui.session.state import KEY
from planner.ui.shell.pending_bar import _in_use
from tests.builders.pages import (
    FakeJob,
    analysis,
    answer,
    course_of,
    edit,
    go,
    load,
    opened,
    session_of,
    texts,
    upload,
)
from tests.builders.places import DATA

PAGES = ("", "rules", "groups")
LINES = (DATA / "klas-28.csv").read_text("utf-8-sig").splitlines()


def keys(page: AppTest) -> list[str | None]:
    return [button.key for button in page.button]


def kind(page: AppTest, key: str) -> str:
    return str(page.button(key=key).proto.type)


def without_first(page: AppTest) -> AppTest:
    """Take away the tick of the first student."""
    return edit(opened(go(page, "")), {0: {HERE: False}})


def stayed(before: Course, after: Course | None) -> bool:
    assert after is not None
    return not moves(before.plan.groups, after.plan.groups)


def other_plan(course: Course, more: int = 0, **outcome: object) -> Plan:
    """Return other groups of the same class, which cost so much more than they do."""
    was = course.plan.outcome
    turned = [group.members[0] for group in course.plan.groups]
    turned = [*turned[1:], turned[0]]
    groups = tuple(
        group.model_copy(update={"members": (first, *group.members[1:])})
        for group, first in zip(course.plan.groups, turned, strict=True)
    )
    changes = {"cost": was.cost + more, **outcome}
    return course.plan.but(groups=groups, turns=(), outcome=was.model_copy(update=changes))


# What is offered


@pytest.mark.parametrize("path", PAGES)
def test_a_draft_can_be_made_again_or_used(draft: AppTest, path: str) -> None:
    go(draft, path)
    assert kind(draft, "use_groups") == "primary"
    assert kind(draft, "make_plan") == "secondary"
    assert "replan" not in keys(draft)
    draft.segmented_control(key="language").set_value("en").run()
    assert draft.button(key="use_groups").label == "Use from this week on"
    assert draft.button(key="make_plan").label == "Make the groups again"


def test_the_bar_says_from_which_week_the_groups_are_as_they_are(in_use: AppTest) -> None:
    """After a change from week 4 it went on saying "in use from week 1"."""
    now = in_use.session_state[KEY]
    course = now.course
    now.course = course.model_copy(update={"plan": course.plan.but(from_week=4)})
    told = _in_use(now)
    assert told.text("en") == "In use from week 1, changed from week 4. No pending changes."
    assert told.text("nl") == (
        "In gebruik vanaf week 1, gewijzigd vanaf week 4. Geen openstaande wijzigingen."
    )


@pytest.mark.parametrize("path", PAGES)
def test_in_use_every_page_says_so_and_what_waits(in_use: AppTest, path: str) -> None:
    go(in_use, path)
    assert "In gebruik vanaf week 1. Geen openstaande wijzigingen." in texts(in_use)
    assert "carry_out_bar" not in keys(in_use)
    go(without_first(in_use), path)
    assert kind(in_use, "carry_out_bar") == "primary"
    assert in_use.button(key="carry_out_bar").disabled  # nobody knows yet whom it moves
    assert ("make_plan" in keys(in_use)) == (path == "groups")  # away from what carries out
    assert "Eén openstaande wijziging. Uitrekenen wat dat betekent …" in texts(in_use)
    in_use.segmented_control(key="language").set_value("en").run()
    assert in_use.button(key="carry_out_bar").label == "Carry out"
    if path == "groups":
        assert kind(in_use, "make_plan") == "secondary"
        assert in_use.button(key="make_plan").label == "Make new groups from scratch"


def test_a_draft_that_is_made_again_takes_the_place_of_the_one_before_which_is_a_click_away(
    draft: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    card = next(card for card in session_of(draft).rules.draft.cards if card.on)
    go(draft, "rules").toggle(key=f"rule_{card.id}_on").set_value(False).run()
    assert kind(draft, "make_plan") == "primary"
    draft.button(key="make_plan").click().run()
    asked = jobs[-1].request
    jobs[-1].end = form(asked.rules, asked.roster, effort="quick")
    draft.run()
    now = session_of(draft).course
    assert now is not None
    assert {frozenset(group.members) for group in now.plan.groups} == {
        frozenset(group.members) for group in jobs[-1].end.groups
    }
    assert session_of(draft).making.aside is None
    go(draft, "groups").button(key="plan_before").click().run()
    assert session_of(draft).course == sample_course


def test_a_draft_whose_list_changed_can_stay_together_too(draft: AppTest, jobs: list[FakeJob]) -> None:
    page = without_first(draft)
    assert page.button(key="replan").label == "Plan opnieuw, met weinig verhuizingen"
    page.button(key="replan").click().run()
    assert jobs[-1].task is replan_task
    jobs[-1].end = answer(jobs[-1])
    page.run()
    page.button(key="accept").click().run()
    assert session_of(page).in_use is not None


def test_groups_that_are_used_from_a_later_week_begin_in_it(draft: AppTest) -> None:
    draft.number_input(key="use_from_week").set_value(3).run()
    draft.button(key="use_groups").click().run()
    now = session_of(draft)
    assert now.in_use is not None
    assert now.in_use.week == 3
    assert now.course is not None
    assert now.course.plan.from_week == 3
    again = session_of(load(course_of(draft)))
    assert again.in_use == now.in_use
    assert again.course == now.course


def test_before_there_are_groups_making_them_is_what_is_offered(sample: AppTest) -> None:
    assert kind(sample, "make_plan") == "primary"
    assert "replan" not in keys(sample)


@pytest.mark.parametrize("reloaded", [False, True])
@pytest.mark.parametrize("path", PAGES)
def test_one_student_leaves_and_nobody_moves_who_need_not(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course, path: str, reloaded: bool
) -> None:
    """From each of these pages one press made all groups anew, without a question."""
    page = without_first(in_use)
    page = load(course_of(page)) if reloaded else page
    go(page, path)
    assert jobs[-1].task is replan_task
    jobs[-1].end = answer(jobs[-1])
    page.run()
    assert "Eén openstaande wijziging. Niemand hoeft te verhuizen." in texts(page)
    page.button(key="carry_out_bar").click().run()
    assert stayed(sample_course, session_of(page).course)
    assert not session_of(page).outdated(session_of(page).rules_now())
    assert "Geen openstaande wijzigingen." in texts(page)
    # And back: the plan before is one click away with the groups.
    go(page, "groups").button(key="plan_before").click().run()
    now = session_of(page).course
    assert now is not None
    assert now.plan == sample_course.plan


def test_the_list_that_was_changed_by_hand_is_offered_after_a_reload(in_use: AppTest) -> None:
    page = go(load(course_of(without_first(in_use))), "changes")
    assert "take_back_0" in keys(page)
    assert "take_back_1" not in keys(page)
    assert "use_edited" not in keys(page)


def test_a_tick_can_be_put_back_after_a_reload(in_use: AppTest, sample_course: Course) -> None:
    page = opened(go(load(course_of(without_first(in_use))), ""))
    (table,) = page.data_editor
    assert list(table.value[HERE]) == [False] + 27 * [True]
    assert "Eén rij handmatig gewijzigd." in texts(page)
    assert session_of(page).outdated_students()
    edit(page, {0: {HERE: True}})
    roster = session_of(page).roster
    assert roster is not None
    assert [student.id for student in roster.students] == [s.id for s in sample_course.roster.students]
    assert not session_of(page).outdated_students()


def test_somebody_under_another_number_has_not_left(in_use: AppTest) -> None:
    """A number that was put right by hand is no row of its own once the page is loaded anew."""
    page = edit(opened(go(in_use, "")), {0: {"Studentnummer": "1999990"}})
    page = opened(go(load(course_of(page)), ""))
    assert list(page.data_editor[0].value[HERE]) == 28 * [True]


def test_a_new_dropout_after_an_earlier_change_is_seen(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    page = without_first(in_use)
    jobs[-1].end = answer(jobs[-1])
    page.run()
    page.button(key="carry_out_bar").click().run()
    edit(opened(go(page, "")), {0: {HERE: False}, 4: {HERE: False}})
    jobs[-1].end = answer(jobs[-1])
    go(page, "changes")
    assert "take_back_0" in keys(page)
    assert "take_back_1" not in keys(page)
    assert not page.button(key="carry_out_bar").disabled


def test_with_nothing_changed_the_page_of_changes_asks_for_the_new_list(
    in_use: AppTest, jobs: list[FakeJob]
) -> None:
    before = len(jobs)
    go(in_use, "changes")
    assert "new_class_list" in [field.key for field in in_use.file_uploader]
    assert len(jobs) == before


def test_what_is_known_is_not_worked_out_again(in_use: AppTest, jobs: list[FakeJob]) -> None:
    page = without_first(in_use)
    jobs[-1].end = answer(jobs[-1])
    page.run()
    asked = len(jobs)
    go(go(page, "rules"), "groups")
    assert len(jobs) == asked
    assert not page.button(key="carry_out").disabled


# Rules


def test_rules_changed_on_their_page_count_in_a_rerun(in_use: AppTest, jobs: list[FakeJob]) -> None:
    draft = session_of(in_use).rules.draft
    go(in_use, "rules").number_input(key=f"largest_{draft.id}").set_value(4).run()
    rules = jobs[-1].request.rules
    assert isinstance(rules, Rules)
    assert rules.groups.size == (3, 4)
    # And once more while the page with changes is open already; what it is kind to stays as chosen.
    rerun = session_of(in_use).rerun
    rerun.switch("known_faces", on=False)
    card = next(card for card in draft.cards if card.on)
    go(in_use, "rules").toggle(key=f"rule_{card.id}_on").set_value(False).run()
    go(in_use, "changes")
    rules = session_of(in_use).rerun.rules
    assert rules is not None
    assert len(rules.rule) == len(draft.rules("nl").rule)  # type: ignore[union-attr]
    assert not rules.rerun.known_faces
    assert rules.groups.size == (3, 4)


def test_rules_that_are_not_finished_stop_a_rerun_and_say_so(in_use: AppTest) -> None:
    page = go(without_first(in_use), "rules")
    page.selectbox(key="new_rule_nl").set_value("together").run()
    page.button(key="add_rule").click().run()
    assert page.button(key="carry_out_bar").disabled
    assert "Beslis eerst dit: Bij elkaar: Kies minstens twee studenten." in texts(page)
    assert "Bij elkaar: Kies minstens twee studenten." in texts(go(page, "changes"))
    assert "carry_out" not in keys(page) or page.button(key="carry_out").disabled


def list_without(*ids: str) -> bytes:
    return "\n".join(line for line in LINES if line.split(";")[0] not in ids).encode()


@pytest.fixture
def one_of_a_kind(sample: AppTest, jobs: list[FakeJob], sample_course: Course) -> AppTest:
    """Return the page with changes of a class in which one student alone gave an answer that a rule names."""
    lines = [LINES[0], *(f"{line};{'ja' if not place else 'nee'}" for place, line in enumerate(LINES[1:]))]
    lines[0] += ";Voorzitter"
    (sample.file_uploader(key="class_list")).set_value(("klas.csv", "\n".join(lines).encode(), "text/csv"))
    sample.run()
    session = session_of(sample)
    roster = session.roster
    assert roster is not None
    rule = {"kind": "limit", "column": "Voorzitter", "value": "ja", "at_most": 1, "importance": "must"}
    rules = Rules.model_validate({"language": "nl", "rule": [rule]})
    session.keep(Course(roster=roster, rules=rules, plan=form(rules, roster, effort="quick")), roster)
    session.rules.take(SourceFile("rules.toml", _toml(rules)))
    return go(sample, "changes")


def _toml(rules: Rules) -> bytes:
    from planner.rules import write_rules

    return write_rules(rules)


def test_an_answer_that_left_with_its_last_holder_is_told_and_stops_nothing(
    one_of_a_kind: AppTest, jobs: list[FakeJob]
) -> None:
    """The page showed an error and a dead button where the command line planned."""
    gone = LINES[1].split(";")[0]
    lines = [LINES[0] + ";Voorzitter", *(f"{line};nee" for line in LINES[1:] if not line.startswith(gone))]
    upload(one_of_a_kind, "\n".join(lines).encode())
    assert not one_of_a_kind.error
    assert "Is de laatste student met dit antwoord gestopt?" in texts(one_of_a_kind)
    one_of_a_kind.button(key="replan").click().run()
    jobs[-1].end = answer(jobs[-1])
    one_of_a_kind.run()
    assert "Niemand hoeft te verhuizen." in texts(one_of_a_kind)


def test_somebody_who_is_left_alone_with_an_answer_gets_an_explanation_with_ways_out(
    in_use: AppTest, jobs: list[FakeJob]
) -> None:
    """There was an error and a dead button, and no way out."""
    session = session_of(in_use)
    assert session.roster is not None
    heading = next(h for h in session.roster.headings if h == "Gender")
    those = [student.id for student in session.roster.students if student.answer(heading) == "x"]
    go(in_use, "changes")
    upload(in_use, list_without(*those[1:]))
    assert not in_use.error
    assert jobs[-1].task is replan_task
    with pytest.raises(NoPlan) as hopeless:
        answer(jobs[-1])
    jobs[-1].end = hopeless.value
    in_use.run()
    assert jobs[-1].task is explain_replan


# New groups from nothing


@pytest.fixture
def aside(in_use: AppTest, jobs: list[FakeJob], sample_course: Course) -> AppTest:
    """Return the page with other groups, of other rules, that wait for an answer."""
    page = go(in_use, "rules")
    card = next(card for card in session_of(page).rules.draft.cards if card.on)
    page.toggle(key=f"rule_{card.id}_on").set_value(False).run()
    go(page, "groups").button(key="make_plan").click().run()
    assert jobs[-1].task is plan
    asked = jobs[-1].request
    jobs[-1].end = form(asked.rules, asked.roster, effort="quick")
    return page.run()


def test_new_groups_replace_nothing_before_it_is_seen_how_many_would_move(
    aside: AppTest, sample_course: Course
) -> None:
    """106 of 120 moved at one press, without a question."""
    session = session_of(aside)
    assert session.course == sample_course
    assert session.making.aside is not None
    moved = len(moves(sample_course.plan.groups, session.making.aside.course.plan.groups))
    assert moved == session.making.aside.moved_from(sample_course)
    assert f"Van de 28 studenten zouden er {moved} verhuizen." in texts(aside)
    assert [plan.number for plan in saving.repository().plans(course_of(aside))] == [1]
    aside.segmented_control(key="language").set_value("en").run()
    assert f"{moved} of the 28 students would move." in texts(aside)
    aside.session_state["more_aside"] = True
    aside.run()
    assert {m.label: m.value for m in aside.metric}["In another group"] == str(moved)
    aside.button(key="keep_groups").click().run()
    assert session_of(aside).course == sample_course
    assert "keep_groups" not in keys(aside)


def test_new_groups_are_used_once_they_are_chosen_and_the_plan_before_is_a_click_away(
    aside: AppTest, sample_course: Course
) -> None:
    made = session_of(aside).making.aside
    assert made is not None
    aside.button(key="use_new_groups").click().run()
    assert session_of(aside).course == made.course
    assert not aside.warning
    aside.button(key="plan_before").click().run()
    assert session_of(aside).course == sample_course
    assert "zijn weer in gebruik, met de regels waarmee ze zijn gemaakt." in texts(aside)
    aside.button(key="plan_before").click().run()  # and forth
    assert session_of(aside).course == made.course


def test_new_groups_that_wait_are_found_after_a_reload(aside: AppTest, sample_course: Course) -> None:
    again = go(load(course_of(aside)), "groups")
    assert session_of(again).course == sample_course
    assert again.button(key="use_new_groups")


def test_new_groups_are_not_cleared_away_while_they_are_weighed(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run was unwanted until its plan was weighed: cleared away in between, a reload found nothing."""

    def weighed(course: Course, run: Run, made: Course) -> Weighed:
        work.job_manager().tidy(closing=False)  # the reaper makes a round just then
        return weigh(course, run, made)

    monkeypatch.setattr(state, "weigh", weighed)
    go(in_use, "groups").button(key="make_plan").click().run()
    jobs[-1].end = other_plan(sample_course, more=-100)
    in_use.run()
    assert session_of(in_use).making.aside is not None
    again = go(load(course_of(in_use)), "groups")
    assert again.button(key="use_new_groups")


def test_the_way_back_is_there_after_a_reload(aside: AppTest, sample_course: Course) -> None:
    aside.button(key="use_new_groups").click().run()
    again = go(load(course_of(aside)), "groups")
    again.button(key="plan_before").click().run()
    assert session_of(again).course == sample_course


def test_new_groups_keep_the_names_of_the_groups_that_they_come_from(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """A class that only gets other numbers for its groups is told that nobody moves."""
    draft = session_of(in_use).rules.draft
    go(in_use, "rules").number_input(key=f"weeks_{draft.id}").set_value(6).run()
    go(in_use, "groups").button(key="make_plan").click().run()
    plan = sample_course.plan
    names = [group.name for group in plan.groups]
    turned = tuple(
        group.model_copy(update={"name": name})
        for group, name in zip(plan.groups, [*names[1:], names[0]], strict=True)
    )
    jobs[-1].end = plan.but(groups=turned, turns=())
    in_use.run()
    assert "Er zijn nieuwe groepen klaar. Niemand zou verhuizen." in texts(in_use)
    in_use.button(key="use_new_groups").click().run()
    assert stayed(sample_course, session_of(in_use).course)


# A plan that is no better


@pytest.mark.parametrize("key", ["make_plan", "look_for_proof"])
def test_a_plan_that_is_worse_replaces_nothing_and_that_is_told(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course, key: str
) -> None:
    analysis(go(in_use, "groups")).button(key=key).click().run()
    cut = key == "look_for_proof"
    jobs[-1].end = other_plan(sample_course, more=100, cut_short=cut)
    in_use.run()
    assert session_of(in_use).course == sample_course
    assert "vond geen beter plan. Je groepen blijven zoals ze zijn." in texts(in_use)
    assert ("eerder gestopt" in texts(in_use)) is cut
    assert "use_new_groups" not in keys(in_use)
    in_use.segmented_control(key="language").set_value("en").run()
    assert "found no better plan. Your groups stay as they are." in texts(in_use)


def test_what_a_longer_look_proves_counts_for_the_groups_that_stay(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    analysis(go(in_use, "groups")).button(key="look_for_proof").click().run()
    cost = sample_course.plan.outcome.cost
    other = other_plan(sample_course, bound=cost, status=Status.OPTIMAL).but(effort="prove")
    jobs[-1].end = other
    analysis(in_use.run())
    now = session_of(in_use).course
    assert now is not None
    assert now.plan.groups == sample_course.plan.groups
    assert now.plan.turns == sample_course.plan.turns
    assert now.plan.outcome.status is Status.OPTIMAL
    assert "Bewezen: geen plan met 7 groepen kan beter zijn." in texts(in_use)
    assert "look_for_proof" not in keys(in_use)
    listed = saving.repository().plans(course_of(in_use))
    assert [plan.how for plan in listed] == ["proven", "made"]
    assert "plan_before" not in keys(in_use)  # it would be the same groups


def test_a_better_plan_of_the_same_list_and_rules_is_asked_about(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    analysis(go(in_use, "groups")).button(key="look_for_proof").click().run()
    jobs[-1].end = other_plan(sample_course, more=-100)
    in_use.run()
    assert session_of(in_use).course == sample_course
    assert in_use.button(key="use_new_groups")


def test_proof_of_other_numbers_of_groups_proves_nothing(sample_course: Course) -> None:
    plan = sample_course.plan
    fewer = plan.but(groups=plan.groups[1:], outcome=plan.outcome.model_copy(update={"bound": 10**6}))
    assert with_proof_of(sample_course, fewer) is sample_course


def test_a_rerun_that_was_stopped_early_does_not_replace_a_better_one(
    draft: AppTest, jobs: list[FakeJob]
) -> None:
    page = without_first(draft)
    page.button(key="replan").click().run()
    jobs[-1].end = answer(jobs[-1])
    page.run()
    page.button(key="stop_trying").click().run()
    first = session_of(page).rerun.made
    assert first is not None
    page.button(key="replan").click().run()
    plan = first.course.plan
    worse = tuple(stage.model_copy(update={"value": stage.value + 1}) for stage in plan.outcome.stages)
    outcome = plan.outcome.model_copy(update={"stages": worse, "cut_short": True, "moves": 1})
    jobs[-1].end = plan.but(outcome=outcome)
    page.run()
    assert session_of(page).rerun.made is first
    assert "De laatste berekening vond niets beters" in texts(page)


# Another class list where there are groups


def test_a_new_list_on_the_first_page_keeps_the_groups_and_the_rules(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """The groups were gone from the page, and making them anew was all that it offered."""
    go(in_use, "")
    content = list_without(LINES[1].split(";")[0])
    in_use.file_uploader(key="class_list").set_value(("oktober.csv", content, "text/csv")).run()
    session = session_of(in_use)
    assert session.course == sample_course
    assert session.rules_now() == sample_course.rules
    jobs[-1].end = answer(jobs[-1])
    in_use.run()
    in_use.button(key="carry_out_bar").click().run()
    assert stayed(sample_course, session_of(in_use).course)


def test_columns_of_a_new_list_mean_what_they_meant_when_the_groups_were_made(
    in_use: AppTest, sample_course: Course
) -> None:
    plan = sample_course
    heading = "Vooropleiding cijfer"
    columns = tuple(
        one.model_copy(update={"kind": ColumnKind.CATEGORY}) if one.heading == heading else one
        for one in plan.roster.columns
    )
    roster = Roster(students=plan.roster.students, columns=columns)
    session_of(in_use).keep(plan.model_copy(update={"roster": roster}), roster)
    content = list_without(LINES[1].split(";")[0])
    go(in_use, "").file_uploader(key="class_list").set_value(("oktober.csv", content, "text/csv")).run()
    read = session_of(in_use).roster
    assert read is not None
    assert read.kind(heading) is ColumnKind.CATEGORY


def test_a_list_of_another_class_starts_without_groups(in_use: AppTest) -> None:
    other = b"Studentnummer;Naam;Cijfer\n" + b"".join(
        b"55500%02d;Iemand Anders%d;%d\n" % (n, n, n) for n in range(12)
    )
    go(in_use, "")
    in_use.file_uploader(key="class_list").set_value(("anders.csv", other, "text/csv")).run()
    assert session_of(in_use).course is None
    assert kind(in_use, "make_plan") == "primary"
    read = read_class_list(SourceFile("anders.csv", other)).require()
    assert session_of(in_use).roster == read


def test_a_rule_that_is_a_must_can_change_with_few_moves(in_use: AppTest, jobs: list[FakeJob]) -> None:
    card = session_of(in_use).rules.draft.cards[0]
    go(in_use, "rules").segmented_control(key=f"rule_{card.id}_importance").set_value(Importance.NICE).run()
    assert jobs[-1].task is replan_task
