"""Rotas of roles, solved exactly, and roles after a change of members."""
