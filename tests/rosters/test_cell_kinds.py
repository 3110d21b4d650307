"""What the cells of a column tell of it."""

from __future__ import annotations

from planner.rosters.cell_kinds import share_of


def test_answers_that_come_back_are_looked_at_once() -> None:
    """Once reading a column for every slot took nearly as long as all else a check does."""
    looked_at: list[str] = []

    def is_yes(cell: str) -> bool:
        looked_at.append(cell)
        return cell == "1"

    assert share_of(["1", "0", "0"] * 500, is_yes) == 1 / 3
    assert sorted(looked_at) == ["0", "1"]
    assert share_of([], is_yes) == 0
