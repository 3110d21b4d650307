"""What is in the way, and what if two swapped, on the page without a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from planner.audit.what_if import WhatIfs, worst_first
from planner.infeasibility.conflict import Explanation, explain
from planner.jobs.job import JobLost
from planner.model.no_plan import NoPlan
from planner.plans.course import Course
from planner.services.plan import plan
from planner.ui.session.conflict_state import ConflictState
from planner.ui.session.draft import RulesDraft
from planner.ui.session.rule_card import RuleCard
from tests.builders.classes import make_groups, make_roster, make_rules
from tests.builders.pages import FakeJob, analysis, go, session_of, texts, with_plan

CLASS = "Studentnummer;Naam;Vrij\n" + "".join(
    f"100000{n};{name};{free}\n"
    for n, (name, free) in enumerate(
        [
            ("Noor A", "ma"),
            ("Sem B", "di"),
            ("Ali C", "wo, ma"),
            ("Juul D", "wo"),
            ("Bram E", "ma, di"),
            ("Yara F", "di"),
        ]
    )
)
RULES = """language = "nl"
[groups]
size = [3, 3]
[[rule]]
kind = "mix"
column = "Vrij"
importance = "nice"
[[rule]]
kind = "overlap"
columns = ["Vrij"]
importance = "must"
[[rule]]
kind = "apart"
students = ["1000000", "1000004"]
"""


@pytest.fixture
def stuck(page: AppTest, jobs: list[FakeJob]) -> AppTest:
    """Return the page after a run that came to no plan."""
    page.file_uploader(key="class_list").set_value(("klas.csv", CLASS.encode(), "text/csv")).run()
    go(page, "rules").file_uploader(key="rules_file").set_value(
        ("rules.toml", RULES.encode(), "text/plain")
    ).run()
    page.button(key="make_plan").click().run()
    jobs[0].end = NoPlan(proven=True)
    return page.run()


def explained(page: AppTest, jobs: list[FakeJob]) -> Explanation:
    """Let the inquiry end as it would in earnest."""
    asked = jobs[-1].request
    found = explain(asked.rules, asked.roster)
    jobs[-1].end = found
    page.run()
    return found


def press(page: AppTest, label: str) -> AppTest:
    (button,) = [one for one in page.button if label in one.label]
    return button.click().run()


def test_a_run_without_a_plan_is_looked_into_at_once_and_can_be_stopped(
    stuck: AppTest, jobs: list[FakeJob]
) -> None:
    assert len(jobs) == 2
    assert "Uitzoeken wat er in de weg zit" in stuck.get("progress")[0].text
    stuck.run()
    assert len(jobs) == 2
    stuck.button(key="stop_why").click().run()
    assert jobs[1].stopped_at is not None
    assert not stuck.button(key="make_plan").disabled


def test_the_conflict_is_named_with_its_ways_out(stuck: AppTest, jobs: list[FakeJob]) -> None:
    found = explained(stuck, jobs)
    said = texts(stuck)
    assert found.conflict is not None
    assert "Wat er in de weg zit" in said
    for rule in found.conflict.rules:
        assert rule.text("nl") in said
    for way in found.ways:
        assert way.message.text("nl") in said
    assert "eerst navragen" in said
    stuck.segmented_control(key="language").set_value("en").run()
    assert "What is in the way" in texts(stuck)
    assert found.ways[-1].message.text("en") in texts(stuck)
    stuck.segmented_control(key="language").set_value("nl").run()
    assert "Wat er in de weg zit" in texts(stuck)


@pytest.fixture
def unproven(stuck: AppTest, jobs: list[FakeJob]) -> AppTest:
    """Return the page after a run that came to no plan, and to no proof either."""
    stuck.button(key="make_plan").click().run()
    jobs[-1].end = NoPlan(proven=False)
    return stuck.run()


def test_what_is_proven_after_the_run_is_what_the_page_says(unproven: AppTest, jobs: list[FakeJob]) -> None:
    """It said “in this time no plan was found, which does not mean there is none” above a proof."""
    (alert,) = unproven.error
    assert alert.proto.title == (
        "Er is geen plan gevonden waarin elke verplichte regel klopt. Misschien is er wel een."
    )
    explained(unproven, jobs)
    (alert,) = unproven.error
    assert alert.proto.title == "Er is geen plan waarin elke verplichte regel klopt."
    assert "Misschien is er wel een" not in texts(unproven)


def test_where_it_is_proven_that_there_is_none_nothing_says_that_there_may_be(
    stuck: AppTest, jobs: list[FakeJob]
) -> None:
    jobs[-1].end = Explanation(None)
    said = texts(stuck.run())
    assert "Er is geen plan; welke regels in de weg zitten, is niet bewezen." in said
    assert "misschien is er een plan" not in said


def test_a_plan_that_turns_up_is_gone_on_from(unproven: AppTest, jobs: list[FakeJob]) -> None:
    groups = make_groups(["1000000", "1000002", "1000004"], ["1000001", "1000003", "1000005"])
    before = len(jobs)
    jobs[-1].end = Explanation(None, holds=True, groups=groups)
    unproven.run()
    assert not unproven.exception
    assert not unproven.error
    assert len(jobs) == before + 1
    assert jobs[-1].task is plan
    assert jobs[-1].request.start == groups
    assert session_of(unproven).making.run is not None


def test_one_click_takes_a_way_out_and_a_second_plans_with_it(stuck: AppTest, jobs: list[FakeJob]) -> None:
    found = explained(stuck, jobs)
    place = next(p for p, way in enumerate(found.ways) if not way.answers)
    stuck.button(key=f"way_{place}").click().run()
    assert not stuck.exception
    assert not stuck.error
    draft = session_of(stuck).rules.draft
    assert draft.rules("nl") == found.ways[place].rules
    assert [alert.value for alert in stuck.success][-1] == found.ways[place].message.text("nl")
    smallest = go(stuck, "rules").number_input(key=f"smallest_{draft.id}").value
    assert smallest == found.ways[place].rules.groups.size[0]
    stuck.button(key="plan_again").click().run()
    assert len(jobs) == 3
    assert jobs[2].request.rules == found.ways[place].rules
    assert session_of(stuck).making.run is not None


def test_rules_that_were_proven_to_clash_do_not_fit_on_their_cards(
    stuck: AppTest, jobs: list[FakeJob]
) -> None:
    """Once the cards went on saying that each of them fits the class list."""
    found = explained(stuck, jobs)
    assert found.conflict is not None
    go(stuck, "rules")
    badges = [one.value for one in stuck.markdown if "-badge[" in one.value]
    assert sum("Zit bewezen in de weg" in one for one in badges) == 1  # the other one is the group size
    assert sum("Past bij je klassenlijst" in one for one in badges) == 2


def test_a_way_out_that_was_taken_is_told_as_done(stuck: AppTest, jobs: list[FakeJob]) -> None:
    """Once the order stood there still: make this important, under the title that it was changed."""
    found = explained(stuck, jobs)
    place = next(p for p, way in enumerate(found.ways) if not way.answers and way.done is not None)
    stuck.button(key=f"way_{place}").click().run()
    said = [alert.value.replace("\\", "") for alert in stuck.success][-1]
    assert said == ("Nu belangrijk, en niet meer verplicht: “Minstens één gedeeld moment in Vrij”.")


def test_ways_out_of_other_rules_are_no_longer_offered(stuck: AppTest, jobs: list[FakeJob]) -> None:
    explained(stuck, jobs)
    draft = session_of(stuck).rules.draft
    go(stuck, "rules").number_input(key=f"largest_{draft.id}").set_value(4).run()
    go(stuck, "groups")
    assert not [button for button in stuck.button if str(button.key).startswith("way_")]
    assert "Je hebt de regels daarna gewijzigd." in texts(stuck)


def test_where_counting_shows_it_the_ways_out_are_asked_for(rules: AppTest, jobs: list[FakeJob]) -> None:
    draft = session_of(rules).rules.draft
    rules.number_input(key=f"smallest_{draft.id}").set_value(10)
    rules.number_input(key=f"largest_{draft.id}").set_value(11)
    rules.number_input(key=f"prefer_{draft.id}").set_value(10).run()
    rules.button(key="find_ways").click().run()
    assert len(jobs) == 1
    found = explained(rules, jobs)
    assert found.conflict is not None
    assert [rule.text("nl") for rule in found.conflict.rules] == ["Groepen van 10–11"]
    rules.button(key="way_0").click().run()
    assert not rules.error
    assert not rules.button(key="make_plan").disabled


@pytest.mark.parametrize("end", [JobLost(), RuntimeError("secret")])
def test_an_inquiry_that_is_lost_takes_nothing_along(
    stuck: AppTest, jobs: list[FakeJob], end: Exception
) -> None:
    jobs[1].end = end
    stuck.run()
    assert not stuck.exception
    assert "secret" not in texts(stuck)
    assert not stuck.button(key="make_plan").disabled


def test_a_rule_that_is_taken_away_is_a_card_that_is_off() -> None:
    rules = make_rules(RULES)
    draft = RulesDraft.of(rules)
    off = RuleCard.of(rules.rule[0])
    off.on = False
    draft.cards.insert(1, off)
    found = explain(rules, make_roster([{"id": f"100000{n}", "Vrij": "ma"} for n in range(6)]))
    assert found.holds
    way = found_way(rules, lambda kinds: kinds == ["mix", "overlap"])
    made = ConflictState().applied_to(draft, way)
    assert [(card.kind, card.on) for card in made.cards] == [
        ("mix", True),
        ("mix", False),
        ("overlap", True),
        ("apart", False),
    ]
    assert made.rules("nl") == way.rules
    assert made.id != draft.id


def found_way(rules, wanted: Callable[[list[str]], bool]):  # type: ignore[no-untyped-def]
    from planner.infeasibility.relaxations import relaxations

    roster = make_roster([{"id": f"100000{n}", "Vrij": "ma"} for n in range(6)])
    every = [change for ladder in relaxations(rules, roster, (1, 2, 3), ()) for change in ladder]
    return next(change for change in every if wanted([rule.kind for rule in change.rules.rule]))


# What if


def opened(page: AppTest, course: Course) -> AppTest:
    page.session_state["more_what_if"] = True
    return analysis(with_plan(page, course))


def test_a_swap_is_told_rule_by_rule(sample: AppTest, sample_course: Course) -> None:
    opened(sample, sample_course)
    first, second = (sample_course.plan.groups[place].members[0] for place in (0, 3))
    sample.selectbox(key="what_if_first").set_value(first).run()
    sample.selectbox(key="what_if_second").set_value(second).run()
    assert not sample.exception
    answer = WhatIfs(sample_course.rules, sample_course.roster, sample_course.plan.groups).swap(first, second)
    assert answer.headline().text("nl") in texts(sample) + "".join(a.value for a in sample.success)
    tables = [
        t.value for t in sample.table if list(t.value.columns) == ["Regel", "Wat het betekent", "Nu", "Dan"]
    ]
    changed = sorted((change for change in answer.changes if change.gone or change.new), key=worst_first)
    assert [len(table) for table in tables] == [len(changed)]
    assert all(
        change.description.text("nl") in cell
        for change, cell in zip(changed, tables[0]["Wat het betekent"], strict=True)
    )
    assert session_of(sample).course == sample_course


def test_a_move_that_breaks_a_must_says_which(sample: AppTest, sample_course: Course) -> None:
    opened(sample, sample_course)
    sample.segmented_control(key="what_if_kind").set_value("move").run()
    apart = sample_course.plan.group_of["0912399"]
    sample.selectbox(key="what_if_student").set_value("0912345").run()
    sample.selectbox(key="what_if_group").set_value(apart).run()
    (alert,) = sample.error
    assert alert.value.startswith("Dit kan niet.")
    assert "Uit elkaar: " in alert.value.replace("\\", "")


def test_what_changes_nothing_is_said_and_the_choices_stay(sample: AppTest, sample_course: Course) -> None:
    """A list that lost a choice while somebody typed forgot what they typed."""
    opened(sample, sample_course)
    group = sample_course.plan.groups[2]
    before = list(sample.selectbox(key="what_if_second").options)
    sample.selectbox(key="what_if_first").set_value(group.members[0]).run()
    assert list(sample.selectbox(key="what_if_second").options) == before
    sample.selectbox(key="what_if_second").set_value(group.members[1]).run()
    assert f"Beiden zitten in {group.name}" in sample.info[-1].value
    sample.segmented_control(key="what_if_kind").set_value("move").run()
    sample.selectbox(key="what_if_student").set_value(group.members[0]).run()
    sample.selectbox(key="what_if_group").set_value(group.name).run()
    assert sample.info[-1].value.endswith(f"zit al in {group.name}.")
    sample.segmented_control(key="what_if_kind").set_value("compare").run()
    sample.selectbox(key="what_if_one").set_value(group.name).run()
    sample.selectbox(key="what_if_other").set_value(group.name).run()
    assert "twee keer dezelfde groep" in sample.info[-1].value


def test_two_groups_side_by_side(sample: AppTest, sample_course: Course) -> None:
    opened(sample, sample_course)
    sample.segmented_control(key="what_if_kind").set_value("compare").run()
    sample.selectbox(key="what_if_one").set_value("Groep 1").run()
    sample.selectbox(key="what_if_other").set_value("Groep 2").run()
    (table,) = [t.value for t in sample.table if "Groep 2" in t.value.columns]
    assert len(table) == len(sample_course.rules.active())
