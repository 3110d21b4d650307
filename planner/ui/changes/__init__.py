"""The page for what changes."""
