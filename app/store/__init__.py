"""The only SQL: schema, migrations, queries, change log and feed, blobs, the private server."""
