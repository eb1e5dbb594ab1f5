"""What is opened outside the program, web pages and files; and what is copied."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from refman.i18n import _


def open_address(address: str) -> str:
    """Open a web address in the browser; a sentence where that cannot be, else ''."""
    url = QUrl(address)
    if url.scheme() not in ("http", "https", "ftp"):
        return _("“{address}” is no web address: it has to begin with https://.").format(
            address=address
        )
    if QDesktopServices.openUrl(url):
        return ""
    return _("No browser could be started: open {address} in yours.").format(address=address)


def open_file(path: str | Path) -> str:
    """Open a file with the program the system has for it; a sentence where that cannot be."""
    if not Path(path).exists():
        return _("“{path}” is not there any more: put it back, or attach it anew.").format(
            path=path
        )
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return ""
    return _("No program could be started for “{path}”: open it in its folder.").format(path=path)


def copy(text: str) -> None:
    """Put `text` on the clipboard."""
    QGuiApplication.clipboard().setText(text)
