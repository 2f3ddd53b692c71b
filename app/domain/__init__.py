"""What things are and the rules they obey: frozen dataclasses and pure functions, no I/O, no clock of its own."""
