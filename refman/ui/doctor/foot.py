"""The foot of the check: the keys that count here, and what was ignored."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from refman.i18n import _, ngettext
from refman.ui import theme


class Foot(QWidget):
    """The button brings ignored findings back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = QLabel(wordWrap=True)
        theme.set_kind(self._keys, "faint")
        self.ignored = QPushButton(toolTip=_("Tell of everything again that was ignored"))
        theme.set_kind(self.ignored, "link")
        self.ignored.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 3, 10, 4)
        row.setSpacing(10)
        row.addWidget(self._keys, 1)
        row.addWidget(self.ignored)

    def set_keys(self, *, in_file: bool, read_only: bool) -> None:
        """Name the keys that do something here."""
        keys = [_("Alt+↓ Alt+↑ next and previous")]
        if in_file:
            keys.append(_("Enter open the file"))
        else:
            keys.append(_("Enter go to the field"))
            if not read_only:
                keys += [_("Ctrl+Enter fix"), _("Del ignore")]
        self._keys.setText(" · ".join((*keys, _("Esc back"))))

    def set_ignored(self, count: int) -> None:
        """Say how many findings are ignored."""
        self.ignored.setVisible(count > 0)
        self.ignored.setText(
            ngettext(
                "{n:,} ignored: bring it back", "{n:,} ignored: bring them back", count
            ).format(n=count)
        )
