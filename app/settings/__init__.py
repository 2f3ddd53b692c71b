"""Typed settings, paths and the keyring."""
