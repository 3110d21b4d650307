"""Sample data and measurements; nothing here is needed to plan a class."""
