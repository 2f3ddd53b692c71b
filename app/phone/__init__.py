"""The SIP engine process of one desk, its messages, and the client that the desk talks to it with.

pjsua2 is imported here alone, its objects are touched by one thread. Where a call goes is never decided here: the
phone has one leg and does what desk and switch say. The customer's telephone of demo and tests is here as well.
"""
