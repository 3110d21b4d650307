"""The engines, held against the plain account and against brute force."""
