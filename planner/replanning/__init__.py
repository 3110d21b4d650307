"""Planning again: who left and came, the fewest moves, alternatives, volunteers, reasons."""
