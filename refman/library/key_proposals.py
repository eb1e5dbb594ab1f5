"""What the citation keys of papers would be by a pattern, before anything is changed.

What is proposed does not depend on the order in which the papers are named. A key that is or
was another paper's is never proposed; whoever has the key of the pattern, or has it with a
letter because another paper has it without, keeps it.
"""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection, select

from refman.db import schema
from refman.i18n import _
from refman.library.given_keys import is_kept
from refman.library.key_patterns import KeyPatterns
from refman.library.storing import batches, load
from refman.model.citation_key import disambiguate, legal
from refman.progress import Progress

_LETTERS = re.compile("[a-z]{1,2}")

_e, _s = schema.entry.c, schema.sighting.c
# The papers whose key is one that a page gave them (`records.to_json`).
_CAME = select(_s.entry).where(
    _s.entry == _e.id, _s.fields.like('%"key":"' + _e.citation_key + '"%')
)

# Whether a key is, or was, of another paper than the one with that id.
Taken = Callable[[str, int], bool]


@dataclass(frozen=True, slots=True)
class KeyChange:
    """The key of a paper, and the one that it would have; the same where it stays.

    `given` says that the old key is known outside the library: it was exported or copied, or
    came with a file, whose texts may cite it. `reason` is a sentence where
    the new key is not just what the pattern gives, else ''.
    """

    entry_id: int
    old: str
    new: str
    given: bool
    reason: str = ""


def propose(
    connection: Connection,
    ids: Collection[int],
    patterns: KeyPatterns,
    taken: Taken,
    progress: Progress,
) -> list[KeyChange]:
    """The keys of `ids`, in their order, each once; papers that are gone are left out.

    Raises Cancelled.
    """
    e, g = schema.entry.c, schema.citation_key_given.c
    old: dict[int, tuple[str, bool]] = {}
    wanted: dict[int, str] = {}
    alone = set(ids)
    progress.start(_("Making citation keys"), len(alone))
    for some in batches(alone):
        progress.advance(len(some))
        rows = connection.execute(
            select(e.id, e.citation_key, g.key)
            .outerjoin_from(
                schema.entry,
                schema.citation_key_given,
                (g.key == e.citation_key) & (g.given != ""),
            )
            .where(e.id.in_(some))
        )
        came = set(connection.scalars(_CAME.where(_s.entry.in_(some))))
        old.update({row[0]: (row[1], row[2] is not None or row[0] in came) for row in rows})
        wanted.update({i: legal(patterns.key(one)) for i, one in load(connection, some).items()})
    settled = _settle({i: (key, wanted[i]) for i, (key, _given) in old.items()}, taken, progress)
    return [
        KeyChange(i, old[i][0], settled[i], old[i][1], _reason(old[i][0], wanted[i], settled[i]))
        for i in dict.fromkeys(ids)
        if i in old
    ]


def _settle(keys: dict[int, tuple[str, str]], taken: Taken, progress: Progress) -> dict[int, str]:
    """A key of its own for each paper, by the (old, wanted) of all."""
    settled: dict[int, str] = {}
    chosen: dict[str, int] = {}

    def is_taken(key: str, entry_id: int) -> bool:
        return chosen.get(key.casefold(), entry_id) != entry_id or taken(key, entry_id)

    def choose(entry_id: int, key: str) -> None:
        settled[entry_id] = key
        chosen[key.casefold()] = entry_id

    ordered = sorted(keys, key=lambda entry_id: (keys[entry_id][0].casefold(), entry_id))
    for entry_id in ordered:
        old, wanted = keys[entry_id]
        if not wanted:
            choose(entry_id, old)
        elif old.casefold() == wanted.casefold():
            choose(entry_id, wanted)
    for entry_id in ordered:
        old, wanted = keys[entry_id]
        if entry_id not in settled and _is_lettered(old, wanted) and is_taken(wanted, entry_id):
            choose(entry_id, old)
    for entry_id in ordered:
        if entry_id not in settled:
            progress.check()
            others = partial(is_taken, entry_id=entry_id)
            choose(entry_id, disambiguate(keys[entry_id][1], others))
    return settled


def _is_lettered(key: str, base: str) -> bool:
    return key.startswith(base) and _LETTERS.fullmatch(key[len(base) :]) is not None


def _reason(old: str, wanted: str, new: str) -> str:
    if not wanted:
        return _("The pattern gives nothing for this paper.")
    if new == wanted:
        return ""
    said = (
        _("“{key}” is another paper's: its letter stays.")
        if new == old
        else _("“{key}” is another paper's: a letter was added.")
    )
    return said.format(key=wanted)


def owners(connection: Connection) -> Taken:
    """Every key there is and ever was, read at once: for many questions."""
    e, k, g = schema.entry.c, schema.entry_key.c, schema.citation_key_given.c
    a = schema.entry_alias.c
    entries = {row.uuid: row.id for row in connection.execute(select(e.id, e.uuid))}
    entries.update((row.uuid, row.entry) for row in connection.execute(select(a.uuid, a.entry)))
    owner: dict[str, int] = {}
    for key, uuid in connection.execute(select(g.key, g.uuid).where(is_kept())):
        owner[key.casefold()] = entries.get(uuid, 0)  # 0: of a paper that is gone
    for query in (select(k.key, k.entry), select(e.citation_key, e.id)):
        owner.update((key.casefold(), entry_id) for key, entry_id in connection.execute(query))
    return lambda key, entry_id: owner.get(key.casefold(), entry_id) != entry_id
