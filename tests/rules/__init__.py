"""Each rule alone, on given facts, without solving."""
