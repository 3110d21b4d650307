"""Simulated terms: which group size stays calm when students leave."""
