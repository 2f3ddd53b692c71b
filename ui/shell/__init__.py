"""The main window: rail, top bar, list, case, customer panel, palette."""
