"""The contract of `replan` on the command line: what it writes, what it says, what it leaves alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from planner.engines.replanning.objectives import STAGES
from tests.builders.commands import rows_as_written as rows
from tests.builders.commands import run_in_worker as run
from tests.builders.places import DATA

CLASS_28, RULES_28 = DATA / "klas-28.csv", DATA / "regels-28.toml"
COHORT, RULES_120 = DATA / "cohort-120.csv", DATA / "rules-120.toml"
NEW = "0999001"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def groups_of(folder: Path) -> dict[str, str]:
    return {row["student_id"]: row["group"] for row in rows(folder / "groups.csv")}


def leaving(folder: Path, group_sizes: tuple[int, ...] = (3,)) -> list[str]:
    """Return who leaves: three of one group, so that somebody has to move."""
    members: dict[str, list[str]] = {}
    for student, group in groups_of(folder).items():
        members.setdefault(group, []).append(student)
    return [s for ids, n in zip(members.values(), group_sizes, strict=False) for s in ids[-n:]]


def later_list(path: Path, gone: list[str], out: Path, *, new: bool = True) -> Path:
    """Write a class list without some rows, and with somebody new who answers as the first to stay."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    separator = ";" if ";" in lines[0] else ","
    kept = [line for line in lines[1:] if line.split(separator)[0] not in gone]
    if new:
        cells = kept[0].split(separator)
        heads = lines[0].split(separator)
        for place, head in enumerate(heads):
            if "mail" in head.lower():
                cells[place] = "nieuw@example.org"
        cells[:2] = [NEW, "Zazie"]
        kept.append(separator.join(cells))
    out.write_text("\n".join([lines[0], *kept]) + "\n", encoding="utf-8-sig")
    return out


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan") / "before"
    assert run("plan", CLASS_28, "--rules", RULES_28, "--out", folder, "--effort", "quick") == 0
    return folder


@pytest.fixture(scope="module")
def again(planned: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a rerun in week 4, without its rules file: those of the plan hold."""
    base = tmp_path_factory.mktemp("again")
    later = later_list(CLASS_28, leaving(planned), base / "later.csv")
    assert run("replan", later, "--previous", planned, "--out", base / "after", "--from-week", 4) == 0
    return base / "after"


def moved(before: Path, after: Path) -> set[str]:
    then, now = groups_of(before), groups_of(after)
    return {student for student in then.keys() & now.keys() if then[student] != now[student]}


def test_everyone_of_now_is_placed_and_nobody_else(planned, again):
    expected = set(groups_of(planned)) - set(leaving(planned)) | {NEW}
    assert set(groups_of(again)) == expected
    sizes = [list(groups_of(again).values()).count(name) for name in set(groups_of(again).values())]
    assert all(3 <= size <= 5 for size in sizes)


def test_the_moves_are_those_between_the_two_lists(planned, again):
    written = json.loads((again / "plan.json").read_text())
    outcome = written["outcome"]
    assert outcome["moves"] == len(moved(planned, again)) >= 1
    assert outcome["moves_bound"] <= outcome["moves"]
    assert [stage["name"] for stage in outcome["stages"]] == list(STAGES)
    assert outcome["stages"][0] == {
        "name": "moves",
        "value": outcome["moves"],
        "proven": outcome["moves"] == outcome["moves_bound"],
        "limit": None,
    }
    assert all(rule["holds"] for rule in outcome["rules"] if rule["importance"] == "must")


def test_the_history_holds_the_groups_of_before(planned, again):
    history = json.loads((again / "plan.json").read_text())["history"]
    assert [version["from_week"] for version in history] == [1]
    then = {s: group["name"] for group in history[0]["groups"] for s in group["members"]}
    assert then == groups_of(planned)
    assert json.loads((again / "plan.json").read_text())["plan"]["from_week"] == 4


def test_changes_csv_tells_who_moved_joined_and_left(planned, again):
    listed = rows(again / "changes.csv")
    ids, *_, old, new, _ = listed[0]
    assert {row[ids] for row in listed if row[old] and row[new]} == moved(planned, again)
    assert [row[ids] for row in listed if not row[old]] == [NEW]
    assert {row[ids] for row in listed if not row[new]} == set(leaving(planned))
    assert all(list(row.values())[-1] for row in listed)


def test_weeks_that_are_past_keep_their_roles(planned, again):
    """Who left since stands in the weeks in which they were there, by name and with their role."""

    def past(folder):
        return {tuple(row.values()) for row in rows(folder / "roles.csv") if int(row["week"]) < 4}

    assert past(again) == past(planned)
    coming = {row["student_id"] for row in rows(again / "roles.csv") if int(row["week"]) >= 4}
    assert coming == set(groups_of(again))


def test_reasons_in_dutch_and_in_english(planned, tmp_path, capsys):
    later = later_list(CLASS_28, leaving(planned), tmp_path / "later.csv")
    arguments = ("replan", later, "--rules", RULES_28, "--previous", planned, "--out", tmp_path / "out")
    assert run(*arguments) == 0
    dutch = capsys.readouterr().out
    assert run(*arguments, "--language", "en") == 0
    english = capsys.readouterr().out
    assert dutch.count("3 studenten staan niet op deze lijst: ") == 1
    assert "gestopt: " not in dutch  # once is enough
    assert "Eén student is nieuw." in dutch
    assert english.count("3 students are not on this list: ") == 1
    assert "students left" not in english
    assert "One student is new." in english
    for told, why in ((dutch, "erbij zijn het er"), (english, "there are")):
        lines = [line for line in told.splitlines() if " → Groep " in line]
        assert len(lines) == len(moved(planned, tmp_path / "out"))
        assert all(why in line for line in lines)


@pytest.mark.parametrize("rules", [True, False])
def test_an_unchanged_list_changes_nothing(planned, tmp_path, capsys, rules):
    given = ("--rules", RULES_28) if rules else ()
    assert run("replan", CLASS_28, *given, "--previous", planned, "--out", tmp_path / "out") == 0
    for name in ("groups.csv", "roles.csv"):
        assert (tmp_path / "out" / name).read_bytes() == (planned / name).read_bytes()
    assert len((tmp_path / "out" / "changes.csv").read_text("utf-8-sig").splitlines()) == 1  # its headings
    told = capsys.readouterr().out
    assert "Niemand is gestopt en niemand is nieuw." in told
    assert "Niemand hoeft te verhuizen." in told
    assert json.loads((tmp_path / "out" / "plan.json").read_text())["history"] == []


def test_the_same_rerun_twice_gives_the_same_files(planned, again, tmp_path):
    later = later_list(CLASS_28, leaving(planned), tmp_path / "later.csv")
    assert run("replan", later, "--previous", planned, "--out", tmp_path / "out", "--from-week", 4) == 0
    first, second = contents(again), contents(tmp_path / "out")
    assert "plan.json" in first
    assert first == second  # plan.json had the time that it took


def test_the_list_of_another_course_exits_2_and_writes_nothing(planned, tmp_path, capsys):
    before = contents(planned)
    assert run("replan", COHORT, "--previous", planned, "--out", tmp_path / "out") == 2
    assert "Is dit een ander vak? Er is niets veranderd." in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
    assert contents(planned) == before


def test_a_list_that_cannot_be_read_exits_2_and_writes_nothing(planned, tmp_path):
    (tmp_path / "list.csv").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00")
    assert run("replan", tmp_path / "list.csv", "--previous", planned, "--out", tmp_path / "out") == 2
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "plan.json").write_text('{"format": 1, "plan"')
    assert run("replan", CLASS_28, "--previous", tmp_path / "broken", "--out", tmp_path / "out") == 2
    assert run("replan", CLASS_28, "--previous", tmp_path / "nowhere", "--out", tmp_path / "out") == 2
    assert not (tmp_path / "out").exists()


def test_rules_that_cannot_hold_exit_1_and_leave_the_plan(planned, tmp_path):
    shutil.copytree(planned, tmp_path / "plan")
    (tmp_path / "rules.toml").write_text("[groups]\nsize = [9, 9]\n")
    before = contents(tmp_path / "plan")
    later = later_list(CLASS_28, leaving(planned), tmp_path / "later.csv")
    where = ("--previous", tmp_path / "plan", "--out", tmp_path / "plan")
    assert run("replan", later, "--rules", tmp_path / "rules.toml", *where) == 1
    assert contents(tmp_path / "plan") == before


def test_a_disk_that_fails_leaves_the_previous_plan_as_it_was(planned, tmp_path, monkeypatch):
    """Where a file cannot be written, nothing of the folder in use has been touched."""
    shutil.copytree(planned, tmp_path / "plan")
    before = contents(tmp_path / "plan")
    later = later_list(CLASS_28, leaving(planned), tmp_path / "later.csv")
    written = []

    def full(number: int) -> None:
        written.append(number)
        if len(written) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("planner.files.private_files.os.fsync", full)
    assert run("replan", later, "--previous", tmp_path / "plan", "--out", tmp_path / "plan") == 2
    assert len(written) == 3
    assert contents(tmp_path / "plan") == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["later.csv", "plan"]


def test_a_groups_csv_that_excel_saved_will_do(planned, tmp_path):
    """Another code page, semicolons, no plan.json: groups and labels are all there."""
    listed = rows(planned / "groups.csv")
    text = "\r\n".join(";".join(row) for row in [listed[0].keys(), *(row.values() for row in listed)])
    (tmp_path / "groups.csv").write_bytes(text.encode("cp1252", "replace"))
    later = later_list(CLASS_28, leaving(planned), tmp_path / "later.csv")
    where = ("--previous", tmp_path / "groups.csv", "--out", tmp_path / "out")
    assert run("replan", later, "--rules", RULES_28, *where) == 0
    outcome = json.loads((tmp_path / "out" / "plan.json").read_text())["outcome"]
    assert outcome["moves"] == len(moved(planned, tmp_path / "out"))
    assert set(groups_of(tmp_path / "out").values()) <= set(groups_of(planned).values())


def lms_rerun(path: Path, base: Path) -> tuple[Path, Path]:
    """Plan a look-alike, leave out somebody of two groups, plan again."""
    assert run("plan", path, "--out", base / "before", "--effort", "quick") == 0
    gone = {
        row["name"]
        for row in rows(base / "before" / "groups.csv")
        if row["student_id"] in leaving(base / "before")
    }
    surnames = {name.split()[-1] for name in gone}
    lines = path.read_bytes().decode("utf-8-sig").splitlines()
    kept = [line for line in lines if not any(surname in line for surname in surnames)]
    assert len(kept) <= len(lines) - 3
    (base / path.name).write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert run("replan", base / path.name, "--previous", base / "before", "--out", base / "after") == 0
    return base / "before", base / "after"


def test_brightspace_unenrols_movers_only_and_first(tmp_path):
    path = next(p for p in (DATA / "lms").iterdir() if "brightspace" in p.name)
    before, after = lms_rerun(path, tmp_path)
    movers = moved(before, after)
    listed = rows(after / "imports" / "brightspace-groups.csv")
    assert len(listed) == 2 * len(movers)
    actions: dict[str, list[tuple[str, str]]] = {}
    for row in listed:
        actions.setdefault(row["Username"], []).append((row["Action"], row["Group Name"]))
    changed = sorted((groups_of(before)[s], groups_of(after)[s]) for s in movers)
    assert sorted((steps[0][1], steps[1][1]) for steps in actions.values()) == changed
    assert all([step[0] for step in steps] == ["UNENROLL", "ENROLL"] for steps in actions.values())


def test_canvas_lists_everyone_with_the_group_of_now(tmp_path):
    path = next(p for p in sorted((DATA / "lms").iterdir()) if "canvas" in p.name)
    _, after = lms_rerun(path, tmp_path)
    listed = rows(after / "imports" / "canvas-groups.csv")
    assert sorted(row["group_name"] for row in listed) == sorted(groups_of(after).values())


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        (("--keep-group", "Groep7"), "Bedoelde je “Groep 7”?"),
        (("--keep-student", "091234"), "“091234” is geen groep"),
        (("--leave", "Groep7"), "Bedoelde je “Groep 7”?"),
        (("--top-up", "groep 7"), "Bedoelde je “Groep 7”?"),
        (("--dissolve", "Groep 77"), "Bedoelde je “Groep 7”?"),
        (("--merge", "Groep 1", "Grep 2"), "Bedoelde je “Groep 2”?"),
        (("--leave", "Groep 1", "--dissolve", "Groep 1"), "Je vraagt van Groep 1 twee dingen"),
        (("--merge", "Groep 1", "Groep 1"), "Je vraagt van Groep 1 twee dingen"),
        (("--from-week", 99), "er is geen week 99"),
    ],
)
def test_a_wish_for_what_does_not_exist_exits_2(planned, tmp_path, capsys, wish, told):
    assert run("replan", CLASS_28, "--previous", planned, "--out", tmp_path / "out", *wish) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.fixture
def sizes_only(planned: Path, tmp_path: Path) -> tuple[str, tuple[object, ...]]:
    """Return a group of which one member is left, and a rerun with rules that only ask for sizes."""
    later = later_list(CLASS_28, leaving(planned), tmp_path / "later.csv", new=False)
    (tmp_path / "sizes.toml").write_text("[groups]\nsize = [3, 5]\n")
    group = groups_of(planned)[leaving(planned)[0]]
    arguments = ("replan", later, "--rules", tmp_path / "sizes.toml", "--previous", planned)
    return group, (*arguments, "--out", tmp_path / "out")


def test_a_group_that_is_dissolved_has_nobody_and_the_proof_says_what_was_asked(sizes_only, tmp_path, capsys):
    group, arguments = sizes_only
    assert run(*arguments, "--dissolve", group) == 0
    assert group not in groups_of(tmp_path / "out").values()
    told = capsys.readouterr().out
    assert f"Dat geldt bij deze verzoeken: {group} opheffen." in told
    assert f"{group} wordt opgeheven." in told
    assert "(bewezen: minder kan niet)" in told


def test_all_of_one_group_join_another(sizes_only, planned, tmp_path):
    group, arguments = sizes_only
    here = [s for s, name in groups_of(planned).items() if name == group and s not in leaving(planned)]
    assert run(*arguments, "--merge", group, "Groep 5") == 0
    assert {groups_of(tmp_path / "out")[s] for s in here} == {"Groep 5"}


def test_what_was_asked_is_named_where_no_plan_can_hold(sizes_only, tmp_path, capsys):
    group, arguments = sizes_only
    assert run(*arguments, "--leave", group) == 1
    told = capsys.readouterr().err
    assert f"{group} zo laten." in told
    assert f"    Groepen van 3–5\n    {group} zo laten\n" in told
    assert f"    1. Laat studenten weggaan uit of erbij komen in {group}. Dan verhui" in told
    assert not (tmp_path / "out").exists()


def test_what_was_locked_by_hand_stays_until_it_is_let_go(sizes_only, planned, tmp_path, capsys):
    """Locks of a plan.json hold on the command line as they do on the page."""
    group, arguments = sizes_only
    here = next(s for s, name in groups_of(planned).items() if name == group and s not in leaving(planned))
    locked = tmp_path / "locked"
    shutil.copytree(planned, locked)
    data = json.loads((locked / "plan.json").read_text())
    data["locks"] = {"students": [here, leaving(planned)[0]], "groups": []}
    (locked / "plan.json").write_text(json.dumps(data))
    arguments = tuple(locked if one == planned else one for one in arguments)
    assert run(*arguments) == 0
    assert "Vastgezet in het vorige plan: " in capsys.readouterr().out
    assert groups_of(tmp_path / "out")[here] == group
    kept = json.loads((tmp_path / "out" / "plan.json").read_text())["locks"]
    assert kept == {"students": [here], "groups": []}
    assert run(*arguments, "--dissolve", group, "--unlock") == 0
    assert "Vastgezet" not in capsys.readouterr().out
    assert groups_of(tmp_path / "out")[here] != group
    assert "locks" not in json.loads((tmp_path / "out" / "plan.json").read_text())


def test_who_could_move_instead_and_what_more_moves_bring(tmp_path, capsys):
    """Fourteen students, for the sake of time: with three gone from a group of four one has to move."""
    small, rules, before = tmp_path / "small.csv", tmp_path / "rules.toml", tmp_path / "before"
    small.write_text("\n".join(CLASS_28.read_text(encoding="utf-8-sig").splitlines()[:15]) + "\n")
    rules.write_text(
        'language = "nl"\n[groups]\nsize = [3, 5]\n[[rule]]\nkind = "similar"\n'
        'column = "Leerdoel"\nimportance = "nice"\n'
    )
    assert run("plan", small, "--rules", rules, "--out", before, "--effort", "quick") == 0
    capsys.readouterr()
    later = later_list(small, leaving(before), tmp_path / "later.csv", new=False)
    where = ("--previous", before, "--out", tmp_path / "out")
    assert run("replan", later, *where, "--volunteers", "--curve") == 0
    told = capsys.readouterr().out
    assert "In plaats van " in told or "Niemand anders kan verhuizen" in told
    curve = told.split("Wat een paar extra verhuizingen opleveren:\n")[1].splitlines()
    moves = json.loads((tmp_path / "out" / "plan.json").read_text())["outcome"]["moves"]
    assert curve[0].strip().startswith(f"{moves} verhuizing" if moves > 1 else "1 verhuizing")
    costs = [int(line.split(" minpunten")[0].split()[-1]) for line in curve if "minpunten" in line]
    assert len(costs) > 1
    assert costs == sorted(costs, reverse=True)


def test_a_rule_for_somebody_who_left_is_forgotten_at_the_next_rerun(planned, tmp_path):
    """Twice in a row, without a rules file: the second rerun knows nothing of who left before."""
    stays = next(s for s in groups_of(planned) if s not in leaving(planned))
    rules = tmp_path / "rules.toml"
    named = f'["{leaving(planned)[0]}", "{stays}"]'
    rules.write_text(f'[groups]\nsize = [3, 5]\n[[rule]]\nkind = "apart"\nstudents = {named}\n')
    later = later_list(CLASS_28, leaving(planned), tmp_path / "later.csv")
    first, second = tmp_path / "first", tmp_path / "second"
    assert run("replan", later, "--rules", rules, "--previous", planned, "--out", first) == 0
    assert run("replan", later, "--previous", first, "--out", second) == 0
    assert groups_of(first) == groups_of(second)
