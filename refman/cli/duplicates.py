"""Papers that are the same: list and merge them, keep them apart, take them apart again."""

import json
from collections.abc import Iterator, Mapping

import click

from refman.cli.command import HELP, done, library_option, opened, paper, tell
from refman.cli.progress_line import progress_shown
from refman.errors import UsageError
from refman.i18n import _
from refman.library import Cluster, Library, TableRow
from refman.library.changes import papers
from refman.library.matching import CERTAIN, LIKELY, POSSIBLE


@click.command(context_settings=HELP)
@library_option
@click.option("--scan", is_flag=True, help="Look at papers that are new or changed first.")
@click.option("--all-again", is_flag=True, help="Look at all papers again first.")
@click.option("--merge-certain", is_flag=True, help="Look, and merge all that are certain.")
@click.option("--json", "as_json", is_flag=True, help="Print it for programs.")
def duplicates(scan: bool, all_again: bool, merge_certain: bool, as_json: bool) -> None:
    """List papers that may be the same.

    A group is how sure it is (certain, likely, possible) and why; below it stand the citation
    keys and titles of its papers, that which is best kept first. `refman merge` and
    `refman keep-apart` settle one.
    """
    scan = scan or all_again or merge_certain
    with opened(read_only=not scan) as library:
        verbs = library.duplicates
        if scan:
            with progress_shown() as progress:
                looked = verbs.scan(progress, everything=all_again)
            if looked.message and not merge_certain:
                tell(looked.message)
        if merge_certain:
            with progress_shown() as progress:
                merged = verbs.merge_certain(progress)
            done(merged, _("No papers are certainly the same."))
        found = verbs.clusters()
        rows = _rows(library, found)
        unscanned = verbs.unscanned()
    if as_json:
        click.echo(
            json.dumps([_object(each, rows) for each in found], ensure_ascii=False, indent=1)
        )
    else:
        for each in found:
            click.echo("\n".join(_lines_of(each, rows)))
        if not found and not scan:
            tell(_("No duplicates are known."))
    if unscanned:
        tell(
            _("Not looked at yet: {papers}. `refman duplicates --scan` does.").format(
                papers=papers(unscanned)
            )
        )


@click.command("keep-apart", context_settings=HELP)
@library_option
@click.argument("keys", metavar="KEY KEY…", nargs=-1, required=True)
def keep_apart(keys: tuple[str, ...]) -> None:
    """Say that papers are not the same, no two of them.

    It is remembered for ever: neither an import nor `refman duplicates` joins them or asks again,
    even if they are deleted and imported once more.
    """
    with opened() as library:
        ids = list(dict.fromkeys(paper(library, key) for key in keys))
        if len(ids) < 2:
            raise UsageError(_("Name two papers or more that are not the same."))
        done(library.duplicates.keep_apart(ids), _("That is known already."))


@click.command(context_settings=HELP)
@library_option
@click.argument("key")
def part(key: str) -> None:
    """Take a paper out of the one that it was merged into.

    KEY is the citation key that it had then, or that of the paper if only one was merged into it.
    Both are as they were, with what came later left where it is; they are kept apart from now on.
    """
    with opened() as library:
        parts = library.duplicates.parts(paper(library, key))
        if not parts:
            raise UsageError(
                _(
                    "No paper of its own was merged into “{key}”, or it was taken out again. A row "
                    "that an import merged with it becomes one by `refman review N --keep-apart "
                    "ROW`, N as in `refman imports`."
                ).format(key=key)
            )
        named = [one for one in parts if one.citation_key.casefold() == key.casefold()]
        if len(parts) > 1 and not named:
            known = ", ".join(one.citation_key for one in parts)
            raise UsageError(
                _("More than one paper was merged into “{key}”. Name one of them: {keys}.").format(
                    key=key, keys=known
                )
            )
        done(library.duplicates.part((named or parts)[0].uuid), "")


def _rows(library: Library, found: list[Cluster]) -> dict[int, TableRow]:
    ids = list(dict.fromkeys(entry_id for cluster in found for entry_id in cluster.ids))
    return dict(zip(ids, library.search.rows(ids), strict=True))


def _lines_of(cluster: Cluster, rows: Mapping[int, TableRow]) -> Iterator[str]:
    tiers = {CERTAIN: _("certain"), LIKELY: _("likely"), POSSIBLE: _("possible")}
    yield f"{tiers[cluster.tier]}\t{'; '.join(_reasons(cluster))}"
    for entry_id in cluster.ids:
        row = rows[entry_id]
        yield f"\t{row.citation_key}\t{row.title}"


def _object(cluster: Cluster, rows: Mapping[int, TableRow]) -> dict[str, object]:
    tiers = {CERTAIN: "certain", LIKELY: "likely", POSSIBLE: "possible"}
    return {
        "tier": tiers[cluster.tier],
        "title": cluster.title,
        "preprint": cluster.preprint,
        "papers": [
            {"citation-key": rows[i].citation_key, "title": rows[i].title} for i in cluster.ids
        ],
        "pairs": [
            {
                "papers": [rows[i].citation_key for i in (pair.first, pair.second)],
                "tier": tiers[pair.tier],
                "reasons": list(pair.reasons),
            }
            for pair in cluster.pairs
        ],
    }


def _reasons(cluster: Cluster) -> list[str]:
    """Each once, those of the surest pairs first."""
    return list(dict.fromkeys(reason for pair in cluster.pairs for reason in pair.reasons))
