"""Writes in their turn, reads that a newer one makes stale, errors told and bugs passed on."""

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from refman.errors import RefmanError
from refman.library import Changes, Library
from refman.progress import Cancelled, Progress
from refman.ui.jobs import EVERYTHING, Jobs


@pytest.fixture
def jobs(qtbot: QtBot, empty_library: Library) -> Iterator[Jobs]:
    jobs = Jobs(empty_library)
    yield jobs
    jobs.close()


def until_idle(qtbot: QtBot, jobs: Jobs) -> None:
    qtbot.waitUntil(lambda: not jobs.busy)


def test_writes_run_in_their_turn_and_outside_the_windows_thread(qtbot: QtBot, jobs: Jobs) -> None:
    ran: list[tuple[int, bool]] = []
    here = threading.get_ident()

    def work(number: int) -> None:
        ran.append((number, threading.get_ident() != here))

    for number in range(5):
        jobs.write("Count", partial(work, number))
    assert [job.running for job in jobs.queue] == [True, False, False, False, False]
    until_idle(qtbot, jobs)
    assert ran == [(number, True) for number in range(5)]


def test_views_hear_of_changes_before_the_one_who_asked(
    qtbot: QtBot, jobs: Jobs, empty_library: Library
) -> None:
    heard: list[object] = []
    jobs.library_changed.connect(heard.append)
    jobs.write("Make", lambda: empty_library.collections.create("A"), heard.append)
    until_idle(qtbot, jobs)
    assert heard == [Changes("New collection “A”", count=1)] * 2


@pytest.mark.parametrize(
    ("error", "told"),
    [
        pytest.param(
            RefmanError("Do it otherwise."), ("Do it otherwise.", None), id="user's error"
        ),
        pytest.param(Cancelled(), (None, "Stopped. Nothing was changed."), id="stopped"),
    ],
)
def test_what_went_wrong_is_told(
    qtbot: QtBot, jobs: Jobs, error: Exception, told: tuple[str | None, str | None]
) -> None:
    failed: list[str] = []
    said: list[str] = []
    done: list[object] = []
    jobs.failed.connect(failed.append)
    jobs.message.connect(said.append)

    def work() -> None:
        raise error

    jobs.write("Fail", work, done.append)
    jobs.write("Go on", lambda: None)
    until_idle(qtbot, jobs)
    assert (failed, said, done) == (
        [text for text in told[:1] if text],
        [text for text in told[1:] if text],
        [],
    )


def test_a_bug_reaches_the_excepthook_and_the_next_job_runs(
    qtbot: QtBot, jobs: Jobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    bugs: list[BaseException] = []
    monkeypatch.setattr("sys.excepthook", lambda _kind, error, _trace: bugs.append(error))
    ran: list[int] = []
    jobs.write("Fail", lambda: 1 // 0)
    jobs.write("Go on", lambda: ran.append(1))
    until_idle(qtbot, jobs)
    assert ([type(bug) for bug in bugs], ran) == ([ZeroDivisionError], [1])


def test_ended_is_called_whatever_happened(qtbot: QtBot, jobs: Jobs) -> None:
    ended: list[str] = []

    def stop() -> None:
        raise Cancelled

    jobs.write("Stop", stop, ended=lambda: ended.append("stopped"))
    jobs.write("Go on", lambda: None, ended=lambda: ended.append("done"))
    until_idle(qtbot, jobs)
    assert ended == ["stopped", "done"]


def test_stop_cancels_the_running_job(qtbot: QtBot, jobs: Jobs) -> None:
    progress = Progress()
    begun = threading.Event()
    said: list[str] = []
    jobs.message.connect(said.append)

    def work() -> None:
        begun.set()
        while True:
            progress.advance()

    jobs.write("Count for ever", work, progress=progress)
    assert begun.wait(5)
    jobs.stop()
    until_idle(qtbot, jobs)
    assert said == ["Stopped. Nothing was changed."]


def test_only_the_newest_read_of_a_key_is_shown(qtbot: QtBot, jobs: Jobs) -> None:
    shown: list[str] = []
    go_on = threading.Event()

    def slow() -> str:
        assert go_on.wait(5)
        return "stale"

    jobs.read("search", slow, shown.append)
    jobs.read("counts", lambda: "counts", shown.append)
    jobs.read("search", lambda: "newest", shown.append)
    go_on.set()
    until_idle(qtbot, jobs)
    assert sorted(shown) == ["counts", "newest"]


def test_a_read_that_was_interrupted_for_another_is_done_again(qtbot: QtBot, jobs: Jobs) -> None:
    tries: list[int] = []
    shown: list[str] = []

    def work() -> str:
        tries.append(1)
        if len(tries) == 1:
            raise Cancelled
        return "read"

    jobs.read("counts", work, shown.append)
    until_idle(qtbot, jobs)
    assert (len(tries), shown) == (2, ["read"])


def test_a_forgotten_read_is_not_shown(qtbot: QtBot, jobs: Jobs) -> None:
    shown: list[str] = []
    jobs.read("search", lambda: "read", shown.append)
    jobs.forget("search")
    jobs.read("counts", lambda: "counts", shown.append)
    until_idle(qtbot, jobs)
    assert shown == ["counts"]


def test_changes_of_other_programs_are_told(
    qtbot: QtBot, jobs: Jobs, empty_library: Library
) -> None:
    other = Library.open(empty_library.path)
    with qtbot.waitSignal(jobs.library_changed) as told:
        other.collections.create("Elsewhere")
    other.close()
    assert told.args == [EVERYTHING]


class Lingering(Jobs):
    """Its workers are still there when the window is done with what they did."""

    def __init__(self, library: Library) -> None:
        super().__init__(library)
        self.go_on = threading.Event()

    def _tell(self, *told: Any) -> None:
        super()._tell(*told)
        assert self.go_on.wait(5)


class Listener:
    """Notes in which thread it went."""

    def __init__(self, went: list[int]) -> None:
        self._went = went

    def listen(self, _result: object = None) -> None:
        """Is told of a result."""

    def __del__(self) -> None:
        self._went.append(threading.get_ident())


@pytest.mark.parametrize("kind", ["write", "read"])
def test_who_asked_is_let_go_of_in_the_windows_thread(
    qtbot: QtBot, empty_library: Library, kind: str
) -> None:
    jobs = Lingering(empty_library)
    went: list[int] = []
    listener = Listener(went)
    asked = threading.Event()
    if kind == "write":
        jobs.write("Wait", partial(asked.wait, 5), listener.listen, ended=listener.listen)
    else:
        jobs.read("wait", partial(asked.wait, 5), listener.listen)
    del listener
    asked.set()
    until_idle(qtbot, jobs)
    here_only = list(went)
    jobs.go_on.set()
    jobs.close()
    assert here_only == [threading.get_ident()]
