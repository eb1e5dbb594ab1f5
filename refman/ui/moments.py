"""Moments as the reader's own calendar and clock show them."""

from PySide6.QtCore import QDateTime, QLocale, Qt


def moment(stamp: str) -> str:
    """A time stamp of the library (ISO 8601, UTC) as date and time of here."""
    time = QDateTime.fromString(stamp, Qt.DateFormat.ISODate)
    if not time.isValid():
        return stamp
    return QLocale().toString(time.toLocalTime(), "d MMM yyyy, HH:mm")


def day(stamp: str) -> str:
    """A time stamp or date as a day: `2 Jun 2026`."""
    time = QDateTime.fromString(stamp, Qt.DateFormat.ISODate)
    if not time.isValid():
        return stamp
    shown = time.toLocalTime() if "T" in stamp else time
    return QLocale().toString(shown.date(), "d MMM yyyy")
