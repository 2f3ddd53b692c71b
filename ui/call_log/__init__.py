"""My calls: the latest calls as a list, and the chosen one with what can be done about it.

Calls that are live belong to `ui.softphone`.
"""
