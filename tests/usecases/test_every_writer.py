"""Every way by which a file leaves the workspace: none carries what it must not, and no new one goes unnoticed."""

from __future__ import annotations

import ast
import io
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from tests.usecases.canaries import Canaries, field_of, inflated, seen
from tests.usecases.conftest import Laptops

import accountplanner
from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.fields import FieldType, Layer, Privacy
from accountplanner.domain.ids import kind_of
from accountplanner.usecases.backup_choices import copy_backups_to
from accountplanner.usecases.brief_documents import write_briefs
from accountplanner.usecases.briefs import read_brief
from accountplanner.usecases.contact_cards import write_contact_card
from accountplanner.usecases.departments import DEPARTMENT_LABELS
from accountplanner.usecases.editing import Typed, create_record, set_value
from accountplanner.usecases.exchange_folder import exchange_folder
from accountplanner.usecases.exporting import export_all_partners, export_partner, export_team
from accountplanner.usecases.reports import export_report, report_kinds
from accountplanner.usecases.team import invite
from accountplanner.usecases.workspaces import back_up

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from tests.usecases.acting import Picture

    from accountplanner.domain.briefs import Brief
    from accountplanner.usecases.session import Session

Aviary = tuple["Session", "Picture", Canaries]
NOTHING: frozenset[Privacy] = frozenset()
BUSINESS = frozenset({Privacy.BUSINESS})
OPEN = frozenset({Privacy.BUSINESS, Privacy.PERSONAL})
TICKED = OPEN | {Privacy.HOUSEHOLD, Privacy.INFERABLE}
TEAM, BOTH = frozenset({Layer.TEAM}), frozenset(Layer)
NOBODY: frozenset[str] = frozenset()
SOURCE = Path(accountplanner.__file__).parent


@dataclass(frozen=True)
class Writer:
    """One way out: the module that publishes the file, what it writes into a folder, what may be readable there."""

    where: str
    write: Callable[[Session, Picture, Path], object]
    classes: frozenset[Privacy] = NOTHING
    layers: frozenset[Layer] = TEAM
    shows: Collection[str] = field(default=NOBODY)
    """Field ids some of which must be there, so that looking in the wrong place is noticed."""


def _kari(session: Session, picture: Picture, ticked: frozenset[Privacy] = NOTHING) -> list[Brief]:
    return [read_brief(session, picture.contacts["Kari Nordmann"], ticked)]


def _folder(session: Session, folder: Path) -> None:
    (folder / "shared").mkdir()
    exchange_folder(session, folder / "shared")


def _backup(session: Session, folder: Path) -> None:
    (folder / "second").mkdir()
    back_up(session)
    copy_backups_to(session, str(folder / "second"))


_WORKBOOK, _CARD, _BRIEF = "exchange/writing/workbook.py", "usecases/contact_cards.py", "usecases/brief_documents.py"
WRITERS: dict[str, Writer] = {
    "team workbook": Writer(
        _WORKBOOK, lambda s, _, to: export_team(s, to / "t.xlsx"), OPEN, shows=["account.key_problems"]
    ),
    "locked team workbook": Writer(_WORKBOOK, lambda s, _, to: export_team(s, to / "t.xlsx", password="lock")),
    "partner workbook": Writer(
        _WORKBOOK,
        lambda s, p, to: export_partner(s, p.partner, to / "p.xlsx"),
        BUSINESS,
        shows=["account.key_problems"],
    ),
    "locked partner workbook": Writer(
        _WORKBOOK, lambda s, p, to: export_partner(s, p.partner, to / "p.xlsx", password="lock")
    ),
    "all partners": Writer(_WORKBOOK, lambda s, _, to: export_all_partners(s, to), BUSINESS, shows=["account.city"]),
    **{
        f"{each} workbook": Writer(
            _WORKBOOK,
            lambda s, _, to, each=each: export_team(s, to / "d.xlsx", department=each),  # type: ignore[misc]
            OPEN,
            shows=["touch.subject"],
        )
        for each in DEPARTMENT_LABELS
    },
    **{
        f"{each} report": Writer(
            "exchange/reports/writing.py",
            lambda s, _, to, each=each: export_report(s, each, to / "r.xlsx"),  # type: ignore[misc]
            BUSINESS,
            shows=["account.name", "contact.name", "purchase.order_number", "case.title"],
        )
        for each in report_kinds()
    },
    "edition in the shared folder": Writer(
        "usecases/folder_edition.py", lambda s, _, to: _folder(s, to), OPEN, shows=["account.city"]
    ),
    "card": Writer(
        _CARD,
        lambda s, p, to: write_contact_card(s, p.contacts["Kari Nordmann"], to / "k.vcf", with_birthday=True),
        BUSINESS,
        shows=["contact.title"],
    ),
    "brief": Writer(
        _BRIEF, lambda s, p, to: write_briefs(s, _kari(s, p), to / "b.pdf"), OPEN, BOTH, shows=["contact.title"]
    ),
    "brief with what was ticked": Writer(
        _BRIEF,
        lambda s, p, to: write_briefs(s, _kari(s, p, TICKED - OPEN), to / "b.pdf"),
        TICKED,
        BOTH,
        ["contact.title"],
    ),
    "locked brief": Writer(_BRIEF, lambda s, p, to: write_briefs(s, _kari(s, p), to / "b.pdf", password="lock")),
    "join file": Writer("usecases/team.py", lambda s, _, to: invite(s, to / "j.accountplanner", "join us")),
    "second copy of a backup": Writer("store/backups.py", lambda s, _, to: _backup(s, to)),
}

UNDER_A_KEY = "within the workspace, encrypted; what is readable there is looked for in test_privacy"
OTHERS = {
    "store/durable.py": "how the store writes its small files",
    "store/encrypted.py": UNDER_A_KEY,
    "store/keyslots.py": "wrapped keys",
    "store/letterbox.py": UNDER_A_KEY,
    "store/looking_back.py": UNDER_A_KEY,
    "store/restoring.py": UNDER_A_KEY,
    "store/failures.py": "an empty file, to see whether the disk is full",
    "store/lockfile.py": "the number of the process that has the workspace open",
    "exchange/writing/publishing.py": "how all others put a finished file in its place",
    "exchange/filling.py": "a partner who fills in a copy, in the tour",
    "documents/pdf.py": "made in memory; brief_documents publishes it",
    "usecases/mapping_choices.py": "rows of the file a person has brought, which were not taken in",
    "usecases/tour.py": "the sample territory in workspaces of its own",
    "exchange/reading/guard.py": "what a library complains of, thrown away",
    "cli/streams.py": "what nobody reads any more, thrown away; closed streams lead nowhere",
    "cli/self_check.py": "a workspace that is thrown away",
    "usecases/throwaway.py": "a workspace that is thrown away",
    "desktop/settings.py": "colours and sizes, no data",
    "desktop/dialogs/brief_dialog.py": "the name a printer without paper is proposed; a person asks for the print",
}


@pytest.fixture(scope="module")
def written(aviary: Aviary, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Aviary]:
    """The workspace full of canaries with private figures besides, opened once: writing changes no value."""
    laptops = Laptops(tmp_path_factory.mktemp("written"))
    session = laptops.open(aviary[0], "Written")
    canaries = Canaries(session, dict(aviary[2].fields))
    for record in (*aviary[1].accounts.values(), *aviary[1].contacts.values()):
        _plant_figures(session, record)
    for layer, account in ((Layer.TEAM, "Alpine"), (Layer.ME, "Café Nord")):
        dispute = {"account": aviary[1].accounts[account], "dispute": "yes", "state": "open"}
        canaries.plant(create_record(session, "case", dispute, layer=layer)[0], layer)
    yield session, aviary[1], canaries
    laptops.close()


FIGURES = {
    FieldType.DATE: ("1911-03-07", ("1911-03-07", "19110307", ">4084<", "7 March 1911", "07.03.1911")),
    FieldType.MONEY: ("8104734500 EUR", ("8104734500", "81047345", "81,047,345")),
    FieldType.PHONE: ("+49 8147 734506", ("8147 734506", "8147734506")),
    FieldType.EMAIL: ("heron@private.example", ("heron@",)),
    FieldType.URL: ("www.heron.example", ("www.heron",)),
}
"""A private value per type, and how it might show."""


def _plant_figures(session: Session, record: str) -> None:
    for each in KINDS[kind_of(record)].fields:
        if each.type in FIGURES and not each.internal and each.privacy is not Privacy.SPECIAL:
            set_value(session, Typed(record, each.key, FIGURES[each.type][0], layer=Layer.ME))


def readable(folder: Path) -> bytes:
    """Everything in the files as any program would read it: archives and pages opened, names and metadata as well."""
    held = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            held += [path.name.encode(), data]
            if data[:4] == b"PK\x03\x04":
                held.append(inflated(path))
            if data[:4] == b"%PDF":
                held.append(_pages(data))
    return b"\n".join(held)


def _pages(data: bytes) -> bytes:
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        return b""
    # A word may be parted at the end of a line.
    texts = ["".join(page.extract_text().split()) for page in reader.pages]
    return " ".join([*texts, *(page.extract_text() for page in reader.pages), str(reader.metadata)]).encode()


@pytest.mark.slow
@pytest.mark.parametrize("name", list(WRITERS))
def test_a_file_shows_what_its_reader_may_see_and_nothing_else(written: Aviary, name: str, tmp_path: Path) -> None:
    session, picture, canaries = written
    writer = WRITERS[name]
    writer.write(session, picture, tmp_path)
    data = readable(tmp_path)
    assert len(data) > 100
    found = {canary: canaries.fields[canary] for canary in seen(data)}
    wrong = {
        canary: (record, key)
        for canary, (record, key, layer) in found.items()
        if layer not in writer.layers or field_of(record, key).privacy not in writer.classes
    }
    assert wrong == {}
    if Layer.ME not in writer.layers:
        assert [form for _, forms in FIGURES.values() for form in forms if form.encode() in data] == []
    shown = {f"{record.partition(':')[0]}.{key}" for record, key, _ in found.values()}
    assert not writer.shows or shown & set(writer.shows), "the canaries are not looked for where they are"


# --- no new way out without its canaries ----------------------------------------------------------------------------

_WRITING = frozenset(
    [
        "publish",
        "write_bytes",
        "write_text",
        "write_durably",
        "copyfile",
        "copy2",
        "copytree",
        "move",
        "new_private_file",
        "savefig",
        "QPdfWriter",
        "setOutputFileName",
        "QSaveFile",
        "NamedTemporaryFile",
        "mkstemp",
        "TemporaryDirectory",
        "mkdtemp",
        "TemporaryFile",
    ]
)
_NAMES = (*sorted(_WRITING), "save", "open", "fdopen")
# A method of these names is something else on a window: a painter's state, a widget's place.
_NOT_ON_WINDOWS = frozenset({"move", "save"})


def writes(call: ast.Call, *, on_window: bool) -> bool:
    """Whether a call looks like one that makes or changes a file."""
    called = call.func
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    if name in _WRITING | {"save"}:
        return not (on_window and name in _NOT_ON_WINDOWS)
    return name in {"open", "fdopen"} and any(_is_writing_mode(each) for each in ast.walk(call))


def _is_writing_mode(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute):
        return node.attr in {"O_WRONLY", "O_RDWR", "O_CREAT"}
    text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return bool(text) and len(text) <= 3 and set(text) <= set("rwxabt+") and bool(set(text) & set("wxa+"))


def modules_that_write() -> set[str]:
    found = set()
    for path in SOURCE.rglob("*.py"):
        where, text = path.relative_to(SOURCE).as_posix(), path.read_text(encoding="utf-8")
        # Most modules name none of these, and need not be understood.
        parsed = ast.walk(ast.parse(text)) if any(f"{name}(" in text for name in _NAMES) else ()
        calls = (node for node in parsed if isinstance(node, ast.Call))
        if any(writes(call, on_window=where.startswith("desktop/")) for call in calls):
            found.add(where)
    return found


def test_whatever_writes_a_file_is_listed_here_with_its_canaries_or_a_reason() -> None:
    listed = {writer.where for writer in WRITERS.values()} | OTHERS.keys()
    found = modules_that_write()
    assert found - listed == set(), "give the new way out its canaries in WRITERS, or a reason in OTHERS"
    assert listed - found == set(), "what is listed here and writes nothing any more"
