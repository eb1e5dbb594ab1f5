"""What is opened outside the program, web pages and files; and what is copied."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication


def open_address(address: str) -> None:
    """Open a web address in the browser. Anything but a web address is left alone."""
    url = QUrl(address)
    if url.scheme() in ("http", "https", "ftp"):
        QDesktopServices.openUrl(url)


def open_file(path: str | Path) -> bool:
    """Open a file with the program that the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def copy(text: str) -> None:
    """Put `text` on the clipboard."""
    QGuiApplication.clipboard().setText(text)
