"""Manage, and the pages that look like it: broadcasts, the agent's own replies, her profile.

A page is made of a presenter's record and of parts from `ui.widgets`; which pages there are, and in which order,
`ui.manage_desk` and the modules beside it say.
"""
