"""Set up, run, test, check and build refman from a checkout: `python3 packaging/dev.py VERB`.

Standard library only, and no syntax newer than Python 3.6 at the top level, so that an older
Python can say that it is too old.
"""

import argparse
import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

NEEDED = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "refman-setup.txt"
DEMO = ROOT / "build" / "demo.refman"
SAMPLE = ROOT / "resources" / "samples" / "reading-list.txt"
SAMPLE_SEEN = "2026-11-20"  # the day that the sample's dates without a year count from
TRIES = 3
PAUSE = 5  # seconds before the second try, twice that before the third

# What Qt loads from the system, by the Debian package that holds it: first what it needs
# to run at all, then what it needs to show a window.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
WINDOW_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}


def _newer_python() -> "str | None":  # quoted: an old Python reads this
    """A Python on PATH that is new enough, or None."""
    for minor in range(20, NEEDED[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        # A shim of pyenv is there whether or not it has that Python: try it.
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return found
    return None


if sys.version_info < NEEDED:
    newer = _newer_python()
    if newer:
        sys.exit(subprocess.call([newer, *sys.argv]))
    sys.exit(
        f"refman needs Python 3.11 or later; this is {sys.version.split()[0]}. Install a newer"
        " one from your system's packages or from https://www.python.org/downloads/ and run"
        " this with it."
    )


class Stop(Exception):
    """What could not be done, and what to do about it."""


# ------------------------------------------------------------------- the system's packages


def missing_libraries(libraries: dict[str, str]) -> dict[str, str]:
    """Those of `libraries` that this system cannot load. Only Linux takes Qt's from the system."""
    if not sys.platform.startswith("linux"):
        return {}
    missing = {}
    for name, package in libraries.items():
        try:
            ctypes.CDLL(name)
        except OSError:
            missing[name] = package
    return missing


def venv_package() -> list[str]:
    """Debian keeps the module that makes virtual environments in a package of its own."""
    if importlib.util.find_spec("ensurepip") and importlib.util.find_spec("venv"):
        return []
    return [f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"]


def install_packages(packages: list[str], why: str) -> None:
    """Install Debian `packages`. Raises Stop with the one command to type where it may not."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if not shutil.which("apt-get"):
        raise Stop(
            f"{why} Install it with your system's package manager; Debian's names for what is"
            f" missing are: {' '.join(packages)}"
        )
    privilege = as_root()
    if privilege is None:
        raise Stop(f"{why} {to_type(command)}")
    say(f"{why} Installing {' '.join(packages)}")
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive"]
    waiting = ["-qq", "-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]
    retry([*privilege, *quiet, "apt-get", *waiting, "update"])
    if not retry([*privilege, *quiet, "apt-get", *waiting, *command[1:]]):
        raise Stop(
            "apt-get did not install what is missing; its own words are above. Is the network"
            f" there? {to_type(command)}"
        )


def to_type(command: list[str]) -> str:
    sudo, who = ("sudo ", "") if shutil.which("sudo") else ("", " as root")
    line = f"{sudo}apt-get update && {sudo}{' '.join(command)}"
    return f"Type this once{who}, then try again:\n\n  {line}\n"


def as_root() -> list[str] | None:
    """What to put before a command to run it as root without being asked anything, or None."""
    if os.name == "nt":
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and run(["sudo", "-n", "true"], quiet=True) == 0:
        return ["sudo", "-n"]
    return None


# ----------------------------------------------------------------- the virtual environment


def set_up(extra: str, libraries: dict[str, str]) -> None:
    """Have `.venv` hold refman with the dependencies of `extra`, and the system `libraries`.

    Installs again only when pyproject.toml changed; makes the environment anew when the
    checkout was moved or another Python is used.
    """
    missing = missing_libraries(libraries)
    packages = [] if ready_environment() else venv_package()
    if packages or missing:
        why = []
        if packages:
            why.append("This Python cannot make a virtual environment.")
        if missing:
            why.append(f"Qt needs system libraries that are missing ({', '.join(missing)}).")
        install_packages(packages + sorted(missing.values()), " ".join(why))
    if not ready_environment():
        make_environment()
    wanted = requirements()
    installed = STAMP.read_text(encoding="utf-8").split() if STAMP.is_file() else []
    if installed[:1] == [wanted] and (not extra or extra in installed[1:]):
        return
    extras = sorted({*installed[1:], extra} - {""})
    say("Installing refman and what it needs into .venv; the first time this takes minutes.")
    target = f".[{','.join(extras)}]" if extras else "."
    if not retry([str(PYTHON), "-m", "pip", "install", "--quiet", "--editable", target]):
        raise Stop(
            "pip did not install what refman needs; its own words are above. Mend that (is the"
            " network there?), then type: python3 packaging/dev.py setup"
        )
    STAMP.write_text("\n".join([wanted, *extras, ""]), encoding="utf-8")


def make_environment() -> None:
    say("Making a virtual environment in .venv")
    # Not by the Python of another environment, or of this one.
    base = getattr(sys, "_base_executable", None) or sys.executable
    if run([base, "-m", "venv", "--clear", str(VENV)]) != 0:
        raise Stop(
            f"{base} could not make a virtual environment in {VENV}; its own words are above."
            " Is the folder writable, and the disk not full?"
        )
    (VENV / "refman-made-for.txt").write_text(identity(), encoding="utf-8")


def ready_environment() -> bool:
    """Whether `.venv` was made here, by this Python, and works."""
    made_for = VENV / "refman-made-for.txt"
    return (
        made_for.is_file()
        and made_for.read_text(encoding="utf-8") == identity()
        and PYTHON.exists()
        and (STAMP.is_file() or run([str(PYTHON), "-m", "pip", "--version"], quiet=True) == 0)
    )


def identity() -> str:
    """What an environment cannot outlive: scripts and links in it name the place and Python."""
    return f"{VENV}\n{sys.base_prefix}\n{sys.version_info[0]}.{sys.version_info[1]}\n"


def requirements() -> str:
    return hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()


# ------------------------------------------------------------------------------- the verbs


def setup(arguments: list[str]) -> int:
    """Make .venv, and install refman, its dependencies and the tools for its development."""
    no_more(arguments)
    set_up("dev", {**QT_LIBRARIES, **WINDOW_LIBRARIES})
    say("Ready.")
    return 0


def run_refman(arguments: list[str]) -> int:
    """Open refman on a demo library, or without a display do the same job in the terminal."""
    window = has_display()
    set_up("", {**QT_LIBRARIES, **WINDOW_LIBRARIES} if window else {})
    if arguments:
        return run([str(PYTHON), "-m", "refman", *arguments], folder=None)
    refman = [str(PYTHON), "-m", "refman", "--library", str(DEMO)]
    DEMO.parent.mkdir(exist_ok=True)
    say(f"Importing {SAMPLE.relative_to(ROOT)} into {DEMO.relative_to(ROOT)}")
    imported = run([*refman, "import", "--as-of", SAMPLE_SEEN, str(SAMPLE)])
    if imported > 1:  # 1 says that a row could not be read, which does not matter here
        return imported
    if window:
        say("Opening the window")
        shown = run(refman)
        if shown != 3:
            return shown
    else:
        say("There is no display, so the rest happens here instead of in a window.")
    bibliography = DEMO.with_suffix(".bib")
    for command in (["list"], ["export", "--output", str(bibliography)]):
        status = run([*refman, *command])
        if status:
            return status
    say(f"The bibliography is in {bibliography}")
    return 0


def test(arguments: list[str]) -> int:
    """Run the tests; arguments go to pytest."""
    set_up("dev", QT_LIBRARIES)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if not arguments:
        arguments = ["--numprocesses", str(min(os.cpu_count() or 1, 8))]
    return run([str(PYTHON), "-m", "pytest", *arguments])


def lint(arguments: list[str]) -> int:
    """Run ruff, mypy and import-linter."""
    no_more(arguments)
    set_up("dev", {})
    checks = [
        [str(PYTHON), "-m", "ruff", "check", "."],
        [str(PYTHON), "-m", "ruff", "format", "--check", "."],
        [str(PYTHON), "-m", "mypy"],
        [str(PYTHON), "-c", "from importlinter.cli import lint_imports_command as c; c()"],
    ]
    return max([run(check) for check in checks])


def build(arguments: list[str]) -> int:
    """Build the wheel; with `bundle`, a folder that runs without Python (PyInstaller) as well."""
    if arguments not in ([], ["bundle"]):
        raise Stop("`build` takes no argument but `bundle`.")
    set_up("bundle" if arguments else "", {})
    dist = str(ROOT / "dist")
    if not retry([str(PYTHON), "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", dist, "."]):
        raise Stop("The wheel could not be built; pip's own words are above.")
    say(f"The wheel is in {dist}")
    if not arguments:
        return 0
    spec = str(ROOT / "packaging" / "refman.spec")
    places = ["--distpath", dist, "--workpath", str(ROOT / "build" / "pyinstaller")]
    status = run([str(PYTHON), "-m", "PyInstaller", "--noconfirm", *places, spec])
    if status == 0:
        say(f"The program is in {Path(dist, 'refman')}")
    return status


VERBS = {"setup": setup, "run": run_refman, "test": test, "lint": lint, "build": build}


# ------------------------------------------------------------------------------- the steps


def has_display() -> bool:
    if os.name == "nt" or sys.platform == "darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def no_more(arguments: list[str]) -> None:
    if arguments:
        raise Stop(f"This takes no arguments, but there is {' '.join(arguments)}.")


def say(sentence: str) -> None:
    print(f"dev.py: {sentence}", flush=True)


def run(command: list[str], *, quiet: bool = False, folder: Path | None = ROOT) -> int:
    """Run `command` in `folder`, or where None where the user is; its exit status."""
    output = subprocess.DEVNULL if quiet else None
    environment = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INPUT": "1"}
    return subprocess.call(command, cwd=folder, env=environment, stdout=output, stderr=output)


def retry(command: list[str]) -> bool:
    """Run `command`, again after a pause when it fails: a network has its hiccups."""
    for attempt in range(1, TRIES + 1):
        if run(command) == 0:
            return True
        if attempt < TRIES:
            say(f"That failed; trying again in {PAUSE * attempt} seconds.")
            time.sleep(PAUSE * attempt)
    return False


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="dev.py",
        description=__doc__.splitlines()[0] if __doc__ else None,
        epilog="\n".join(f"  {name:6} {verb.__doc__}" for name, verb in VERBS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("verb", choices=VERBS)
    parser.add_argument("arguments", nargs=argparse.REMAINDER)
    chosen = parser.parse_args(arguments)
    try:
        return VERBS[chosen.verb](chosen.arguments)
    except Stop as stop:
        sys.stderr.write(f"dev.py: {stop}\n")
        return 1
    except KeyboardInterrupt:
        sys.stderr.write("dev.py: stopped\n")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
