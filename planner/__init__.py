"""Hecht: small, stable study groups, planned with proof."""

__version__ = "0.1.0"
