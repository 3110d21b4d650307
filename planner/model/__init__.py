"""Values that everything shares: students, groups, plans, findings, problems, messages, the instance."""
