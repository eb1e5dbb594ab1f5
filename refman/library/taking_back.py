"""Taking an import back, whatever came after it: the rows go, the page and its text are kept."""

from sqlalchemy import Connection, select, update

from refman.db import schema
from refman.errors import RefmanError
from refman.i18n import _
from refman.library.changes import Changes, papers
from refman.library.pages import Kept, TakeBack, listing_of
from refman.library.storing import now
from refman.library.withdrawing import decide, withdraw
from refman.progress import Progress

_MANY = 500  # papers, above which a view does not ask which they are
_NAMED = 3  # papers that stay and are named in the message


def preview(connection: Connection, listing_id: int) -> TakeBack:
    """What `take_back` would do. Raises RefmanError where there is nothing to take back."""
    _check(connection, listing_id)
    decision = decide(connection, _rows(connection, listing_id))
    staying = {row.entry for row in decision.leaving} & decision.staying
    return TakeBack(len(decision.going), len(staying), tuple(decision.kept))


def take_back(connection: Connection, listing_id: int, label: str, progress: Progress) -> Changes:
    """Step: take an import back; only papers that somebody did something with stay, with their
    rows. Raises RefmanError where there is nothing to take back, Cancelled."""
    _check(connection, listing_id)
    ids = _rows(connection, listing_id)
    progress.start(label, len(ids))
    gone = withdraw(connection, ids, moment := now(), _("The import was taken back."), progress)
    lst = schema.listing
    connection.execute(update(lst).where(lst.c.id == listing_id).values(taken_back=moment))
    touched = gone.changed | gone.deleted
    return Changes(
        label,
        touched,
        max(len(touched), 1),
        everything=len(touched) > _MANY,
        message=_message(len(gone.deleted), len(gone.changed), gone.kept),
    )


def _check(connection: Connection, listing_id: int) -> None:
    if listing_of(connection, listing_id).taken_back:
        raise RefmanError(_("This import was taken back before."))


def _rows(connection: Connection, listing_id: int) -> list[int]:
    s = schema.sighting.c
    return list(connection.scalars(select(s.id).where(s.listing == listing_id)))


def _message(deleted: int, changed: int, kept: tuple[Kept, ...]) -> str:
    said = [_("{papers} gone").format(papers=papers(deleted))]
    if changed:
        said.append(_("{papers} known otherwise, too").format(papers=papers(changed)))
    sentence = _("{counts}.").format(counts=", ".join(said))
    if not kept:
        return sentence
    named = "; ".join(
        _("“{title}” ({reasons})").format(title=one.title, reasons=", ".join(one.reasons))
        for one in kept[:_NAMED]
    )
    if len(kept) > _NAMED:
        named = _("{named}; and {n:,} more").format(named=named, n=len(kept) - _NAMED)
    return _("{sentence} {papers} kept, because somebody did something since: {named}.").format(
        sentence=sentence, papers=papers(len(kept)), named=named
    )
