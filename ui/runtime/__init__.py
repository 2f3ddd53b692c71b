"""The Qt application, its event loop (qasync) and what belongs to the process: single instance, crash report, watchdog.

qasync is imported here alone. What an agent signs in to is `ui.session`'s.
"""
