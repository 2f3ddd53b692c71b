"""The only places where ports meet adapters, one a process so that none drags in another's imports."""
