"""A good plan at once: simulated annealing."""
