"""Chats over the work: the card of one that asks, and the bar over a case whose chat is another's."""
