"""The whole job without a window: two laptops of one team, a colleague and a partner with Excel only.

Everything goes through the use cases a person has; every file stays in the folder, with a short
account of what happened.
"""

import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from accountplanner.domain.errors import RefusedError
from accountplanner.domain.sentences import told
from accountplanner.exchange.filling import Answer, fill_workbook
from accountplanner.store.failures import storage_failures
from accountplanner.store.places import Places
from accountplanner.store.stretching import Stretching
from accountplanner.usecases.dumping import dump
from accountplanner.usecases.editing import Typed, set_value
from accountplanner.usecases.exporting import export_partner, export_team
from accountplanner.usecases.import_plans import Counts
from accountplanner.usecases.importing import import_files
from accountplanner.usecases.partners import scope_of
from accountplanner.usecases.reviewing import resolve
from accountplanner.usecases.sample import fill_sample
from accountplanner.usecases.session import Clock, Session, SystemClock
from accountplanner.usecases.team import invite
from accountplanner.usecases.waiting import queue
from accountplanner.usecases.workspaces import NewWorkspace, create_workspace, verify

ACCOUNT = "what-happened.md"
_MARK = "accountplanner tour"
_TEAM, _TEAM_FILLED = "1-team-workbook.xlsx", "3-team-workbook-filled-by-carla.xlsx"
_PARTNER, _PARTNER_FILLED = "2-partner-workbook.xlsx", "4-partner-workbook-filled.xlsx"


@dataclass(slots=True)
class Tour:
    """A tour under way. `told` is its account, line by line; `equal` whether both ended at one picture."""

    folder: Path
    report: Callable[[str], None]
    clock: Clock
    told: list[str] = field(default_factory=list)
    equal: bool = False
    sound: bool = False

    def tell(self, sentence: str) -> None:
        """Say it to the person watching and write it down."""
        self.told.append(sentence)
        self.report(sentence)


def take_tour(folder: Path, report: Callable[[str], None], clock: Clock | None = None, accounts: int = 40) -> Tour:
    """Run the tour into a folder; an earlier tour there is replaced, anything else is left alone.

    Raises:
        RefusedError: the folder holds something that no tour wrote.
    """
    tour = Tour(folder, report, clock or SystemClock())
    with storage_failures(folder):
        _prepare(folder)
    ann = _workspace(tour, "Ann", None)
    try:
        join_file, passphrase = folder / "0-join-file.accountplanner", secrets.token_urlsafe(12)
        invite(ann, join_file, passphrase)
        ben = _workspace(tour, "Ben", (join_file, passphrase))
        try:
            _exchange(tour, ann, ben, accounts)
        finally:
            ben.close()
    finally:
        ann.close()
    _write_account(tour)
    return tour


def _prepare(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        account = folder / ACCOUNT
        if not account.is_file() or _MARK not in account.read_text(encoding="utf-8"):
            raise RefusedError(
                told("“{folder}” holds something else than an earlier tour; choose an empty folder.", folder=folder)
            )
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    # Written first, so that a tour that breaks off can be repeated.
    (folder / ACCOUNT).write_text(f"<!-- {_MARK} -->\nThis tour has not come to its end.\n", encoding="utf-8")


def _workspace(tour: Tour, name: str, joining: tuple[Path, str] | None) -> Session:
    wish = NewWorkspace(
        Places(tour.folder / f"workspace-{name.lower()}"),
        name,
        f"{name.lower()}@example.org",
        secrets.token_urlsafe(16),
        join_file=joining[0] if joining else None,
        join_passphrase=joining[1] if joining else "",
        # These workspaces hold invented customers and a passphrase nobody keeps.
        stretching=Stretching(1024, 1, 1),
    )
    return create_workspace(wish, tour.clock).session


def _exchange(tour: Tour, ann: Session, ben: Session, accounts: int) -> None:
    folder = tour.folder
    fill_sample(ann, accounts)
    counted = ann.store.counts()
    tour.tell(f"Ann has a sample territory: {counted['account']} accounts, {counted['contact']} contacts, "
              f"{counted['purchase']} purchases. Ben joins her team with a join file.")  # fmt: skip
    partner, name = _partner(ann)
    export_team(ann, folder / _TEAM)
    tour.tell(f"Ann writes a team workbook for everybody ({_TEAM}).")
    export_partner(ann, partner, folder / _PARTNER)
    tour.tell(f"Ann writes a workbook for the channel partner {name} ({_PARTNER}): their accounts, nothing else.")
    _counts(tour, "Ben imports the team workbook", import_files(ben, [folder / _TEAM]).counts)
    account = _account(ann, partner)
    _fill(tour, ann, account)
    set_value(ann, Typed(account, "phone", "+49 40 555 0100"))
    tour.tell("Meanwhile Ann corrects the phone number of the same account on her own laptop.")
    _import_in_both_orders(tour, ann, ben)
    _settle(tour, ann, ben)


def _partner(session: Session) -> tuple[str, str]:
    """The partner with the most accounts in scope."""
    partners = session.store.every("partner")
    best = max(partners, key=lambda partner: len(scope_of(session, partner.record)))
    return best.record, best.values["name"]


def _account(session: Session, partner: str) -> str:
    return scope_of(session, partner)[0]


def _fill(tour: Tour, session: Session, account: str) -> None:
    """Two people with nothing but a spreadsheet program fill in their copies."""
    folder, name = tour.folder, session.store.titles([account])[account]
    colleague = [
        Answer("Accounts", name, "Phone", "+49 40 555 0199"),
        Answer("Accounts", name, "Industry", "Hotels and conference centres"),
    ]
    fill_workbook(folder / _TEAM, folder / _TEAM_FILLED, colleague)
    tour.tell(f"Carla, who has Excel only, changes phone and industry of {name} ({_TEAM_FILLED}).")
    partner = [
        Answer("Accounts", name, "How satisfied are they with us", "Satisfied"),
        Answer("Accounts", name, "Key problems as they see them", "Deliveries arrive after the kitchen has opened"),
        Answer("Accounts", name, "Website", "www.example.org"),
        Answer("Registrations", "", "Customer", "Hafenkantine Nord"),
    ]
    fill_workbook(folder / _PARTNER, folder / _PARTNER_FILLED, partner)
    tour.tell(f"The partner answers three questions about {name} and registers a new customer ({_PARTNER_FILLED}).")


def _import_in_both_orders(tour: Tour, ann: Session, ben: Session) -> None:
    folder = tour.folder
    _counts(tour, "Ann imports Carla's copy", import_files(ann, [folder / _TEAM_FILLED]).counts)
    _counts(tour, "Ann imports the partner's copy", import_files(ann, [folder / _PARTNER_FILLED]).counts)
    _counts(tour, "Ben imports the partner's copy first", import_files(ben, [folder / _PARTNER_FILLED]).counts)
    _counts(tour, "Ben imports Carla's copy", import_files(ben, [folder / _TEAM_FILLED]).counts)
    again = import_files(ann, [folder / _PARTNER_FILLED])
    tour.tell("Ann imports the partner's copy once more: " + ("nothing changes." if not again.step else "it changed!"))


def _settle(tour: Tour, ann: Session, ben: Session) -> None:
    _send(tour, ann, ben, "5-team-workbook-from-ann.xlsx")
    _send(tour, ben, ann, "6-team-workbook-from-ben.xlsx")
    open_conflicts = [item for item in queue(ann) if item.kind == "conflict"]
    for item in open_conflicts:
        values = " against ".join(f"“{value.text}”" for value in item.values)
        resolve(ann, item.id, 1)
        tour.tell(f"A conflict in {item.label} of {item.title}: {values}. Ann keeps “{item.values[0].text}”.")
    _send(tour, ann, ben, "7-team-workbook-from-ann.xlsx")
    _send(tour, ben, ann, "8-team-workbook-from-ben.xlsx")
    one, other = dump(ann), dump(ben)
    (tour.folder / "dump-ann.json").write_bytes(one)
    (tour.folder / "dump-ben.json").write_bytes(other)
    tour.equal = one == other
    tour.sound = not verify(ann) and not verify(ben)
    tour.tell("Both laptops hold the same picture, byte for byte." if tour.equal else "The two pictures differ!")
    if tour.sound:
        tour.tell("Both workspaces verify: every chain, digest, signature and cached value is as it should be.")


def _send(tour: Tour, sender: Session, receiver: Session, name: str) -> None:
    export_team(sender, tour.folder / name)
    who = f"{receiver.store.identity.name} imports {sender.store.identity.name}'s team workbook ({name})"
    result = import_files(receiver, [tour.folder / name])
    _counts(tour, who, result.counts)
    for notice in result.notices:
        tour.tell(notice)


def _counts(tour: Tour, what: str, counts: Counts) -> None:
    said = [
        f"{number} {word}"
        for number, word in (
            (counts.new, "new"),
            (counts.changed, "changed"),
            (counts.conflicts, "in conflict"),
            (counts.suggestions, "suggested"),
            (counts.held, "waiting"),
        )
        if number
    ]
    tour.tell(f"{what}: {', '.join(said) or 'nothing new'}.")


def _write_account(tour: Tour) -> None:
    lines = [f"<!-- {_MARK} -->", "# What happened", ""]
    lines += [f"{number}. {sentence}" for number, sentence in enumerate(tour.told, 1)]
    lines += [
        "",
        "The workspaces of Ann and Ben lie in the folders `workspace-ann` and `workspace-ben`, encrypted with",
        "passphrases that nobody kept. `dump-ann.json` and `dump-ben.json` are what the two agree on.",
        "",
    ]
    (tour.folder / ACCOUNT).write_text("\n".join(lines), encoding="utf-8")
