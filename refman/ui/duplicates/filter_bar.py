"""The line above the list of duplicates: a search, and how sure they are."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from refman.i18n import _
from refman.ui import icons, theme
from refman.ui.duplicates import wording
from refman.ui.duplicates.arranging import TIERS, Choice
from refman.ui.widgets.filter_line import FilterLine
from refman.ui.widgets.flow_layout import FlowLayout

DEBOUNCE = 120  # ms after the last key


class FilterBar(QWidget):
    """`changed` when other groups are to be listed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = FilterLine(
            _("Search duplicates"),
            _("Words of titles and reasons, or a search as above: author:lin year:2025 (Ctrl+F)"),
        )
        self._timer = QTimer(self, interval=DEBOUNCE, singleShot=True)
        self._timer.timeout.connect(self.changed)
        self.search.textChanged.connect(self._typed)
        self.tiers = {tier: self._toggle(tier) for tier in TIERS}
        flow = FlowLayout(self, gap=6)
        flow.setContentsMargins(10, 6, 10, 8)
        for part in (self.search, *self.tiers.values()):
            flow.addWidget(part)
        theme.theme().changed.connect(self._size)
        self._size()
        self.count({})

    def _toggle(self, tier: int) -> QPushButton:
        button = QPushButton(checkable=True, checked=True)
        icon, role = wording.ICONS[tier]
        button.setIcon(icons.icon(icon, role))
        button.setIconSize(QSize(15, 15))
        theme.set_kind(button, "flat")
        button.toggled.connect(self.changed)
        return button

    @property
    def choice(self) -> Choice:
        """What is chosen."""
        tiers = frozenset(tier for tier, button in self.tiers.items() if button.isChecked())
        return Choice(self.search.text().strip(), tiers)

    @property
    def waits(self) -> bool:
        """Whether `changed` comes in a moment."""
        return self._timer.isActive()

    def clear(self) -> None:
        """List everything."""
        for button in self.tiers.values():
            button.blockSignals(True)
            button.setChecked(True)
            button.blockSignals(False)
        self.search.clear()
        self._timer.stop()
        self.changed.emit()

    def count(self, of_tier: Mapping[int, int]) -> None:
        """Say how many there are of each, whatever is chosen."""
        for tier, button in self.tiers.items():
            text = wording.tier_count(tier, of_tier.get(tier, 0))
            button.setText(text)
            button.setToolTip(_("Show or leave out: {tier}").format(tier=text))

    def _typed(self) -> None:
        self._timer.start()

    def _size(self) -> None:
        self.search.setFixedWidth(self.fontMetrics().averageCharWidth() * 26)
