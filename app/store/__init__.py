"""The only SQL: schema, migrations, queries, change log and feed, blobs, the private server.

`schema/NAME` has what a migration runs: tables, policies, functions; who may do what is decided there. A module a
port, named as its service; whole transactions of the hub are here as well. Rules that need no row belong to
`app.domain`, which these modules call.
"""
