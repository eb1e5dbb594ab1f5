"""How far a long piece of work is, and the user's wish to stop it.

The worker calls `advance`; any other thread may read `done`, `total` and `text`
or call `cancel`. No locks: each attribute is written by one side only.
"""


class Cancelled(Exception):
    """Raised inside the worker after the user asked to stop; the transaction rolls back."""


class Progress:
    """A counter polled by whoever shows it. `total` is 0 while it is not known."""

    def __init__(self) -> None:
        self.text = ""
        self.done = 0
        self.total = 0
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        return self._cancelled

    def start(self, text: str, total: int = 0) -> None:
        """Begin a stage named `text` of `total` steps. Raises Cancelled."""
        self.check()
        self.text, self.total, self.done = text, total, 0

    def advance(self, steps: int = 1) -> None:
        """Count `steps` as done. Raises Cancelled once `cancel` was called."""
        self.check()
        self.done += steps

    def check(self) -> None:
        """Raises Cancelled once `cancel` was called."""
        if self._cancelled:
            raise Cancelled

    def cancel(self) -> None:
        self._cancelled = True
