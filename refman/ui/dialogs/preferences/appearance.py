"""The page of how the window looks."""

from refman.i18n import _
from refman.ui import theme
from refman.ui.dialogs.preferences.page import Choices, Page, RadioButtons, combo


class AppearancePage(Page):
    """Theme, and size of the text."""

    icon = "moon"

    def __init__(self, choices: Choices) -> None:
        super().__init__(_("Appearance"))
        self._choices = choices
        self.add_section(_("Theme"))
        self.theme = RadioButtons(
            _("Theme"),
            [
                (theme.SYSTEM, _("As the &system")),
                (theme.LIGHT, _("&Light")),
                (theme.DARK, _("&Dark")),
            ],
            choices.settings.theme,
        )
        self.theme.chosen.connect(lambda value: choices.set(theme=value))
        self.column.addWidget(self.theme)
        self.add_section(_("Text"))
        scale = choices.settings.text_scale
        nearest = min(theme.SCALES, key=lambda each: abs(each - scale))
        self.scale = combo(
            _("Size of the text"),
            [(str(each), f"{each:.0%}") for each in theme.SCALES],
            str(nearest),
        )
        self.scale.activated.connect(self._set_scale)
        self.add_form().addRow(_("Si&ze"), self.scale)
        self.column.addStretch(1)

    def _set_scale(self) -> None:
        self._choices.set(text_scale=float(self.scale.currentData()))
