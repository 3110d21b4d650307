"""Whose turn it is, solved exactly, and roles after a change of members."""
