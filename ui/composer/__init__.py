"""Writing on a case: the note now, the mail later. It knows no case view; the desk puts it there."""
