"""Voice on real parts: a real Asterisk, real phones, and tones that somebody must hear."""
