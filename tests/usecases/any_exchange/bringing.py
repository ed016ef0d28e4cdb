"""Files that are brought to a laptop: copies as they are or in other formats, workbooks again, damaged ones, lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from tests.usecases.any_exchange.checks import (
    check_archived,
    check_derived,
    check_list,
    check_other_format,
    check_taken,
)
from tests.usecases.any_exchange.copies import SHEETS, save_as, save_as_csv
from tests.usecases.any_exchange.world import Acting, accounts, cities, numbers, picks

from accountplanner.usecases.dumping import dump
from accountplanner.usecases.history import steps
from accountplanner.usecases.importing import apply_import, import_files, preview_import

if TYPE_CHECKING:
    from tests.usecases.any_exchange.copies import Copy


class Bringing(Acting):
    """Imports, looked at before they are applied."""

    @precondition(lambda self: self.world.copies)
    @rule(number=numbers, pick=picks, untick=st.booleans())
    def a_copy_is_brought(self, *, number: int, pick: int, untick: bool) -> None:
        self.brings(number, self.world.copies[pick % len(self.world.copies)], untick=untick)

    def brings(self, number: int, copy: Copy, *, untick: bool = False) -> None:
        with self.act(number, f"brings {copy.path.name}{' and unticks half' if untick else ''}") as session:
            preview = preview_import(session, [copy.path])
            check_derived(self.world, session, copy, preview.plan)
            marks = [item.mark for item in preview.items if item.mark] if untick else []
            apply_import(session, preview, marks[::2])
            check_taken(session, preview.plan)
            check_archived(session, copy.path)

    @precondition(lambda self: self.world.copies)
    @rule(number=numbers, pick=picks, kind=st.sampled_from(sorted(SHEETS)))
    def a_copy_is_saved_as_csv(self, *, number: int, pick: int, kind: str) -> None:
        """One sheet of a copy, saved as text: nothing of it is applied alone, and nothing meant is lost."""
        copy = self.world.copies[pick % len(self.world.copies)]
        file = self.world.file(f"{kind} of {copy.path.stem}"[:40]).with_suffix(".csv")
        if not save_as_csv(copy, kind, file):
            return
        with self.act(number, f"brings {file.name}, saved out of {copy.path.name}") as session:
            preview = preview_import(session, [file])
            self.world.books.append(file)
            check_other_format(session, copy, {kind}, preview.plan)
            apply_import(session, preview)
            check_taken(session, preview.plan)
            check_archived(session, file)

    @precondition(lambda self: self.world.copies)
    @rule(number=numbers, pick=picks)
    def a_copy_is_saved_as_ods(self, number: int, pick: int) -> None:
        self._saved_as(".ods", number, pick)

    @precondition(lambda self: self.world.copies)
    @rule(number=numbers, pick=picks)
    def a_copy_is_saved_as_xls(self, number: int, pick: int) -> None:
        self._saved_as(".xls", number, pick)

    def _saved_as(self, ending: str, number: int, pick: int) -> None:
        """A whole copy in the format of another program: its answers are proposed, and nothing of it is applied alone."""
        copy = self.world.copies[pick % len(self.world.copies)]
        file = self.world.file(copy.path.stem[:40]).with_suffix(ending)
        save_as(copy, file)
        with self.act(number, f"brings {file.name}, saved out of {copy.path.name}") as session:
            preview = preview_import(session, [file])
            self.world.books.append(file)
            check_other_format(session, copy, SHEETS, preview.plan)
            apply_import(session, preview)
            check_taken(session, preview.plan)
            check_archived(session, file)

    @precondition(lambda self: self.world.books)
    @rule(number=numbers, pick=picks)
    def files_are_brought(self, number: int, pick: int) -> None:
        picked = [self.world.books[pick % len(self.world.books)], self.world.books[-1]][: 1 + pick % 2]
        with self.act(number, f"brings {', '.join(file.name for file in picked)}") as session:
            import_files(session, picked)
            for file in picked:
                check_archived(session, file)
            before = dump(session), len(steps(session))
            again = import_files(session, picked)
            assert (again.step, dump(session), len(steps(session))) == (0, *before), "brought twice"

    @precondition(lambda self: self.world.books)
    @rule(number=numbers, pick=picks, at=st.integers(0, 999), cut=st.booleans())
    def a_damaged_file_is_brought(self, *, number: int, pick: int, at: int, cut: bool) -> None:
        file = self.world.books[pick % len(self.world.books)]
        content = bytearray(file.read_bytes())
        place = at * len(content) // 1000
        if cut:
            del content[place:]
        else:
            content[place] ^= 0x40
        damaged = self.world.file("damaged").with_suffix(file.suffix)
        damaged.write_bytes(bytes(content))
        with self.act(number, f"brings {file.name}, damaged at {at}") as session:
            preview = preview_import(session, [damaged])
            # Texts and xls carry no checksums: what is damaged in them may be another list, of which we know nothing.
            if file.suffix in {".xlsx", ".ods"}:
                apply_import(session, preview)
                check_taken(session, preview.plan)

    @rule(number=numbers, name=accounts, city=cities, new=st.booleans())
    def a_list_is_brought(self, *, number: int, name: str, city: str, new: bool) -> None:
        """A CSV list out of somebody's own system, the next file of one source."""
        self.world.lists += 1
        # It makes a record of its own, which a person may or may not take for the one of that name.
        text = self.word_or(city, "", "city")
        # The name of its first file names the source: everybody gets it under the same.
        file = self.world.file("list").with_suffix("") / "customers.csv"
        file.parent.mkdir()
        title = self.world.word("", "name") if new else name
        file.write_text(f"Customer number,Company,City\n7{int(new)}{len(name)},{title},{text}\n")
        with self.act(number, f"brings the list {file.parent.name}: {title}, {text}") as session:
            self.world.books.append(file)
            preview = preview_import(session, [file])
            check_list(self.world, preview.plan, (title, text))
            apply_import(session, preview)
            check_taken(session, preview.plan)
