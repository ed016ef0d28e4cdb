"""The articles of the help as they are shipped: Markdown with a title in its first line, a folder for each language.

English stands in the folder itself. A picture of another language stands beside its articles; where there is none,
the English one is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable

from accountplanner.domain.shipped import shipped_file
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


@cache
def articles(language: str = "en") -> tuple[Article, ...]:
    """Every article, in the order in which somebody new would read them."""
    return tuple(_read(name, language) for name in ORDER)


def matching(found: Sequence[Article], typed: str) -> list[Article]:
    """Those with every word, the ones with a word in their title first."""
    words = search_text(typed).split()
    hits = [each for each in found if all(word in _searched(each) for word in words)]
    return sorted(hits, key=lambda each: not any(word in search_text(each.title) for word in words) if words else False)


def help_file(name: str, language: str = "en") -> Traversable:
    """An article or a picture in a language, the English one where there is no other."""
    own = shipped_file(f"help/{language}/{name}")
    return own if language != "en" and own.is_file() else shipped_file(f"help/{name}")


@cache
def _searched(article: Article) -> str:
    return search_text(f"{article.title} {article.text}")


def _read(name: str, language: str) -> Article:
    title, _, text = help_file(f"{name}.md", language).read_text(encoding="utf-8").partition("\n")
    return Article(name, title.removeprefix("# ").strip(), text.strip())
