"""What was half typed when its page went, as with a lock, to be taken up again."""

from collections.abc import Sequence

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from accountplanner.desktop.theme.theme import Theme
from accountplanner.desktop.widgets.form_dialog import FormDialog
from accountplanner.desktop.wording import say
from accountplanner.usecases.drafts import Draft


class DraftsDialog(FormDialog):
    """Shows each text with the name of its field; from here it can be copied where it belongs."""

    def __init__(self, theme: Theme, drafts: Sequence[Draft], parent: QWidget) -> None:
        told = say("This stood in fields that were not finished. It was kept encrypted. Copy what you still need.")
        super().__init__(theme, say("What was not finished"), say("Done"), explanation=told, parent=parent)
        self.cancel_button.setText(say("Keep for later"))
        self.texts = [QPlainTextEdit(draft.text) for draft in drafts]
        for draft, text in zip(drafts, self.texts, strict=True):
            text.setReadOnly(True)
            text.setTabChangesFocus(True)
            text.setMaximumHeight(text.fontMetrics().lineSpacing() * 4 + 16)
            self.add_field(draft.field, text)
