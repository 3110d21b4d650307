"""Blocks: light refreshes, and rounds in which nobody meets twice."""
