"""Asterisk: the private instance, the ARI client and the carrying out of routing decisions."""
