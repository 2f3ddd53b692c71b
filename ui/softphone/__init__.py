"""The phone on the desk: the call bar and the cards over work."""
