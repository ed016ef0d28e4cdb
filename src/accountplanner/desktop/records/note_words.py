"""What the program says about a note: what it understood, and what it offers."""

from datetime import date
from typing import Final

from accountplanner.desktop.formats import Formats
from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.wording import say, say_label
from accountplanner.domain.capture import amount_of
from accountplanner.domain.capture_offers import Mentioned
from accountplanner.usecases.note_offers import Offer
from accountplanner.usecases.noting import Understood
from accountplanner.usecases.noting_names import Meant, Named

_LONGEST: Final = 46


def understood_words(understood: Understood, formats: Formats, today: date, here: str = "") -> list[tuple[str, Tone]]:
    """One pill for each thing understood, and one for each that is not.

    A note that stands beside a record `here` is about that one, which goes without saying; others are only named.
    """
    said = [(words, Tone.ACCENT) for words in (_names_in(understood, here) if here else _places(understood))]
    said += [(formats.short_date(chip.day, today), Tone.GOOD) for chip in understood.capture.days if chip.day]
    said += [(chip.words, Tone.GOOD) for chip in understood.capture.amounts if amount_of(chip.words)]
    said += [(_unknown(named), Tone.WARN) for named in understood.unknown]
    said += [(say("{words} is no day", words=_short(chip.words)), Tone.WARN) for chip in understood.capture.strange]
    if not here and understood.waits and not understood.unknown and understood.capture.text.strip():
        said.append((say("will wait in the inbox"), Tone.NEUTRAL))
    return said


def _places(understood: Understood) -> list[str]:
    """Where a note will be filed."""
    about = [say("about {name}", name=_short(understood.account.title))] if understood.account else []
    return [*about, _short(understood.contact.title)] if understood.contact else about


def _names_in(understood: Understood, here: str) -> list[str]:
    """Whom a note names beside the record it stands at."""
    return [_short(each.meant.title) for each in understood.named if each.meant and each.meant.record != here]


def offer_question(offer: Offer, formats: Formats, today: date) -> tuple[str, str]:
    """What led to an offer, and the question to be answered with yes or no."""
    mentioned = say("You mentioned “{phrase}”", phrase=_short(offer.found.phrase))
    return mentioned, _question(offer, formats, today)


def suggestion_words(meant: Meant) -> str:
    """An account or a person that a note may be about."""
    if meant.account_title:
        return say("{person} at {account}", person=meant.title, account=meant.account_title)
    return meant.title


def _question(offer: Offer, formats: Formats, today: date) -> str:
    found = offer.found
    due = formats.short_date(found.due, today) if found.due else ""
    name = offer.contact.title if offer.contact else offer.account.title if offer.account else ""
    if found.what is Mentioned.PROMISE:
        return say("Make it a promise to {name}, due {due}?", name=name, due=due)
    if found.what is Mentioned.FOLLOW_UP:
        return say("Come back to {name} about it, due {due}?", name=name, due=due)
    if found.what is Mentioned.AMOUNT:
        return say("Make it an opportunity of {amount}?", amount=_money(offer, formats))
    label = say_label(offer.field.label) if offer.field else ""
    if offer.private:
        return say("Keep it about {name}, under “{field}”? It stays on this computer.", name=name, field=label)
    return say("Keep it about {name}, under “{field}”?", name=name, field=label)


def _money(offer: Offer, formats: Formats) -> str:
    return formats.money(offer.amount.minor, offer.amount.currency) if offer.amount else offer.found.amount


def _unknown(named: Named) -> str:
    name = f"{named.chip.sign}{_short(named.chip.words)}"
    return say("{name}: which one?", name=name) if named.suggestions else say("{name} is not known", name=name)


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
