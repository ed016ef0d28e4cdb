"""Notes for what people wrote beside the cells: comments, and columns they added.

Each is proposed with who wrote it and where. A note's id comes from what it says and about whom, so the
same words in a file that was saved again make the same note on every laptop.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from accountplanner.domain.catalogue import known_field
from accountplanner.domain.ids import derived_id
from accountplanner.domain.sentences import Sentence, joined, told
from accountplanner.domain.statements import Statement
from accountplanner.exchange.derivation import Suggestion
from accountplanner.exchange.edits import Pen
from accountplanner.exchange.export_record import ExportRecord
from accountplanner.exchange.returned.findings import AddedColumn, Place, Remark
from accountplanner.exchange.returned.remarks import is_unnamed

_SHOWN = 5
_LONG = 200


@dataclass(frozen=True, slots=True)
class Noting:
    """Makes notes of the remarks in one returned workbook."""

    record: ExportRecord
    pen: Pen

    def comments(self, remarks: Iterable[Remark]) -> Iterator[Suggestion]:
        """A suggestion for each comment, and for each text on a sheet without records."""
        for remark in remarks:
            said = told("{matter} says “{text}”", matter=_of_comment(remark), text=_shown_text(remark))
            yield self._suggested(remark, said, (remark,))

    def column(self, added: AddedColumn) -> Suggestion | None:
        """One suggestion for a whole column that is not ours; nothing for one that says nothing of our records."""
        cells = [each for each in added.cells if each.about]
        if not cells:
            return None
        titled = replace(cells[0], place=Place(added.sheet, 0, added.header), text=added.header)
        shown: str = joined((_shown(each) for each in cells[:_SHOWN]), "; ")
        if len(cells) > _SHOWN:
            shown = told("{names} and {count:,} more", names=shown, count=len(cells) - _SHOWN)
        return self._suggested(titled, told("a column that is not ours: {cells}", cells=shown), cells)

    def _suggested(self, about: Remark, reason: str, remarks: Iterable[Remark]) -> Suggestion:
        remarks = list(remarks)
        notes = [statement for each in remarks for statement in self._note(each)]
        if notes:
            reason = told("{matter}; accepted, it is kept as a note", matter=reason)
        else:
            reason = told("{matter}; no note can be made of it", matter=reason)
        content = "\n".join(each.text for each in remarks)
        named = self.pen.suggestion("note", (self._owner(about), "", content), reason, about.place)
        return replace(named, value=about.text, statements=tuple(notes))

    def _owner(self, remark: Remark) -> str:
        return next((self.record.aliases[alias] for _, alias in remark.about if alias in self.record.aliases), "")

    def _note(self, remark: Remark) -> list[Statement]:
        owners = [(kind, self.record.aliases[alias]) for kind, alias in remark.about if alias in self.record.aliases]
        partner = self.record.facts.partner
        if not owners and not partner:
            return []
        kind = "partner_note" if partner else "note"
        values = {
            "text": _worded(remark, spoken=bool(partner)),
            "partner": partner,
            "author": remark.author,
            "written_on": remark.dated,
        } | dict(owners)
        record = derived_id(
            kind, self.record.facts.secret, "remark", *(part for each in values.items() for part in each)
        )
        said = [(known_field(kind, key), value) for key, value in values.items() if value]
        edits = [self.pen.edit(record, field, value) for field, value in said if field is not None]
        return [self.pen.creation(record), *edits]


def _of_comment(remark: Remark) -> Sentence:
    if remark.beside and not remark.place.row:
        return told("a sheet that is not ours")
    if remark.beside:
        return told("a text typed beside our own words")
    if remark.author:
        matter = told("a comment of {author} on {column}", author=remark.author, column=remark.place.column)
    else:
        matter = told("a comment on {column}", column=remark.place.column)
    if remark.title:
        return told("{matter} of “{title}”", matter=matter, title=remark.title)
    return told("{matter}, which belongs to no row", matter=matter)


def _worded(remark: Remark, *, spoken: bool) -> str:
    """The words of a note; a partner's note has no author of its own, so who wrote it stands in front."""
    column = "" if is_unnamed(remark.place.column) else remark.place.column
    place = remark.place.sheet if remark.beside else column
    text = f"{place}: {remark.text}" if place else remark.text
    return f"{remark.author}: {text}" if spoken and remark.author else text


def _shown_text(remark: Remark) -> str:
    return remark.text if len(remark.text) <= _LONG else f"{remark.text[:_LONG].rstrip()} …"


def _shown(remark: Remark) -> str:
    return told("“{text}” ({title})", text=remark.text, title=remark.title)
