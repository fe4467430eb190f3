"""Alembic's entry: runs on the connection that `tasks.store.opening` hands over."""

from alembic import context

from tasks.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,  # SQLite can: the connection begins its transactions itself
)
context.run_migrations()
