"""The engines, held against the plain evaluation and against brute force."""
