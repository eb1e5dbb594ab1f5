"""Bugs: written to a log with all that is known, and told once, to the window or on a line.

The window asks by `listen` to be told; the command line tells by `tell`. A user's error
(`RefmanError`) never comes here.
"""

import faulthandler
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType

from refman import __version__, paths
from refman.i18n import _

EXIT_STATUS = 4
LOG_SIZE = 1_000_000  # bytes; a greater log is put aside as `refman.log.1` before the next report

Listener = Callable[[str, Path | None], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have `listener(report, log)` called for every bug from now on, in the thread that had it.

    `log` is None where it could not be written.
    """
    _listeners.append(listener)


def stop_listening(listener: Listener) -> None:
    _listeners.remove(listener)


def report(error: BaseException) -> Path | None:
    """Log `error` and tell the listeners; the log's place, or None if it cannot be written."""
    text = describe(error)
    log = _write(text)
    for listener in tuple(_listeners):
        listener(text, log)
    return log


def tell(error: BaseException) -> int:
    """Report `error` and say so in one line on standard error; the exit status."""
    log = report(error)
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    if log:
        line = _("refman: this is a bug ({what}). Please report it with {log}").format(
            what=what, log=log
        )
    else:
        line = _("refman: this is a bug ({what}), and its log could not be written.").format(
            what=what
        )
    say(line)
    return EXIT_STATUS


def say(line: str) -> None:
    """Write `line` to standard error, which a program started without a terminal lacks."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            sys.stderr.write(line + "\n")


def describe(error: BaseException) -> str:
    """What a developer needs to know of `error`: when, which versions, where."""
    when = datetime.now().astimezone().isoformat(timespec="seconds")
    system = f"Python {platform.python_version()}, {platform.platform()}"
    return f"{when} refman {__version__}, {system}\n" + "".join(traceback.format_exception(error))


def install() -> None:
    """Catch what nothing else caught, in every thread of the window; the program goes on."""
    sys.excepthook = _on_exception
    threading.excepthook = _on_thread_exception
    sys.unraisablehook = _on_unraisable
    log = paths.log_file()
    with suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        # Kept open for good: after a crash in C code there is no time to open it.
        faulthandler.enable(log.open("a", encoding="utf-8"))


def _on_exception(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        tell(error)


def _on_thread_exception(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and args.exc_type is not SystemExit:
        tell(args.exc_value)


def _on_unraisable(args: "sys.UnraisableHookArgs") -> None:
    if args.exc_value is not None:
        tell(args.exc_value)


def _write(text: str) -> Path | None:
    log = paths.log_file()
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        if log.exists() and log.stat().st_size > LOG_SIZE:
            log.replace(log.with_name(log.name + ".1"))
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text + "\n")
    except OSError:
        return None
    return log
