"""Manage: teams, agents, custom fields."""
