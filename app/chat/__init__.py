"""SMS by a provider: sending over its HTTP interface, reading what it brings, and a double of it for demo and tests.

Behind the ports of ledger and outbox, as mail is. SMS over SIP is `app.switch`'s, a provider's web hooks and the
web chat are `app.web`'s, what becomes of a message is decided in `app.domain` and settled by `app.hub`.
"""
