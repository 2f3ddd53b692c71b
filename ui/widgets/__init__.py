"""Parts that several screens share: buttons with keycaps, pills, cards, fields, dialogs, editors of conditions.

They know no screen and ask no presenter; words that several screens say of domain values are here too (`*_words`). A
part with one user belongs to that user's package.
"""
