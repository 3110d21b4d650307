"""The page with changes of a course in use: what waits first, then what it means, and what can be asked."""

from __future__ import annotations

import re

from streamlit.testing.v1 import AppTest

from planner.engines.common.watch import Watch
from planner.infeasibility.conflict import RuleConflict
from planner.infeasibility.infeasible_replan import InfeasibleReplan, Remedy
from planner.model.no_plan import NoPlan
from planner.model.text import message
from planner.plans.course import Course
from planner.rules.titles import title
from planner.services.replan import let_move
from planner.ui.session import pending_state
from tests.builders.pages import (
    LINES,
    NEWCOMER,
    FakeJob,
    answer,
    course_of,
    go,
    load,
    session_of,
    texts,
    upload,
    upload_list,
    with_course,
)


def without(*places: int) -> bytes:
    return "\n".join(line for place, line in enumerate(LINES) if place not in places).encode()


def stopped(page: AppTest, jobs: list[FakeJob], *places: int) -> AppTest:
    """Let students stop, work out what that comes to, and look at it."""
    gone(page, *places)
    jobs[-1].end = answer(jobs[-1])
    page.run()
    return go(page, "changes")


def gone(page: AppTest, *places: int) -> AppTest:
    roster = session_of(page).roster
    assert roster is not None
    for one in [roster.students[place].id for place in places]:
        pending_state.stop(session_of(page), one)
    return page.run()


def headers(page: AppTest) -> list[str]:
    return [header.value for header in page.header]


def keys(page: AppTest) -> list[str]:
    return [str(button.key) for button in page.button]


def test_what_waits_comes_first_then_what_it_means_then_what_can_be_asked(
    in_use: AppTest, jobs: list[FakeJob]
) -> None:
    """The page began with the uploads, where what waits was known already."""
    page = stopped(in_use, jobs, 0)
    assert headers(page) == [
        "Openstaande wijzigingen",
        "Voor en na",
        "Waar het nieuwe plan rekening mee houdt",
    ]
    assert "take_back_0" in keys(page)
    assert "Niemand hoeft te verhuizen." in texts(page)
    labels = [expander.label for expander in page.expander]
    assert "Kies een nieuwe klassenlijst" in labels
    assert "Met een ander plan beginnen" in labels
    page.button(key="accept").click().run()
    now = session_of(page)
    assert now.course is not None
    assert len(now.course.roster.students) == 27
    assert "De nieuwe groepen gelden." in texts(page)


def done_before(page: AppTest) -> str:
    return next(one.value for one in page.markdown if "groepen gemaakt" in one.value).replace("\\", "")


def test_what_was_carried_out_before_is_listed_with_its_week(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """The page of changes showed no change that had been carried out."""
    name = sample_course.roster.students[0].name
    page = stopped(in_use, jobs, 0)
    assert "Eerder doorgevoerd" in texts(page)
    assert name not in done_before(page)
    page.button(key="accept").click().run()
    told = done_before(go(load(course_of(page)), "changes"))
    weeks = re.findall(r"- Week (\d+) · \d+ \w+ \d{4} \d\d:\d\d · (.*)", told)
    assert weeks[0] == ("1", f"groepen opnieuw gepland: {name} is gestopt")
    assert weeks[-1][1] == "groepen gemaakt"


def test_nothing_waits_and_a_group_can_be_dissolved_all_the_same(
    in_use: AppTest, jobs: list[FakeJob]
) -> None:
    """Without a new list there was nothing to ask."""
    page = go(in_use, "changes")
    assert "Geen openstaande wijzigingen: de groepen kloppen" in texts(page)
    asked = len(jobs)
    page.multiselect(key=f"dissolved_{session_of(page).rerun.id}").set_value(["Groep 1"]).run()
    assert len(jobs) == asked + 1  # it waits as any other change does, so what it comes to is worked out
    assert jobs[-1].request.options.dissolved == {"Groep 1"}


def test_a_choice_is_a_change_that_waits_outlasts_a_reload_and_can_be_taken_back(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """Groups said that nothing was pending, and the next change that was carried out dissolved the group."""
    page = go(in_use, "changes")
    student = sample_course.roster.students[0]
    rerun = session_of(page).rerun
    page.multiselect(key=f"dissolved_{rerun.id}").set_value(["Groep 1"])
    page.multiselect(key=f"locked_{rerun.id}").set_value([student.id]).run()
    page = go(load(course_of(page)), "groups")
    assert "2 openstaande wijzigingen." in texts(page)
    assert "Groep 1 opheffen" in texts(page)
    assert f"{student.name} in dezelfde groep laten" in texts(page)
    page.button(key="take_back_0").click().run()
    assert "Groep 1 opheffen" not in texts(page)
    assert session_of(page).rerun.options.dissolved == ()
    page.button(key="take_back_0").click().run()
    assert "Geen openstaande wijzigingen." in texts(page)
    page = go(page, "changes")
    assert page.multiselect(key=f"dissolved_{session_of(page).rerun.id}").value == []


def test_choices_that_were_carried_out_are_chosen_no_more(in_use: AppTest, jobs: list[FakeJob]) -> None:
    page = go(in_use, "changes")
    page.multiselect(key=f"closed_{session_of(page).rerun.id}").set_value(["Groep 1"]).run()
    jobs[-1].end = answer(jobs[-1])
    page.run().button(key="accept").click().run()
    page = go(page, "groups")
    assert "Geen openstaande wijzigingen." in texts(page)
    assert "Geen openstaande wijzigingen." in texts(go(load(course_of(page)), "groups"))


def test_what_a_replan_is_kind_to_waits_as_a_rule_does(in_use: AppTest, jobs: list[FakeJob]) -> None:
    """It was chosen on this page, counted, and was told nowhere."""
    page = go(in_use, "changes")
    page.toggle(key=f"spare_movers_{session_of(page).rerun.id}").set_value(False).run()
    assert "Waar opnieuw plannen rekening mee houdt" in texts(page)
    page.button(key="take_back_0").click().run()
    assert "Geen openstaande wijzigingen" in texts(page)
    assert page.toggle(key=f"spare_movers_{session_of(page).rerun.id}").value


def test_a_new_list_is_one_of_the_changes_and_a_wrong_one_is_none(
    in_use: AppTest, jobs: list[FakeJob]
) -> None:
    page = upload(go(in_use, "changes"), without(28))
    assert "take_back_0" in keys(page)
    other = b"Studentnummer;Naam\n" + b"".join(b"55500%02d;Iemand Anders%d\n" % (n, n) for n in range(12))
    upload(page, other)
    assert page.error
    assert len(session_of(page).roster.by_id) == 27  # type: ignore[union-attr]


def test_another_request_is_worked_out_while_the_plan_from_before_stays_in_view(
    in_use: AppTest, jobs: list[FakeJob]
) -> None:
    page = stopped(in_use, jobs, 0)
    asked = len(jobs)
    page.multiselect(key=f"closed_{session_of(page).rerun.id}").set_value(["Groep 3"]).run()
    assert len(jobs) == asked + 1
    assert "Voor en na" in headers(page)
    assert "Dit is het plan van daarvoor" in texts(page)
    assert page.button(key="accept").disabled
    jobs[-1].end = answer(jobs[-1])
    page.run()
    assert not page.button(key="accept").disabled


def test_what_was_left_stays_folded_on_this_page_too(in_use: AppTest, jobs: list[FakeJob]) -> None:
    page = stopped(in_use, jobs, 0)
    page.button(key="leave").click().run()
    assert "Bewaard voor later: " in texts(page)
    page.button(key="look_again").click().run()
    assert "accept" in keys(page) or session_of(page).rerun.run is not None


def test_what_has_to_be_decided_first_is_one_click_from_the_groups_with_its_ways_out(
    in_use: AppTest, jobs: list[FakeJob], sample_course: Course
) -> None:
    """The sentence led nowhere, and ways out changed rules that the page of rules did not know of."""
    gone(in_use, 0)
    about = jobs[-1].request
    jobs[-1].end = NoPlan(proven=True)
    in_use.run()
    assert "Bekijk wat zou helpen" in [link.proto.label for link in in_use.get("page_link")]  # type: ignore[attr-defined]
    page = go(in_use, "changes")
    rule = about.rules.rule[0]
    named = title(rule, about.roster)
    fewer = about.rules.model_copy(update={"rule": about.rules.rule[1:]})
    way = Remedy(message("Remove “{rule}”.", rule=named), fewer, about.options, 0)
    jobs[-1].end = InfeasibleReplan(RuleConflict((named,), (), minimal=True, smallest=True), (way,))  # type: ignore[arg-type]
    page.run()
    assert not page.exception
    assert "Wat er in de weg zit" in texts(page)
    rules = session_of(page).rules_now()
    assert rules is not None
    assert session_of(page).rerun.clash(rules) == (named,)
    page.button(key="rerun_way_0").click().run()
    rules = session_of(page).rules_now()
    assert rules is not None
    assert rule not in rules.rule
    assert jobs[-1].request.rules.rule == fewer.rule


def test_a_volunteer_moves_instead_at_a_press(in_use: AppTest, jobs: list[FakeJob]) -> None:
    """Who could move instead was a sentence, and no button."""
    page = stopped(in_use, jobs, 0, 14)  # too few are left in their group
    made = session_of(page).rerun.made
    assert made is not None
    mover = next(iter(made.instead))
    one = made.instead[mover][0].student
    page.button(key=f"instead_{mover}_{one}").click().run()
    task = jobs[-1].task
    assert task is not None
    assert task.func is let_move  # type: ignore[attr-defined]
    jobs[-1].end = task(jobs[-1].request, watch=Watch())  # type: ignore[assignment]
    page.run()
    assert not page.exception
    after = session_of(page).rerun.made
    assert after is not None
    assert after.course.plan.outcome.moves == made.course.plan.outcome.moves
    assert after.course.plan.group_of[one] == made.course.plan.group_of[mover]
    names = made.request.roster.shown_names
    assert f"{names[one]} verhuist nu in plaats van {names[mover]}" in texts(page)
    page.button(key="accept").click().run()
    assert session_of(page).course is after.course


def test_answers_of_somebody_new_are_asked_for_in_a_window(in_use: AppTest, jobs: list[FakeJob]) -> None:
    """It led to a long table, with the cursor in the form for yet another student."""
    bare = NEWCOMER.split(";")[:5]
    page = upload_list(go(in_use, ""), "nu.csv", "\n".join([*LINES, ";".join([*bare, *[""] * 8])]).encode())
    page = go(page, "changes")
    assert "Nog geen antwoord bij " in texts(page)
    page.button(key="type_answers_1999999").click().run()
    assert headers(page)[0] != "Klassenlijst"
    page.button_group(key=moments_key(page)).set_value(["ma ochtend", "do middag"]).run()
    page.text_input(key=f"{moments_key(page)}_other").set_value("za ochtend").run()
    page.button(key="save_answers").click().run()
    roster = session_of(page).roster
    assert roster is not None
    assert roster.by_id["1999999"].answer("Beschikbaar") == "ma ochtend; do middag; za ochtend"
    assert "De antwoorden zijn bewaard." in texts(page)
    (still,) = [line for line in texts(page).splitlines() if "Nog geen antwoord bij " in line]
    assert "Beschikbaar" not in still
    assert "save_answers" not in [button.key for button in page.button]  # the window is closed
    page.button(key="type_answers_1999999").click().run()  # what is known is there, also what was typed
    assert page.button_group(key=moments_key(page)).value == ["ma ochtend", "do middag", "za ochtend"]


def moments_key(page: AppTest) -> str:
    (field,) = [one for one in page.button_group if str(one.key).startswith("answer_1999999_")]
    return str(field.key)


def test_a_run_that_ended_early_can_be_worked_out_again(in_use: AppTest, jobs: list[FakeJob]) -> None:
    gone(in_use, 0)
    jobs[-1].end = NoPlan(proven=False, cut_short=True)
    page = go(in_use.run(), "groups")
    assert "Beslis eerst dit" not in texts(page)
    asked = len(jobs)
    page.button(key="work_again").click().run()
    assert len(jobs) == asked + 1


def test_once_carried_out_it_says_what_is_left_to_do(in_use: AppTest, jobs: list[FakeJob]) -> None:
    page = upload_list(go(in_use, ""), "nu.csv", "\n".join([*LINES, NEWCOMER]).encode())
    jobs[-1].end = answer(jobs[-1])
    page = go(page.run(), "rules")
    page.button(key="carry_out_bar").click().run()
    assert headers(page)[0] == "Groepen"
    said = texts(page)
    assert "Doorgevoerd." in said
    assert "Eén groep is veranderd: Groep " in said
    assert ": Nova van Dam is nieuw." in said
    assert page.download_button(key="changes_to_take")
    assert not page.exception


def test_a_draft_says_that_it_is_one(sample: AppTest, sample_course: Course) -> None:
    with_course(sample, sample_course)
    page = go(sample, "changes")
    assert "Deze groepen zijn een concept" in texts(page)
    page.button(key="use_groups").click().run()
    assert session_of(page).in_use is not None
    assert headers(page)[0] == "Openstaande wijzigingen"
