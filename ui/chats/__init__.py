"""Chats over the work: the card of one that asks, and the bar over a case whose chat is another's.

Writing in a chat belongs to `ui.composer`, what was said to the case's timeline in `ui.objects`.
"""
