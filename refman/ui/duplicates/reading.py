"""What the duplicates view reads, outside the window's thread."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from refman.errors import RefmanError
from refman.library import Library
from refman.library.duplicates import Cluster
from refman.ui.comparing import Compared, read_compared
from refman.ui.duplicates.arranging import Arranged, Choice, arrange


@dataclass(frozen=True, slots=True)
class ComparedCluster:
    """A group, its papers from left to right, and what comes of them if `compared`'s first stays.

    `compared` is None where one of them is gone: the list follows in a moment.
    """

    cluster: Cluster
    columns: tuple[int, ...]
    compared: Compared | None


def read_clusters(
    library: Library, choice: Choice, known: Sequence[Cluster] | None = None
) -> Arranged:
    """The groups as `choice` wants them: those that are `known`, or all of the library anew."""
    clusters = library.duplicates.clusters() if known is None else known
    found = frozenset(library.search.ids(choice.query)) if choice.query else None
    return Arranged(
        clusters,
        arrange(clusters, choice, found),
        Counter(cluster.tier for cluster in clusters),
        papers=library.search.counts().all,
        unscanned=library.duplicates.unscanned(),
    )


def read_cluster(
    library: Library, cluster: Cluster, columns: tuple[int, ...], keeper: int
) -> ComparedCluster:
    """Compare the papers of a group, of which `keeper` is to stay."""
    ids = [keeper, *(each for each in columns if each != keeper)]
    try:
        return ComparedCluster(cluster, columns, read_compared(library, ids))
    except RefmanError:
        return ComparedCluster(cluster, columns, None)
