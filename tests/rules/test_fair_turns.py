"""How fair turns can be in a group: the same as by trying every way to share them out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.rules.fair_turns import least_ahead, least_uneven, most_filled, spread
from planner.rules.shares import Held, Shares

ROLES = st.frozensets(st.integers(0, 1))
PAST = st.lists(
    st.lists(st.integers(-1, 2), min_size=2, max_size=2, unique=True).map(
        lambda held: frozenset((m, role) for role, m in enumerate(held) if m >= 0)
    ),
    max_size=3,
)


def every_round(shares: Shares) -> Iterator[Held]:
    """Yield every way to fill as many roles as can be, once."""
    choices = [[-1, *(m for m, mine in enumerate(shares.able) if r in mine)] for r in shares.positions]
    most = most_filled(shares.positions, shares.able)
    for held in product(*choices):
        found = frozenset((m, role) for role, m in zip(shares.positions, held, strict=True) if m >= 0)
        if len({m for m, _ in found}) == len(found) == most:
            yield found


def measured(shares: Shares) -> tuple[int, int, int]:
    """Turns ahead at the roles, turns ahead in all, and roles that stay with somebody."""
    table = shares.table
    ahead = sum(
        spread(table.had[m][role] + sum((m, role) in held for held in shares.rounds) for m in takers)
        for role in set(shares.positions)
        if (takers := table.takers(role))
    )
    anyone = table.anyone() if len(set(shares.positions)) > 1 else []
    uneven = spread(table.had_any[m] + sum(m in dict(held) for held in shares.rounds) for m in anyone)
    running = [*shares.before[-1:], *shares.rounds]
    return ahead, uneven, sum(len(one & other) for one, other in pairwise(running))


@given(st.lists(ROLES, min_size=3, max_size=3), PAST, st.integers(1, 3), st.data())
@settings(max_examples=60, deadline=None)
def test_the_best_there_is(
    able: list[frozenset[int]], past: list[Held], rounds: int, data: st.DataObject
) -> None:
    start = Shares((0, 1), tuple(able), tuple(past), ())
    choices = list(every_round(start))
    every = [Shares((0, 1), tuple(able), tuple(past), held) for held in product(choices, repeat=rounds)]
    shares = data.draw(st.sampled_from(every))
    best = min(measured(one) for one in every)
    ahead, uneven, running = measured(shares)
    table = shares.table.sorted
    assert least_ahead(table, ahead) == best[0]
    assert ahead > best[0] or least_uneven(table, best[0], uneven) == min(uneven, best[1])
    needless, more, unequal = shares.unfair()
    assert more == ahead - best[0]
    assert unequal == (0 if more else uneven - best[1])
    # Of roles that stay with somebody only those are told that other turns would do without.
    as_fair = [one for one in every if measured(one)[:2] <= (ahead, uneven)]
    assert 0 <= needless <= running - min(measured(one)[2] for one in as_fair)


def test_nobody_there_or_no_rounds_left() -> None:
    assert Shares((), (), (), ()).unfair() == (0, 0, 0)
    assert Shares((0,), (frozenset({0}),) * 2, (), ()).unfair() == (0, 0, 0)
    assert Shares((0, 1), (frozenset(), frozenset()), (), (frozenset(),)).unfair() == (0, 0, 0)
