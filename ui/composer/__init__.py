"""Writing on a case: a note, a mail, an SMS, a chat, and the drop-down that chooses between them.

It knows no case view; the desk puts it there. To whom something goes and whether it may leave is
`app.desk.composer`'s.
"""
