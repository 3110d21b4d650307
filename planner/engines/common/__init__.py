"""What engines share: watch, compiler options, flat arrays, CP-SAT, prices of groups, bounds."""
