"""How far a command is, on one line of the terminal."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from refman.progress import Progress

INTERVAL = 0.2  # seconds between two looks at how far it is


@contextmanager
def progress_shown() -> Iterator[Progress]:
    """A Progress that is drawn on standard error as long as that is a terminal."""
    progress = Progress()
    if not sys.stderr.isatty():
        yield progress
        return
    finished = threading.Event()
    painter = threading.Thread(target=_paint, args=(progress, finished), daemon=True)
    painter.start()
    try:
        yield progress
    finally:
        finished.set()
        painter.join()


def _paint(progress: Progress, finished: threading.Event) -> None:
    drawn = False
    while not finished.wait(INTERVAL):
        count = f" {progress.done:,}/{progress.total:,}" if progress.total else ""
        sys.stderr.write(f"\r\x1b[K{progress.text}{count}")
        sys.stderr.flush()
        drawn = True
    if drawn:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()
