"""The steps that lead a ledger's database from one schema to the next, by alembic."""
