"""Figures are told beside their budgets; a benchmark fails only where it cannot be run."""

from collections.abc import Callable, Iterator

import pytest

_told: list[tuple[str, str, float, float]] = []


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Callable[[str, float, float], None]:
    """Note a figure and its budget, in any unit; the table is printed at the end."""

    def note(what: str, figure: float, budget: float) -> None:
        _told.append((request.node.name, what, figure, budget))

    return note


@pytest.hookimpl(wrapper=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    yield
    if _told:
        terminalreporter.section("figures")
    for test, what, figure, budget in _told:
        over = "" if figure <= budget else "  OVER"
        terminalreporter.write_line(f"{test:32} {what:44} {figure:8.2f} of {budget:.2f}{over}")
