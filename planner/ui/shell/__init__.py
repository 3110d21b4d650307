"""What every page has around it: the frame, the course that is open, the bar with what can be done."""
