"""The page of the term."""
