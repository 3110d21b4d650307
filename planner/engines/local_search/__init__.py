"""Simulated annealing: a good plan at once."""
