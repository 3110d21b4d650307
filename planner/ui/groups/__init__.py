"""The page of the groups: the plan, edits by hand, comparisons, downloads."""
