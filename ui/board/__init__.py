"""The supervisor's live board: figures, waiting and live calls, teams and agents, and what can be done with them.

What a chosen call may be told is decided by its presenter (`app.desk.board`).
"""
