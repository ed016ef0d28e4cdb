"""Notes from the command line: written at once, filed later, sealed where the passphrase is not at hand."""

# ruff: noqa: PLC0415 - the help must not wait for the database; each command loads what it does

from typing import TYPE_CHECKING, Annotated, Any

import typer

from accountplanner.cli.context import opened, opened_to_change, shell_of
from accountplanner.cli.exits import DONE, NEEDS_A_PERSON
from accountplanner.cli.options import AsJson
from accountplanner.cli.printing import print_changes, print_json, print_table, say, warn
from accountplanner.domain.errors import WrongUseError

if TYPE_CHECKING:
    from accountplanner.usecases.note_offers import Offer
    from accountplanner.usecases.noting import InboxNote, Noted, Understood
    from accountplanner.usecases.session import Session

commands = typer.Typer()

_OFFERED = {"promise": "a promise", "follow_up": "something to do", "amount": "an opportunity", "fact": "a fact"}


@commands.command()
def note(  # noqa: PLR0913 - each is an option
    context: typer.Context,
    text: Annotated[
        list[str] | None, typer.Argument(metavar="TEXT", help="The note; @person #account !friday $amount +fact.")
    ] = None,
    *,
    account: Annotated[str, typer.Option(metavar="NAME", help="The account it is about.")] = "",
    contact: Annotated[str, typer.Option(metavar="NAME", help="The person it is about.")] = "",
    private: Annotated[bool, typer.Option("--private", help="Keep it on this computer.")] = False,
    sealed: Annotated[bool, typer.Option("--sealed", help="Write without unlocking; it waits in the inbox.")] = False,
    inbox: Annotated[bool, typer.Option("--inbox", help="List the notes that wait to be filed.")] = False,
    file: Annotated[str, typer.Option(metavar="ID", help="File a waiting note at --account or --contact.")] = "",
    discard: Annotated[str, typer.Option(metavar="ID", help="Throw a waiting note away.")] = "",
    offers: Annotated[str, typer.Option(metavar="ID", help="List what a note mentions.")] = "",
    take: Annotated[int, typer.Option(metavar="N", help="Take one of --offers.")] = 0,
    as_json: AsJson = False,
) -> int:
    """Save a note, whatever it says. What it is about may be said later."""
    words = " ".join(text or ())
    wishes = [bool(words), inbox, bool(file), bool(discard), bool(offers)]
    if sum(wishes) != 1:
        raise WrongUseError("Give a text, or one of --inbox, --file, --discard and --offers.")
    if sealed:
        return _seal(context, words, is_alone=not (account or contact or private))
    if inbox:
        return _print_inbox(opened(context), as_json=as_json)
    if words:
        return _write(context, words, (account, contact), private=private, as_json=as_json)
    session = opened_to_change(context)
    if file:
        return _file(session, file, _place(session, account, contact), private=private, as_json=as_json)
    if discard:
        return _discard(session, discard, as_json=as_json)
    return _offers(session, offers, take, as_json=as_json)


def _write(context: typer.Context, words: str, about: tuple[str, str], *, private: bool, as_json: bool) -> int:
    from accountplanner.usecases.note_offers import offers
    from accountplanner.usecases.noting import understand, write_note
    from accountplanner.usecases.workspaces import WorkspaceInUseError

    try:
        session = opened_to_change(context)
    except WorkspaceInUseError:
        return _seal_meanwhile(context, _with_place(words, *about), private=private, as_json=as_json)
    place = _place(session, *about)
    noted = write_note(session, words, place, private=private)
    offered = [] if noted.waits else list(offers(session, noted.note))
    if as_json:
        print_changes(noted.changes, as_json=True, made=noted.note, **_told(noted, offered))
    else:
        _say_what_was_understood(noted, understand(session, words, place), offered)
    return NEEDS_A_PERSON if noted.waits else DONE


def _seal(context: typer.Context, words: str, *, is_alone: bool) -> int:
    from accountplanner.usecases.sealed_notes import seal_note

    if not words or not is_alone:
        raise WrongUseError("--sealed takes a text and nothing else; it is filed once the workspace is unlocked.")
    shell = shell_of(context)
    seal_note(shell.places, words, shell.clock)
    say("Sealed; it waits in the inbox after the next unlock.")
    return DONE


def _seal_meanwhile(context: typer.Context, words: str, *, private: bool, as_json: bool) -> int:
    """Take a note although the window has the workspace open: nobody closes a window to say one sentence."""
    from accountplanner.usecases.sealed_notes import seal_note

    shell = shell_of(context)
    seal_note(shell.places, words, shell.clock)
    if as_json:
        print_json({"sealed": True, "waits": True})
    else:
        say("The workspace is open in another Account Planner; the note is sealed and comes to its inbox.")
    if private:
        warn("The inbox stays on this computer; say again that the note is private when you file it.")
    return NEEDS_A_PERSON


def _with_place(words: str, account: str, contact: str) -> str:
    """Name in the note itself what the options name, as a person would: a sealed note has nothing beside its text."""
    from accountplanner.domain.capture import Sign

    firm, _, person = contact.rpartition("/")
    named = [(Sign.PERSON, person), (Sign.ACCOUNT, account or firm)]
    return " ".join((words, *(f"{sign}{name}" for sign, name in named if name)))


def _print_inbox(session: "Session", *, as_json: bool) -> int:
    from accountplanner.usecases.noting import inbox

    waiting = inbox(session)
    if as_json:
        print_json([_waiting(each) for each in waiting])
    else:
        rows = [
            (each.written_on, each.text, ", ".join(meant.title for meant in each.suggestions), each.record)
            for each in waiting
        ]
        print_table(("Written", "Note", "May be about", "Id"), rows)
    return DONE


def _file(session: "Session", record: str, place: str, *, private: bool, as_json: bool) -> int:
    from accountplanner.usecases.noting import file_note

    if not place:
        raise WrongUseError("Say where the note belongs, with --account or --contact.")
    filed, changes = file_note(session, record, place, private=private)
    print_changes(changes, as_json=as_json, made=filed)
    return DONE


def _discard(session: "Session", record: str, *, as_json: bool) -> int:
    from accountplanner.usecases.noting import discard_note

    print_changes(discard_note(session, record), as_json=as_json)
    return DONE


def _offers(session: "Session", record: str, take: int, *, as_json: bool) -> int:
    from accountplanner.usecases.note_offers import accept_offer, offers

    offered = list(offers(session, record))
    if not take:
        if as_json:
            print_json([_offer(each) for each in offered])
        else:
            rows = [(number, *_offer(each).values()) for number, each in enumerate(offered, start=1)]
            print_table(("N", "What", "Words", "Due", "Field", "Amount"), rows)
        return DONE
    if not 1 <= take <= len(offered):
        raise WrongUseError(f"This note offers {len(offered)}; there is no number {take}.")
    print_changes(accept_offer(session, offered[take - 1]), as_json=as_json)
    return DONE


def _place(session: "Session", account: str, contact: str) -> str:
    from accountplanner.usecases.naming import find_record

    if account and contact:
        contact = contact if "/" in contact else f"{account}/{contact}"
    if contact:
        return find_record(session, "contact", contact)
    return find_record(session, "account", account) if account else ""


def _say_what_was_understood(noted: "Noted", understood: "Understood", offered: "list[Offer]") -> None:
    say(f"{noted.changes.title}: {noted.note}")
    for label, meant in (("Account", understood.account), ("Person", understood.contact)):
        if meant is not None:
            say(f"{label}: {meant.title}")
    for named in understood.unknown:
        may_be = ", ".join(meant.title for meant in named.suggestions)
        say(f"Not known: {named.chip.sign}{named.chip.words}" + (f" (may be {may_be})" if may_be else ""))
    for chip in understood.capture.strange:
        say(f"No day: {chip.sign}{chip.words}")
    for number, offer in enumerate(offered, start=1):
        told = _offer(offer)
        due = f", due {told['due']}" if told["due"] else ""
        say(f"Could become {_OFFERED[told['what']]}: “{told['words']}”{due} (--offers {noted.note} --take {number})")
    for topic in dict.fromkeys(found.topic for found in understood.sensitive):
        warn(f"This note may speak of {topic}; such things need the person's consent, or are better left out.")


def _told(noted: "Noted", offered: "list[Offer]") -> dict[str, Any]:
    understood = noted.understood
    return {
        "waits": noted.waits,
        "account": understood.account.record if understood.account else "",
        "contact": understood.contact.record if understood.contact else "",
        "unknown": [f"{each.chip.sign}{each.chip.words}" for each in understood.unknown],
        "offers": [_offer(each) for each in offered],
        "sensitive": sorted({str(found.topic) for found in understood.sensitive}),
    }


def _offer(offer: "Offer") -> dict[str, str]:
    found = offer.found
    return {
        "what": str(found.what),
        "words": found.words,
        "due": found.due.isoformat() if found.due else "",
        "field": offer.field.key if offer.field else "",
        "amount": found.amount,
    }


def _waiting(waiting: "InboxNote") -> dict[str, Any]:
    return {
        "id": waiting.record,
        "text": waiting.text,
        "written_on": waiting.written_on,
        "suggestions": [
            {"id": meant.record, "kind": meant.kind, "title": meant.title} for meant in waiting.suggestions
        ],
    }
