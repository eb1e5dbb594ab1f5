"""Which imports are of the same page, so that they stand folded under the newest of them."""

from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # none is read before the first papers are shown
    from refman.library import Listing


def pages_of(listings: "Sequence[Listing]") -> "list[list[Listing]]":
    """The imports by page, in the order of `listings`; of a page, those taken back come last.

    As the library has it, two imports of one format are of the same page if their texts are
    the same, or they come from the same file, or head the same profile.
    """
    leaders = list(range(len(listings)))
    known: dict[Hashable, int] = {}

    def leader(place: int) -> int:
        while leaders[place] != place:
            place = leaders[place]
        return place

    for place, listing in enumerate(listings):
        for sign in _signs(listing):
            one, other = sorted((leader(place), leader(known.setdefault(sign, place))))
            leaders[other] = one
    pages: dict[int, list[Listing]] = {}
    for place, listing in enumerate(listings):
        pages.setdefault(leader(place), []).append(listing)
    return [sorted(page, key=lambda each: bool(each.taken_back)) for page in pages.values()]


def _signs(listing: "Listing") -> Iterator[Hashable]:
    if listing.source_sha256:
        yield listing.format, "text", listing.source_sha256
    if listing.path:
        yield listing.format, "path", listing.path
    if listing.header.name:
        yield listing.format, "profile", listing.header.name, listing.header.subject
