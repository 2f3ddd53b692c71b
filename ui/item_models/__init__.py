"""Qt item models over pages of ids with a row cache; nothing fetches inside data()."""
