"""The fewest moves, and what comes after them, one objective after another."""
