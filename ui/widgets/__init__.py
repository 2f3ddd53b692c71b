"""Shared parts of the screens: buttons with keycaps, pills, cards, fields, dialogs. They know no screen."""
