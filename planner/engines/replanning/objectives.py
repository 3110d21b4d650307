"""What a replan keeps as small as can be, one objective after another: lexicographic optimisation.

The order after the fewest moves, which always come first, is here and nowhere else; `objective_counts`
counts each of them per group. With moves to spend on better groups the cost comes right after the moves
(`replan_search`).
"""

from __future__ import annotations

STAGES = (
    "moves",
    "new-groups",  # groups that there were not before
    "second-moves",  # moves of students who moved before in this term
    "newcomers-alone",  # groups that exactly one newcomer joins
    "groups-lose",  # groups that somebody leaves
    "pairs",  # weeks together of pairs that are parted
    "strangers",  # movers who know nobody in their new group
    "role-changes",  # turns that go to somebody else
    "groups-receive",  # groups that somebody joins
    "cost",  # of the rules that are no must
)
SWITCHES = ("second-moves", "newcomers-alone", "strangers")  # those that a coordinator may leave out
