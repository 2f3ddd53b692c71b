"""The desk without Qt: presenters (frozen state and intents), the command registry, the local journal.

What an agent sees and may do next is decided here, over the ports of `app.services`; its sentences are English with
their details apart (`wording`). How it looks, widgets and translations belong to `ui`, rules that the hub obeys too
to `app.domain`.
"""
