"""The fewest moves after a change of the class, then further objectives, lexicographically."""
