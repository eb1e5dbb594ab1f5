"""One finding in full: what is wrong and why it matters, in which paper, before and after."""

from pathlib import PurePath

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from refman.i18n import _
from refman.library import Details, Finding, Severity
from refman.model.entry import Entry
from refman.ui import icons, theme
from refman.ui.doctor import wording
from refman.ui.doctor.arranging import Group
from refman.ui.doctor.changed_text import Stretch, as_html, compare
from refman.ui.names import names_text
from refman.ui.tex_text import plain
from refman.ui.widgets.flow_layout import FlowLayout
from refman.ui.widgets.growing_text import ReadingText
from refman.ui.widgets.lettering import use_font, use_size

SIGN = 16  # pixels in text of the usual size
LONGEST = 2000  # letters of a field that are shown where there is no fix


class FindingPage(QScrollArea):
    """`paper_wanted` when the paper is to be shown where it stands."""

    paper_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding: Finding | None = None
        self._details: Details | None = None
        self._severity = Severity.NOTICE
        self._sign = QLabel()
        self.kind = QLabel(wordWrap=True)
        theme.set_kind(self.kind, "muted")
        self.message = _reading()
        self.explanation = _reading()
        self._about = QWidget()
        self.place = _heading()
        self.paper = QPushButton(_("Show the paper"))
        self.paper.setToolTip(_("Leave the list and show this paper; Ctrl+F8 leads back"))
        self.paper.setIcon(icons.icon("next", "accent"))
        self.paper.clicked.connect(self.paper_wanted)
        theme.set_kind(self.paper, "link")
        self.title = _reading()
        self.names = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.names.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_kind(self.names, "muted")
        self.key = QLabel(textFormat=Qt.TextFormat.PlainText)
        self.key.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        theme.set_kind(self.key, "key")
        self._field = _heading()
        self._before_label, self.before = QLabel(), _box()
        self._after_label, self.after = QLabel(), _box()
        for label in (self._before_label, self._after_label):
            theme.set_kind(label, "muted")
        self._note_sign = QLabel()
        self.note = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._note_box = QFrame()
        self._lay_out()
        use_size(self.message, 1.15, bold=True)
        use_size(self.title, 1.0, bold=True)
        use_font(self.key, theme.mono_font)
        theme.theme().changed.connect(self._dress)

    def _lay_out(self) -> None:
        page = QWidget()
        page.setObjectName("review_page")
        head = QHBoxLayout()
        head.setSpacing(7)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.kind, 1)
        column = _column(page)
        column.setContentsMargins(20, 14, 20, 16)
        column.addLayout(head)
        column.addWidget(self.message)
        column.addWidget(self.explanation)
        column.addWidget(self._about)
        column.addStretch(1)
        where = FlowLayout(gap=6)
        where.addWidget(self.key)
        where.addWidget(self.paper)
        about = _column(self._about)
        about.setContentsMargins(0, 10, 0, 0)
        about.addWidget(self.place)
        about.addWidget(self.title)
        about.addWidget(self.names)
        about.addLayout(where)
        about.addSpacing(10)
        about.addWidget(self._field)
        for part in (self._before_label, self.before, self._after_label, self.after):
            about.addWidget(part)
        about.addSpacing(4)
        about.addWidget(self._note_box)
        row = QHBoxLayout(self._note_box)
        row.setContentsMargins(10, 7, 12, 7)
        row.setSpacing(8)
        row.addWidget(self._note_sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.note, 1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(_("The finding in full"))
        self.setMinimumWidth(280)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.set_kind(self, "page")

    # --- showing ---------------------------------------------------------------------------

    def show_finding(self, finding: Finding, rule: str, *, read_only: bool) -> None:
        """Show `finding` of a rule called `rule`; what its paper says comes with `show_paper`."""
        if self._finding is None or self._finding.entry_id != finding.entry_id:
            self._details = None
        self._finding = finding
        self._severity = finding.severity
        self.kind.setText(f"{wording.SEVERITIES[finding.severity]} · {rule}")
        self.message.setPlainText(finding.message)
        self.explanation.setPlainText(finding.explanation)
        self.place.setText(
            _("{file}, line {line:,}").format(file=PurePath(finding.file).name, line=finding.line)
            if finding.file
            else _("Paper")
        )
        self.place.setToolTip(finding.file)
        self.title.setPlainText(wording.title_of(finding))
        self.key.setText(wording.key_of(finding))
        self.paper.setVisible(finding.entry_id is not None)
        self._about.show()
        self._show_note(finding, read_only=read_only)
        self._show_details()
        self._dress()
        self.verticalScrollBar().setValue(0)

    def show_paper(self, finding: Finding, details: Details | None) -> None:
        """Show what the paper of `finding` says, if it is still that one."""
        if self._finding is not None and finding.entry_id == self._finding.entry_id:
            self._details = details
            self._show_details()

    def show_group(self, group: Group) -> None:
        """Show what the findings of a group have in common."""
        self._finding, self._details = None, None
        self._severity = group.severity
        self.kind.setText(wording.group_note(group))
        self.message.setPlainText(wording.group_name(group))
        self.explanation.setPlainText("" if group.of_paper else group.explanation)
        self.explanation.setVisible(not group.of_paper)
        self._about.hide()
        self._dress()

    def _show_details(self) -> None:
        """The names below the title, and the field before and after."""
        finding, details = self._finding, self._details
        if finding is None:
            return
        self.explanation.show()
        entry = details.entry if details else None
        names = names_text(entry.creators, truncated=entry.creators_truncated) if entry else ""
        facts = (names, entry.date if entry else "")
        self.names.setText(" · ".join(fact for fact in facts if fact))
        self.names.setVisible(bool(self.names.text()))
        self._field.setText(wording.field_name(finding.field))
        self._field.setToolTip(finding.field)
        self._field.setVisible(bool(finding.field))
        fix = finding.fix
        value = _value(entry, finding.field) if entry else ""
        self._before_label.setText(_("Now"))
        self._after_label.setText((_("Fixed") if fix.safe else _("Proposal")) if fix else "")
        for label in (self._before_label, self._after_label, self.after):
            label.setVisible(fix is not None)
        there = entry is not None and bool(finding.field)
        self.before.setVisible(fix is not None or there)
        if fix:
            old, new = compare(fix.before, fix.after)
            self._fill(self.before, old, _("Now: {text}").format(text=fix.before), old=True)
            self._fill(self.after, new, _("Fixed: {text}").format(text=fix.after), old=False)
        elif there:
            shown = value if len(value) <= LONGEST else value[:LONGEST] + " …"
            self._fill(self.before, [Stretch(shown, False)], shown, old=True)

    def _fill(self, box: ReadingText, stretches: list[Stretch], name: str, *, old: bool) -> None:
        html = as_html(stretches, old=old)
        nothing = f'<i style="color: {theme.colours().muted};">{_("(nothing)")}</i>'
        box.setHtml(html or nothing)
        box.setAccessibleName(name)

    def _show_note(self, finding: Finding, *, read_only: bool) -> None:
        """What is to be thought of before the fix, or why there is none."""
        if finding.file:
            icon, kind = "info", "banner-info"
            text = _(
                "A file is only read here. Correct it in your editor and check it again, or "
                "import it and mend the papers."
            )
        elif read_only and finding.fix:
            icon, kind, text = "lock", "banner-info", _("This library can be read, not changed.")
        elif finding.fix and not finding.fix.safe:
            icon, kind = "attention", "banner-warning"
            text = _("Look at this proposal before you take it: it changes what is said.")
        else:
            self._note_box.hide()
            return
        self._note_icon = (icon, "warning" if icon == "attention" else "accent")
        self.note.setText(text)
        theme.set_kind(self._note_box, kind)
        self._note_box.show()

    def _dress(self) -> None:
        """In the colours and size of the moment."""
        size = theme.px(SIGN)
        icon, role = wording.ICONS[self._severity]
        self._sign.setPixmap(icons.pixmap(icon, size, theme.colour(role)))
        if not self._note_box.isHidden():
            icon, role = self._note_icon
            self._note_sign.setPixmap(icons.pixmap(icon, size, theme.colour(role)))
        self._show_details()


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setSpacing(6)
    return column


def _reading() -> ReadingText:
    return ReadingText()


def _heading() -> QLabel:
    label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
    theme.set_kind(label, "section")
    return label


def _box() -> ReadingText:
    text = ReadingText()
    theme.set_kind(text, "code")
    return text


def _value(entry: Entry, field: str) -> str:
    """What the paper has in `field`."""
    if field in ("author", "editor", "translator"):
        those = tuple(one for one in entry.creators if one.role == field)
        return names_text(those, truncated=entry.creators_truncated and field == "author")
    own = {
        "title": entry.title,
        "abstract": entry.abstract,
        "date": entry.date,
        "citation_key": entry.citation_key,
        "entry_type": entry.entry_type,
    }
    return plain(own.get(field, "")) if field in own else entry.fields.get(field, "")
