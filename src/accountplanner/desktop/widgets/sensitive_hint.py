"""The word of caution beside a free text that may speak of health, religion and the like."""

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from accountplanner.desktop.widgets.text import Label
from accountplanner.desktop.wording import say
from accountplanner.domain.sensitive_words import Topic, sensitive_words

_MOST_READ = 20_000


class SensitiveHint(Label):
    """Watches an editor and says what its text may speak of; hidden while there is nothing to say."""

    def __init__(self, editor: QPlainTextEdit | QLineEdit, parent: QWidget | None = None) -> None:
        super().__init__("", "small", "warn", wrap=True, parent=parent)
        self._editor = editor
        self.hide()
        editor.textChanged.connect(self._on_text_changed)
        self._on_text_changed()

    def _on_text_changed(self) -> None:
        editor = self._editor
        text = editor.toPlainText() if isinstance(editor, QPlainTextEdit) else editor.text()
        found = sensitive_words(text[-_MOST_READ:])
        words = ", ".join(dict.fromkeys(each.word for each in found))
        topics = ", ".join(dict.fromkeys(topic_words(each.topic) for each in found))
        told = say("“{words}” may speak of {topics}. Better left out, unless they agreed.", words=words, topics=topics)
        self.setText(told if found else "")
        self.setVisible(bool(found))


def topic_words(topic: Topic) -> str:
    """What a text may speak of, as a word within a sentence."""
    words = {
        Topic.HEALTH: say("health"),
        Topic.RELIGION: say("religion"),
        Topic.POLITICS: say("politics"),
        Topic.PRIVATE_LIFE: say("private life"),
        Topic.ORIGIN: say("origin"),
        Topic.UNION: say("union membership"),
    }
    return words[topic]
