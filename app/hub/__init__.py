"""The headless process: starts, supervises and stops its workers, and carries out what the domain decides.

It knows ports alone: which database, switch or protocol is behind them is `app.bootstrap`'s. Rules belong to
`app.domain`, whole transactions (automations, levels, settling) to `app.store`.
"""
