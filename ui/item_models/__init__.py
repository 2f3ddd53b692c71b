"""Qt item models over pages of ids with a row cache; nothing fetches inside data().

How a row looks belongs to the screen that shows it.
"""
