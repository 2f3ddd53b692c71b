"""guichetctl: the commands of administrators and of the scripts in build/, one module a command.

A command reads its words, calls what `app.bootstrap` or `app.store` does, and prints; imported only when it is
given. Work that a desk or the hub needs as well does not belong here.
"""
