"""Blocks of a term: light refreshes, and the social golfer problem."""
