"""Plans out of whole groups: column generation, closing the gap, large neighbourhood search."""
