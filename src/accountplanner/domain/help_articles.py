"""The articles of the help as they are shipped: Markdown with a title in its first line."""

from dataclasses import dataclass

from accountplanner.domain.shipped import shipped_text
from accountplanner.domain.text import search_text

ORDER = (
    "first-steps", "note", "brief", "import", "partner-workbook", "shared-folder", "conflicts", "ladder",
    "privacy", "lock-and-keys", "backups", "undo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `text` is Markdown without the title."""

    id: str
    title: str
    text: str


def articles() -> list[Article]:
    """Every article, in the order in which somebody new would read them."""
    return [_read(name) for name in ORDER]


def matching(found: list[Article], typed: str) -> list[Article]:
    """Those with every word, the ones with a word in their title first."""
    words = search_text(typed).split()
    hits = [each for each in found if all(word in search_text(f"{each.title} {each.text}") for word in words)]
    return sorted(hits, key=lambda each: not any(word in search_text(each.title) for word in words) if words else False)


def _read(name: str) -> Article:
    title, _, text = shipped_text(f"help/{name}.md").partition("\n")
    return Article(name, title.removeprefix("# ").strip(), text.strip())
