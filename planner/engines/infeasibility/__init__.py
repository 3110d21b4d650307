"""Whether some of what is asked can hold, and the fewest of it that cannot."""
