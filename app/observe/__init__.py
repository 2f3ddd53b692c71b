"""Logging with redaction: one file a process.

What happened belongs to the log; what somebody should see belongs to a row or a state.
"""
