"""The page of the courses, and which of them is open."""
