"""The SIP engine process of one desk, its messages, and the client that the desk talks to it with."""
