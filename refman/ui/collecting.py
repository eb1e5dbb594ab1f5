"""Python's garbage collection in the window's thread alone, between two events.

Left to itself it runs in whichever thread happens to allocate, at any place. A cycle that
holds a widget would then be destroyed outside the window's thread, or in the midst of one of
Qt's own calls, and either ends the program.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL = 1000  # ms between two looks


class Collector(QObject):
    """Collects from a timer, by the interpreter's own thresholds, while it lives."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.collect)
        self._timer.start(INTERVAL)

    def collect(self) -> None:
        """Collect the oldest generation that is due (gc.set_threshold), and those below it."""
        due = [
            generation
            for generation, (count, limit) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if count > limit > 0
        ]
        if due:
            gc.collect(max(due))

    def stop(self) -> None:
        """Leave collection to the interpreter again."""
        self._timer.stop()
        gc.enable()
