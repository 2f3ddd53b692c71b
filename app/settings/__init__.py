"""Typed settings, paths, secrets, and the errors whose text is for the person at the screen.

What an installation says of itself (files beside `servers.toml`, the keyring). What an organisation sets up is rows
of its database, and belongs to `app.store`.
"""
