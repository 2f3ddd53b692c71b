"""Tasks as a list and a week, their dialog, and the reminder that rings.

When something rings is decided by `app.desk.reminders`.
"""
