"""Figures are told beside their budgets; a benchmark fails only where it cannot be run."""

from collections.abc import Callable, Iterator

import pytest

_told: list[tuple[str, str, float, float]] = []


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes many minutes; runs with -m slow only")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.option.markexpr:
        slow = [item for item in items if item.get_closest_marker("slow")]
        items[:] = [item for item in items if item not in slow]
        config.hook.pytest_deselected(items=slow)


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
