"""`ask` and `check --json`: what scripts read, and the files in the folder."""

import json

from tests.builders.commands import run

LIST = """Student number,Name,Email
1000341,Anna Bos,a.bos@school.example
1001342,Cem Demir,c.demir@school.example
"""
RULES = 'language = "en"\n[groups]\nsize = [2, 3]\n[[rule]]\nkind = "wish"\ncolumns = ["Wish"]\n'


def test_json_has_columns_problems_and_suggestions(tmp_path, capsys):
    listed = tmp_path / "class.csv"
    listed.write_text(
        LIST.replace("Email", "Email,Etniciteit").replace(".example", ".example,secret"), "utf-8"
    )
    assert run("check", listed, "--language", "en", "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["version"], said["students"], said["fits"]) == (1, 2, False)
    meanings = {one["heading"]: (one["meaning"], one["personal"]) for one in said["columns"]}
    assert meanings["Name"] == ("name", True)
    assert [one["examples"] for one in said["columns"] if one["meaning"] == "sensitive"] == [[]]
    assert "secret" not in json.dumps(said)
    assert all(one["message"] for one in said["problems"])


def test_json_of_rules_that_do_not_fit_names_the_column(tmp_path, capsys):
    listed, rules = tmp_path / "class.csv", tmp_path / "rules.toml"
    listed.write_text(LIST, "utf-8")
    rules.write_text(RULES, "utf-8")
    assert run("check", listed, "--rules", rules, "--json") == 2
    said = json.loads(capsys.readouterr().out)
    error = next(one for one in said["problems"] if one["level"] == "error")
    assert "Wish" in error["message"]
    assert error["way_out"]
    assert not said["fits"]


def test_ask_writes_every_form_and_who_has_not_answered(tmp_path, capsys):
    listed, rules, survey = tmp_path / "class.csv", tmp_path / "rules.toml", tmp_path / "answers.csv"
    listed.write_text(LIST, "utf-8")
    rules.write_text(RULES, "utf-8")
    survey.write_text("Timestamp,Email Address,Wish\n2026/09/01,a.bos@school.example,Cem Demir\n", "utf-8")
    out = tmp_path / "out"
    assert run("ask", listed, "--rules", rules, "--survey", survey, "--out", out) == 0
    said = capsys.readouterr().out
    assert "One student has not answered yet." in said
    assert "c.demir@school.example" in said
    assert len(list(out.iterdir())) == 9
    assert "Cem Demir,c.demir@school.example" in (out / "not-answered.csv").read_text("utf-8-sig")


def test_a_question_more_says_what_it_means(tmp_path, capsys):
    listed = tmp_path / "class.csv"
    listed.write_text(LIST, "utf-8")
    more = "Topic choice=topic-choice: bees, bridges"
    assert run("ask", listed, "--language", "en", "--question", more) == 0
    assert "Topic choice: Choose the topic you would like." in capsys.readouterr().out
    assert run("ask", listed, "--language", "en", "--question", "Topic=topic") == 2
