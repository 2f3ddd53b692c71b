"""Mail: sources and transports (IMAP and SMTP, EWS, Graph), understanding a message, and making the bytes of one.

What becomes of a mail is decided in `app.domain` and kept by `app.store`. The libraries of the protocols are
imported here alone.
"""
