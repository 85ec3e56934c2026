"""Lets alembic lead a ledger's database from one schema to the next, within the transaction that it is handed."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
