"""Asterisk: the private instance, its configuration, the ARI client, and the ports of calls and text messages on it.

It does what it is told and tells what happened; where a call goes is decided in `app.domain` and obeyed by
`app.hub`.
"""
