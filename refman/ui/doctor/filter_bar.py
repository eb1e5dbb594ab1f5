"""The line above the list: search, severities, rule, and whether by rule or by paper."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QPushButton, QWidget

from refman.i18n import _
from refman.library import Severity
from refman.ui import icons, theme
from refman.ui.doctor import wording
from refman.ui.doctor.arranging import Choice, Rule
from refman.ui.widgets.filter_line import FilterLine
from refman.ui.widgets.flow_layout import FlowLayout

DEBOUNCE = 120  # ms after the last key


class FilterBar(QWidget):
    """`changed` when other findings are to be shown, or in another order."""

    changed = Signal()

    def __init__(self, rules: Sequence[Rule], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules = rules
        self._shown_rules: list[tuple[str, int]] = []
        self.search = FilterLine(
            _("Search findings"),
            _("Words of the finding, the title, the key or the field (Ctrl+F)"),
        )
        self._timer = QTimer(self, interval=DEBOUNCE, singleShot=True)
        self._timer.timeout.connect(self.changed)
        self.search.textChanged.connect(self._typed)
        self.severities = {severity: self._toggle(severity) for severity in Severity}
        self.rule = QComboBox()
        self.rule.setAccessibleName(_("Rule"))
        self.rule.setToolTip(_("Show what one rule found"))
        self.rule.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.rule.setMinimumContentsLength(13)
        self.rule.activated.connect(self.changed)
        self.order = QComboBox()
        self.order.setAccessibleName(_("Order"))
        self.order.setToolTip(_("Group the findings by rule or by paper"))
        self.order.addItems([_("By rule"), _("By paper")])
        self.order.activated.connect(self.changed)
        flow = FlowLayout(self, gap=6)
        flow.setContentsMargins(10, 6, 10, 8)
        for part in (self.search, *self.severities.values(), self.rule, self.order):
            flow.addWidget(part)
        theme.theme().changed.connect(self._size)
        self._size()
        self.count(Counter(), Counter())

    def _toggle(self, severity: Severity) -> QPushButton:
        button = QPushButton(checkable=True, checked=True)
        icon, role = wording.ICONS[severity]
        button.setIcon(icons.icon(icon, role))
        button.setIconSize(QSize(15, 15))
        theme.set_kind(button, "flat")
        button.toggled.connect(self.changed)
        return button

    @property
    def choice(self) -> Choice:
        """What is chosen."""
        return Choice(
            self.search.text().strip(),
            frozenset(each for each, button in self.severities.items() if button.isChecked()),
            self.rule.currentData() or "",
            self.order.currentIndex() == 1,
        )

    def clear(self) -> None:
        """Show everything."""
        for button in self.severities.values():
            button.blockSignals(True)
            button.setChecked(True)
            button.blockSignals(False)
        self.rule.setCurrentIndex(0)
        self.search.clear()
        self._timer.stop()
        self.changed.emit()

    def count(self, of_severity: Counter[Severity], of_rule: Counter[str]) -> None:
        """Say how many there are of each severity and rule, whatever is chosen."""
        for severity, button in self.severities.items():
            text = wording.severity_count(severity, of_severity[severity])
            button.setText(text)
            button.setToolTip(_("Show or leave out: {severity}").format(severity=text))
        self._show_rules([(r.name, of_rule[r.name]) for r in self._rules if of_rule[r.name]])

    def _show_rules(self, rules: list[tuple[str, int]]) -> None:
        chosen = self.rule.currentData() or ""
        if chosen and chosen not in dict(rules):
            rules.append((chosen, 0))  # it stays chosen, though it finds nothing any more
        if rules == self._shown_rules and self.rule.count():
            return
        self._shown_rules = rules
        labels = {rule.name: _(rule.label) for rule in self._rules}
        self.rule.clear()
        self.rule.addItem(_("All rules"), "")
        for name, number in sorted(rules, key=lambda each: labels[each[0]].casefold()):
            self.rule.addItem(f"{labels[name]} ({number:,})", name)
        self.rule.setCurrentIndex(max(self.rule.findData(chosen), 0))

    def _typed(self) -> None:
        self._timer.start()

    def _size(self) -> None:
        self.search.setFixedWidth(self.fontMetrics().averageCharWidth() * 26)
