"""The Qt application, its event loop (qasync) and what belongs to the process: single instance, crash report."""
