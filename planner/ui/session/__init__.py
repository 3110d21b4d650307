"""What a coordinator has on the page, how it is saved, and who works on it."""
