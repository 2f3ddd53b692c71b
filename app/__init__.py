"""Everything without Qt: the rules, the services, the store, the engines and the processes that join them.

Which package may import which stands in `pyproject.toml`. What draws or needs an event loop of Qt belongs to `ui`.
"""
