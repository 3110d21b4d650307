"""A first plan and a term: groups, roles, how much effort, and what is proven."""
