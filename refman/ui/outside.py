"""What is opened outside the program, web pages and files; and what is copied."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
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


def open_folder(path: str | Path) -> str:
    """Open the folder that a file lies in; a sentence where that cannot be, else ''."""
    folder = Path(path).parent
    if not str(path) or not folder.is_dir():
        return _("The folder {path} is not there any more.").format(path=folder)
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
        return ""
    return _("No program could be started for the folder {path}.").format(path=folder)


def copy(text: str, html: str = "", markdown: str = "") -> None:
    """Put `text` on the clipboard, and beside it what else it is for programs that take that."""
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    if markdown:
        data.setData("text/markdown", markdown.encode())
    QGuiApplication.clipboard().setMimeData(data)
