"""Engines: they read an `Instance` and know nothing of rules, files or pages.

- `common`: watch, compiler options, the instance as flat arrays, CP-SAT, group prices, bounds.
- `local_search`: simulated annealing, for a good plan at once at any size.
- `set_partitioning`: plans out of whole groups, with proof. Column generation with subset-row cuts,
  closing the gap, large neighbourhood search.
- `replanning`: a plan after dropouts and late enrolments with the fewest moves, lexicographically.
- `refreshing`: blocks of a term. Light refreshes by exchanges; the social golfer problem by designs
  and tabu search.
- `infeasibility`: whether requirements can hold together, and a smallest conflict among them.
- `roles`: whose turn it is at a role, and roles after a change of members.

Words: an *assignment* is the group of each student; it *holds* where every `must` cost is at zero.
Its *violation* is what `must` costs are broken by, its *cost* what all others come to, both in priced
units (see `planner.model.instance`). A *bound* is proven. What is best under a budget of work is
the same on every machine, since budgets are counted in proposals, steps or deterministic time.
"""
