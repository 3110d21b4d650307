"""Engines: they read an `Instance` and know nothing of rules, files or pages."""
