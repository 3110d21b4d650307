"""What engines share: watch, compiled loops, the flat model, CP-SAT, prices and bounds."""
