"""The specification: what every rule finds in a finished plan or term, with no engine."""
