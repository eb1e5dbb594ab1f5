"""Alembic's entry: runs the revisions on the connection that `db.upgrade` gives.

The transaction is the caller's. To add a revision: `versions/NNNN_what.py`, with `revision`
NNNN, the new SCHEMA_VERSION; change tables with `op.batch_alter_table`. Indexes and triggers
are not its business: they are taken away before, and made as `db.layout` says afterwards.
"""

from alembic import context

from refman.db import schema

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=schema.metadata,
    render_as_batch=True,
)
context.run_migrations()
