"""Migrations: expand, then contract; each revision runs the SQL files of its own folder in app/store/schema."""
