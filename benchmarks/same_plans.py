"""Whether two checkouts make the same groups: ``python -m benchmarks.same_plans OTHER [COUNT]``.

OTHER is a folder with another version of Hecht and a `.venv` of its own. Both plan the classes of
`data/` and some invented ones, and plan each again after somebody left and somebody came. For every
class is printed whether `groups.csv` is the same, byte for byte; the exit status is 1 where one is not.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.samples import synthetic_class, synthetic_rules

HERE = Path(__file__).parents[1]
COUNT = 20
SIZES = (12, 17, 24, 28, 36, 45, 60, 90, 120, 300)  # students, in turn
LARGE = 60  # from so many students on a quick run is compared: a normal one takes long
LEAVE = 3


@dataclass(frozen=True)
class Case:
    """A class list with its rules, and the options of a first plan."""

    name: str
    class_list: bytes
    rules: bytes
    effort: str


def cases(count: int) -> Iterator[Case]:
    """Return the classes of `data/` and so many invented ones, the same each time."""
    for listed, rules in (("klas-28.csv", "regels-28.toml"), ("cohort-120.csv", "rules-120.toml")):
        yield Case(
            listed, (HERE / "data" / listed).read_bytes(), (HERE / "data" / rules).read_bytes(), "normal"
        )
    for number in range(count):
        students = SIZES[number % len(SIZES)]
        content = synthetic_class(students, number)
        asked = synthetic_rules(students, number).encode()
        yield Case(f"class-{number}-of-{students}", content, asked, "quick" if students > LARGE else "normal")


def after_dropouts(content: bytes) -> bytes:
    """Return a class list without three students, and with one of them back as somebody new."""
    text = content.decode("utf-8-sig")
    separator = ";" if ";" in text.partition("\n")[0] else ","
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    heading, students = rows[0], rows[1:]
    step = len(students) // LEAVE
    gone = {place * step for place in range(LEAVE)}
    newcomer = ["999" + cell[3:] if place == 0 else cell for place, cell in enumerate(students[0])]
    kept = [row for place, row in enumerate(students) if place not in gone]
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator).writerows([heading, *kept, newcomer])
    return out.getvalue().encode("utf-8-sig")


def groups_of(checkout: Path, case: Case, folder: Path) -> tuple[bytes, bytes]:
    """Return the groups of a first plan and of a rerun, as one version of Hecht makes them."""
    folder.mkdir()
    listed, again, rules = folder / "class.csv", folder / "again.csv", folder / "rules.toml"
    listed.write_bytes(case.class_list)
    again.write_bytes(after_dropouts(case.class_list))
    rules.write_bytes(case.rules)
    plan, replan = folder / "plan", folder / "replan"
    _run(checkout, "plan", listed, "--rules", rules, "--out", plan, "--effort", case.effort)
    _run(checkout, "replan", again, "--previous", plan, "--out", replan, "--from-week", 2)
    return _groups(plan), _groups(replan)


def _groups(folder: Path) -> bytes:
    file = folder / "groups.csv"
    return file.read_bytes() if file.exists() else b"no plan"


def _run(checkout: Path, *arguments: object) -> None:
    python = checkout / ".venv" / "bin" / "python"
    command = [str(python), "-m", "planner", *map(str, arguments)]
    subprocess.run(command, cwd=checkout, capture_output=True, check=False)


def main() -> int:
    """Compare, class by class."""
    other = Path(sys.argv[1]).resolve()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else COUNT
    different = 0
    with tempfile.TemporaryDirectory() as place:
        for case in cases(count):
            ours = groups_of(HERE, case, Path(place) / f"{case.name}-here")
            theirs = groups_of(other, case, Path(place) / f"{case.name}-there")
            same = [one == two for one, two in zip(ours, theirs, strict=True)]
            different += not all(same)
            words = ["the same" if one else "DIFFERENT" for one in same]
            planned = "" if b"no plan" not in ours else "  (no plan)"
            print(f"{case.name:24} plan {words[0]:10} replan {words[1]}{planned}", flush=True)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
