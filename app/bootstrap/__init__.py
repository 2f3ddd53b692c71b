"""The only places where ports meet adapters, one a process so that none drags in another's imports.

What joins belongs here, and what plays the world around the demo (a caller, a post office, a visitor, a browser). A
decision that is found here belongs to `app.domain`, a query to `app.store`.
"""
