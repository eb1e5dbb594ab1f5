"""Moments as the reader's own calendar and clock show them."""

from PySide6.QtCore import QDateTime, QLocale, Qt


def moment(stamp: str) -> str:
    """A time stamp of the library (ISO 8601, UTC) as date and time of here."""
    time = QDateTime.fromString(stamp, Qt.DateFormat.ISODate)
    if not time.isValid():
        return stamp
    return QLocale().toString(time.toLocalTime(), "d MMM yyyy, HH:mm")


def short_moment(stamp: str) -> str:
    """The same without the year, for where it stands nearby: `2 Jun, 14:03`."""
    time = QDateTime.fromString(stamp, Qt.DateFormat.ISODate)
    return QLocale().toString(time.toLocalTime(), "d MMM, HH:mm") if time.isValid() else stamp


def day(stamp: str) -> str:
    """A time stamp or date as a day: `2 Jun 2026`."""
    time = QDateTime.fromString(stamp, Qt.DateFormat.ISODate)
    if not time.isValid():
        return stamp
    shown = time.toLocalTime() if "T" in stamp else time
    return QLocale().toString(shown.date(), "d MMM yyyy")
