"""HTTP: the hub's pages, chats and API, a provider's web hooks, and the web hooks and exports that the hub sends.

Requests are read, limited and answered here; whose something is and what may be done with it, the functions of the
database decide behind the ports of `app.services`. Pages say their words in both languages in `*_words`.
"""
