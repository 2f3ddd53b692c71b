"""What things are and the rules they obey: frozen dataclasses and pure functions, no I/O, no clock of its own.

Time, settings and what the store knows come as arguments, effects go out as values. Ports belong to `app.services`;
what can only be said in SQL to `app.store`, with a test that both mean the same.
"""
