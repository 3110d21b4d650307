"""The use cases, as command line and pages ask for them."""
