"""The page of the class list."""
