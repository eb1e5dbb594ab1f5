"""JabRef's groups: the tree in a `@comment{jabref-meta: …}`, as collections and who is in them.

    tree  = { level " " kind ":" name "\\;" … ";" }

`grouping:` is what it is called since version 4, where each entry names its groups;
`groupstree:` before that, where an ExplicitGroup lists the keys of its entries. Groups that
are a search (KeywordGroup, SearchGroup) have no members of their own, and are told.
"""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from refman.formats.bibtex.grammar import end_of_piece

_TREE = re.compile(r"\s*jabref-meta:\s*(?:grouping|groupstree):", re.IGNORECASE)
_NODE = re.compile(r"\s*(\d+)\s+(\w+):(.*)", re.DOTALL)
_UNIT = re.compile(r"((?:[^;\\]|\\.?)*+)(?:;|$)", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_WITH_MEMBERS = ("ExplicitGroup", "StaticGroup")
_DEEPEST = 100
_MOST = 20_000  # groups


class Groups(NamedTuple):
    """`paths` (`A/B`) by the names of groups; `members`, paths by keys without their case;
    `searches`, the names of groups that are a search by where their comments' text begins."""

    paths: dict[str, str]
    members: dict[str, list[str]]
    searches: dict[int, list[str]]


def read_groups(text: str, place: int, groups: Groups) -> bool:
    """Add the groups of the comment in which `jabref-meta` stands at `place` of `text`. False
    where the comment has no end."""
    brace = text.rfind("{", max(place - 20, 0), place)
    end = end_of_piece(text, brace) if brace >= 0 else -1
    head = _TREE.match(text, brace + 1) if end >= 0 else None
    if not head:
        return end >= 0
    # JabRef breaks long lines wherever they are.
    path: list[str] = []
    units = _units(text[head.end() : end - 1].replace("\n", ""))
    for unit in islice(units, _MOST):
        node = _NODE.fullmatch(unit)
        if not node or int(node[1]) > _DEEPEST:
            continue
        level, kind, parts = int(node[1]), node[2], list(_units(node[3]))
        del path[max(level - 1, 0) :]
        name = parts[0].strip() if parts else ""
        if kind == "AllEntriesGroup" or not name:
            continue
        path.append(name)
        whole = "/".join(path)
        groups.paths.setdefault(name, whole)
        if kind.endswith("Group") and kind not in _WITH_MEMBERS:
            groups.searches.setdefault(brace + 1, []).append(name)
        if kind == "ExplicitGroup":
            for key in filter(None, parts[2:]):
                groups.members.setdefault(key.casefold(), []).append(whole)
    return True


def _units(text: str) -> Iterator[str]:
    """The pieces of `text` that each end in a semicolon, without the backslashes of escapes."""
    for unit in _UNIT.finditer(text):
        yield _ESCAPED.sub(r"\1", unit[1])
