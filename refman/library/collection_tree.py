"""Collections: papers put together by hand, nested as deep as one likes."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from refman.db import schema
from refman.db.database import Database
from refman.errors import RefmanError, UsageError
from refman.i18n import _
from refman.library.changes import Changes, papers, touched
from refman.library.storing import batches, new_id, present
from refman.model.text import squeeze


@dataclass(frozen=True, slots=True)
class CollectionNode:
    """A collection. `path` is its name behind those it lies in: `Thesis/Chapter 2`."""

    id: int
    parent: int | None
    name: str
    count: int
    path: str


class Collections:
    """Verbs on collections."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tree(self) -> list[CollectionNode]:
        """All collections, parents first; the trash is not counted."""
        with self._database.read() as connection:
            return tree(connection)

    def find(self, path: str) -> int | None:
        """The collection of a path, in any case."""
        with self._database.read() as connection:
            return find(connection, path)

    def create(self, name: str, parent: int | None = None) -> Changes:
        """Make a collection. Its id is that of `find` afterwards."""
        name = _checked_name(name)
        label = _("New collection “{name}”").format(name=name)
        with self._database.write(label) as connection:
            if parent is not None:
                _known(connection, parent)
            _check_free(connection, name, parent)
            connection.execute(insert(schema.collection).values(name=name, parent=parent))
        return Changes(label, count=1)

    def rename(self, collection_id: int, name: str) -> Changes:
        """Rename a collection."""
        name = _checked_name(name)
        label = _("Rename collection to “{name}”").format(name=name)
        c = schema.collection.c
        with self._database.write(label) as connection:
            node = _known(connection, collection_id)
            if node.name == name:
                return Changes(label)
            _check_free(connection, name, node.parent, but_for=collection_id)
            connection.execute(
                update(schema.collection).where(c.id == collection_id).values(name=name)
            )
        return Changes(label, count=1)

    def move(self, collection_id: int, parent: int | None) -> Changes:
        """Put a collection into another, or None for the top."""
        label = _("Move collection")
        c = schema.collection.c
        with self._database.write(label) as connection:
            node = _known(connection, collection_id)
            if node.parent == parent:
                return Changes(label)
            above = parent
            while above is not None:
                if above == collection_id:
                    raise UsageError(_("A collection cannot be moved into itself."))
                above = _known(connection, above).parent
            _check_free(connection, node.name, parent, but_for=collection_id)
            connection.execute(
                update(schema.collection).where(c.id == collection_id).values(parent=parent)
            )
        return Changes(label, count=1)

    def delete(self, collection_id: int) -> Changes:
        """Delete a collection and those in it. The papers stay in the library."""
        with self._database.read() as connection:
            name = _known(connection, collection_id).name
        label = _("Delete collection “{name}”").format(name=name)
        with self._database.write(label) as connection:
            doomed = {collection_id}
            for node in tree(connection):  # parents before children
                if node.parent in doomed:
                    doomed.add(node.id)
            for node_id in sorted(doomed, reverse=True):
                held = schema.collection_entry.c.collection
                connection.execute(delete(schema.collection_entry).where(held == node_id))
            connection.execute(
                delete(schema.collection).where(schema.collection.c.id == collection_id)
            )
        return Changes(label, count=1, everything=True)

    def add(self, collection_id: int, ids: Collection[int]) -> Changes:
        """Put papers into a collection."""
        with self._database.read() as connection:
            name = _known(connection, collection_id).name
        label = _("Add {papers} to “{name}”").format(papers=papers(len(ids)), name=name)
        with self._database.write(label) as connection:
            changed = put_into(connection, collection_id, ids)
        return touched(label, changed)

    def remove(self, collection_id: int, ids: Collection[int]) -> Changes:
        """Take papers out of a collection; they stay in the library."""
        with self._database.read() as connection:
            name = _known(connection, collection_id).name
        label = _("Take {papers} out of “{name}”").format(papers=papers(len(ids)), name=name)
        held = schema.collection_entry.c
        changed: list[int] = []
        with self._database.write(label) as connection:
            for some in batches(ids):
                inside = (held.collection == collection_id, held.entry.in_(some))
                changed.extend(connection.scalars(select(held.entry).where(*inside)))
                connection.execute(delete(schema.collection_entry).where(*inside))
        return touched(label, changed)

    def add_to_path(self, path: str, ids: Collection[int]) -> Changes:
        """Put papers into the collection of `path`, made where it is not there."""
        path = "/".join(checked_path(path))
        label = _("Add {papers} to “{name}”").format(papers=papers(len(ids)), name=path)
        with self._database.write(label) as connection:
            ids = present(connection, ids)
            changed = put_into(connection, ensure(connection, path), ids) if ids else []
        return touched(label, changed)


# --- steps ------------------------------------------------------------------------------


def tree(connection: Connection) -> list[CollectionNode]:
    """All collections, parents before children, by name within one."""
    c, ce, e = schema.collection.c, schema.collection_entry.c, schema.entry.c
    counted = (
        select(ce.collection, func.count().label("count"))
        .join_from(schema.collection_entry, schema.entry)
        .where(e.trashed.is_(None))
        .group_by(ce.collection)
        .subquery()
    )
    rows = connection.execute(
        select(c.id, c.parent, c.name, func.coalesce(counted.c.count, 0).label("count"))
        .outerjoin_from(schema.collection, counted, counted.c.collection == c.id)
        .order_by(c.position, func.lower(c.name), c.id)
    ).all()
    children: dict[int | None, list[tuple[int, str, int]]] = {}
    for node_id, parent, name, count in rows:
        children.setdefault(parent, []).append((node_id, name, count))
    nodes: list[CollectionNode] = []
    stack: list[tuple[int | None, str, tuple[int, str, int]]] = [
        (None, "", child) for child in reversed(children.get(None, []))
    ]
    while stack:
        parent, above, (node_id, name, count) = stack.pop()
        path = f"{above}/{name}" if above else name
        nodes.append(CollectionNode(node_id, parent, name, count, path))
        stack.extend((node_id, path, child) for child in reversed(children.get(node_id, [])))
    return nodes


def find(connection: Connection, path: str) -> int | None:
    """The id of a path, in any case."""
    wanted = "/".join(_parts(path)).casefold()
    return next((n.id for n in tree(connection) if n.path.casefold() == wanted), None)


def ensure(connection: Connection, path: str) -> int:
    """The collection of `path`, with those above it made where they are not there."""
    parts = checked_path(path)
    parent: int | None = None
    for depth, name in enumerate(parts, 1):
        known = find(connection, "/".join(parts[:depth]))
        if known is None:
            result = connection.execute(insert(schema.collection).values(name=name, parent=parent))
            known = new_id(result)
        parent = known
    assert parent is not None
    return parent


def put_into(
    connection: Connection,
    collection_id: int,
    ids: Collection[int],
    *,
    listing: int | None = None,
) -> list[int]:
    """Put papers into a collection. Those that were not in it; who is gone is passed over.

    `listing` is the import that does it.
    """
    held = schema.collection_entry.c
    inside: set[int] = set()
    for some in batches(ids):
        inside.update(
            connection.scalars(
                select(held.entry).where(held.collection == collection_id, held.entry.in_(some))
            )
        )
    new = [entry_id for entry_id in present(connection, ids) if entry_id not in inside]
    if new:
        connection.execute(
            insert(schema.collection_entry),
            [
                {"collection": collection_id, "entry": entry_id, "listing": listing}
                for entry_id in new
            ],
        )
    return new


@dataclass(frozen=True, slots=True)
class _Node:
    name: str
    parent: int | None


def _known(connection: Connection, collection_id: int) -> _Node:
    c = schema.collection.c
    row = connection.execute(select(c.name, c.parent).where(c.id == collection_id)).one_or_none()
    if row is None:
        raise RefmanError(_("This collection is not in the library any more."))
    return _Node(row.name, row.parent)


def checked_path(path: str) -> list[str]:
    """The names that make up a path. Raises UsageError where there is none."""
    parts = _parts(path)
    if not parts:
        raise UsageError(_("A collection needs a name: type one."))
    return parts


def _parts(path: str) -> list[str]:
    return [name for part in path.split("/") if (name := squeeze(part))]


def _checked_name(name: str) -> str:
    name = squeeze(name).replace("/", "∕")
    if not name:
        raise UsageError(_("A collection needs a name: type one."))
    return name


def _check_free(
    connection: Connection, name: str, parent: int | None, but_for: int | None = None
) -> None:
    for node in tree(connection):
        same = node.parent == parent and node.name.casefold() == name.casefold()
        if same and node.id != but_for:
            raise UsageError(_("There is a collection “{name}” here already.").format(name=name))
