"""The composition root: which of window and command line is meant, and with what settings.

`refman` alone, or with files, is the window; with a subcommand it is the command line, which
loads no Qt. Whatever goes wrong ends here as a sentence and an exit status.
"""

import ctypes
import gc
import importlib.util
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from refman import crash, i18n, paths, settings
from refman.errors import ReadError, RefmanError, UsageError
from refman.i18n import _
from refman.progress import Cancelled

_SQLITE = b"SQLite format 3\0"  # the first bytes of every library (sqlite.org/fileformat.html)


def main(arguments: Sequence[str]) -> int:
    """Do what `arguments` (without the program's name) ask for; the exit status."""
    try:
        return _run(arguments)
    except UsageError as error:
        _say(str(error))
        return 2
    except RefmanError as error:
        _say(str(error))
        return 3
    except (KeyboardInterrupt, Cancelled):
        _say(_("Stopped. Nothing was changed."))
        return 130
    except Exception as error:  # noqa: BLE001 - what nothing else caught is a bug: it is told here
        return crash.tell(error)


def _run(arguments: Sequence[str]) -> int:
    chosen, complaint = settings.load()
    i18n.install(chosen.language)
    if complaint:
        _say(complaint)

    def open_window(library: Path | None, files: Sequence[Path]) -> int:
        return _open_window(library, files, chosen)

    if not arguments:
        return open_window(None, ())
    with _no_collecting():
        from refman import cli
    return cli.run(arguments, open_window)


def _open_window(library: Path | None, files: Sequence[Path], chosen: settings.Settings) -> int:
    """Show `library` and import `files` into it; a library among `files` is shown instead.

    Further libraries get windows of their own. Raises ReadError where no window can be shown.
    """
    libraries = [file for file in files if _is_library(file)]
    pages = [file for file in files if file not in libraries]
    if library is None:
        library = libraries.pop(0) if libraries else paths.default_library()
    if reason := _no_window():
        raise ReadError(reason)
    crash.install()
    try:
        with _no_collecting():
            from refman import ui
    except ImportError as error:
        raise ReadError(_not_loaded(str(error))) from error
    for other in libraries:
        frozen = getattr(sys, "frozen", False)  # set by PyInstaller
        program = [sys.executable] if frozen else [sys.executable, "-m", "refman"]
        subprocess.Popen([*program, "--library", str(other)], start_new_session=True)
    return ui.start(library, pages, chosen)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Keep what is made inside for good: none of an import's objects is garbage, and looking
    for some in them takes a tenth of the time of `refman list`.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _is_library(file: Path) -> bool:
    with suppress(OSError), file.open("rb") as opened:
        return opened.read(len(_SQLITE)) == _SQLITE
    return False


def _say(sentence: str) -> None:
    crash.say(f"refman: {sentence}")


def _no_window() -> str:
    """Why no window can be shown, or an empty text.

    Qt ends the whole process when it finds no display or cannot load the plugin that draws
    on it, so both are tried first. Only on Linux and its kin: elsewhere a display is a given.
    """
    if sys.platform in ("win32", "darwin"):
        return ""
    asked = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if asked not in ("", "xcb", "wayland"):
        return ""  # `offscreen` and its kin need no display
    trouble = ""
    if asked != "xcb" and _wayland_answers():
        trouble = _plugin_trouble("libqwayland.so")
        if not trouble:
            return ""
    if asked != "wayland" and os.environ.get("DISPLAY"):
        return _plugin_trouble("libqxcb.so") or _x11_trouble()
    return trouble or _(
        "There is no display to show a window on. Everything can be done by commands, too:"
        " see `refman --help`."
    )


def _wayland_answers() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY")
    if not name:
        return False
    with socket.socket(socket.AF_UNIX) as connection, suppress(OSError):
        connection.connect(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/"), name)))
        return True
    return False


def _plugin_trouble(name: str) -> str:
    """Why Qt's platform plugin `name` cannot be loaded. Qt loads it anyway, and only once."""
    package = importlib.util.find_spec("PySide6")
    if package is None or package.origin is None:
        return _("PySide6, which draws the window, is not installed. Install refman again.")
    plugin = Path(package.origin).parent / "Qt" / "plugins" / "platforms" / name
    if plugin.exists():  # else it is a distribution's own PySide6, with its plugins elsewhere
        try:
            ctypes.CDLL(str(plugin))
        except OSError as error:
            return _not_loaded(str(error))
    return ""


def _x11_trouble() -> str:
    """Why the X server that DISPLAY names cannot be used (xcb_connect(3))."""
    with suppress(OSError):
        xcb = ctypes.CDLL("libxcb.so.1")
        xcb.xcb_connect.restype = ctypes.c_void_p
        connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
        failed = xcb.xcb_connection_has_error(connection)
        xcb.xcb_disconnect(connection)
        if failed:
            return _(
                "The display {name} does not answer. Everything can be done by commands, too:"
                " see `refman --help`."
            ).format(name=os.environ["DISPLAY"])
    return ""


def _not_loaded(error: str) -> str:
    """What to do when the loader said `error`: `libEGL.so.1: cannot open shared object …`."""
    if "cannot open shared object" not in error:
        return _("Qt, which draws the window, cannot be loaded: {error}").format(error=error)
    return _(
        "The window needs the system library {name}, which is not installed. On Debian or"
        " Ubuntu type: sudo apt-get install libegl1 libgl1 libglib2.0-0 libdbus-1-3"
        " libfontconfig1 libxkbcommon-x11-0 libx11-xcb1 libxcb-cursor0 libxcb-icccm4"
        " libxcb-keysyms1 libxcb-shape0"
    ).format(name=error.split(":", maxsplit=1)[0])
