"""The touches of an account as a brief counts them: by whom, whatever department or partner they come from."""

from collections.abc import Iterable, Iterator
from datetime import date

from accountplanner.domain.catalogue import field_named
from accountplanner.insight.briefing import Contacted
from accountplanner.store.queries import CachedRecord
from accountplanner.usecases.pages import shown_text
from accountplanner.usecases.session import Session


def contacted(session: Session, touches: Iterable[CachedRecord], *, without: str = "") -> Iterator[Contacted]:
    """Who was in touch, without one colleague; nobody named leaves the department."""
    held = list(touches)
    keys = ("colleague", "partner")
    names = session.store.titles({each.values[key] for each in held for key in keys if each.values.get(key)})
    for each in held:
        values = each.values
        who = values.get("colleague") or values.get("partner") or ""
        if who and who == without:
            continue
        department = "" if values.get("partner") else values.get("department", "")
        yield Contacted(
            names.get(who, ""),
            shown_text(field_named("touch", "department"), department) if department else "",
            channel_of(each),
            date.fromisoformat(values["happened_on"]),
        )


def channel_of(touch: CachedRecord) -> str:
    """The channel as people call it."""
    return shown_text(field_named("touch", "channel"), touch.values.get("channel", ""))
