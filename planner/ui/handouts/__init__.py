"""The page for what travels with the groups."""
