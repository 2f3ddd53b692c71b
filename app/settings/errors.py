"""The errors whose text is meant for the person at the screen."""


class MendableError(Exception):
    """Something the user can mend: the text is one sentence that says what is wrong and what to do."""
