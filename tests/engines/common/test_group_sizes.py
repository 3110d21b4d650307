"""The cheapest sizes of the groups of a class."""

from planner.engines.common.group_sizes import cheapest_sizes


def test_the_cheapest_sizes_add_up() -> None:
    assert cheapest_sizes({3: 1, 4: 5, 5: 2}, 8, 2) == 1 + 2
    assert cheapest_sizes({3: 9, 4: -5, 5: 2}, 8, 2) == -10
    assert cheapest_sizes({0: 4, 3: 1}, 3, 2) == 5


def test_there_is_none_where_no_sizes_fit() -> None:
    assert cheapest_sizes({3: 1, 4: 5}, 9, 2) is None
    assert cheapest_sizes({3: 1, 4: 5}, 5, 2) is None
    assert cheapest_sizes({0: 4, 3: -1}, 4, 2) is None
    assert cheapest_sizes({}, 4, 2) is None
