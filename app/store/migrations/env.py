"""Alembic's entry: runs inside the one transaction that app.store.database opened."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table_schema="guichet",
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
