"""Whatever people do: laptops of one team, people who have only a spreadsheet program, files going everywhere.

Real use cases on encrypted databases, real workbooks in bytes. At every step is checked what a step may do; at
the end everything reaches everybody, and all must hold the one picture that the ledger expects. Two or three laptops
work, one hears everything at the end, and one that is restored goes on as a replica of its own; there are one to three
channel partners and up to six copies in people's hands.

What people do, and the rule (or the act on a copy, in `copies`) that does it; the rules lie in `saying`, `deciding`,
`answering`, `sending`, `bringing` and `accidents`:

    edit, several fields, clear              types, types_several, clears, judges; with an open form, too
    a private value, sharing it              types_privately, shares
    a parent, of which two may make a circle places_under; place_under in a copy
    add and delete a record, bring it back   adds_a_contact, deletes, restores, resolves (a disputed deletion)
    note; merge and part                     notes, merges_or_parts
    resolve, accept, reject                  resolves, decides, decides_and_thinks_again
    put a cell back as it had been sent      an_answer_is_put_back, decides_about_an_answer_put_back
    fill in what does not fit, put it right  a_cell_does_not_fit, puts_a_cell_right
    undo and redo, the last or a chosen step undoes, redoes, takes_back_at_once, turns_some_step
    erase a person                           erases
    export to the team, to a partner         sends_to_the_team, asks_a_partner; whom they may know: sets_a_scope
    edit a copy, type the old value again    somebody_works_on_a_copy: edit, revert
    sort all, sort without the keys          sort_all, sort_visible
    insert, duplicate, delete, add a row     insert_row, duplicate_row, delete_row, add_row; add_pair names one another
    insert, rename, delete, move a column    insert_column, rename_column, delete_column, move_column
    rename a sheet                           rename_sheet
    lose `_sync`, properties, keys           lose_sync, lose_properties, lose_keys
    hand a copy to somebody else             a_copy_is_passed_on
    save again with other digits and ends    save_noisily
    save one sheet as CSV                    a_copy_is_saved_as_csv
    save the whole as ods, as xls            a_copy_is_saved_as_ods, a_copy_is_saved_as_xls
    bring any file anywhere, again           a_copy_is_brought, files_are_brought (of every format), a_list_is_brought
    bring a damaged file                     a_damaged_file_is_brought
    another version of the program           a_newer_program_writes
    try the program out on a file of ours    a_stranger_looks_at_a_file
    a clock jumps                            clock_jumps
    crash, close, restore a backup           crashes_while_importing, is_closed_and_opened, is_restored

What must hold, and where it is checked:

    P1, P2  everybody agrees, in any order   checks._check_agreement: dumps, views, ids; one laptop hears all at the end
    P3      brought twice is brought once    files_are_brought, checks._check_nothing_moves
    P4      saved again is nothing said      checks._check_nothing_invented
    P5      nothing typed is lost            checks.check_derived, check_taken, check_archived; Ledger.kept
    P6      no old value comes back          the oracle of the ledger, which knows no cuts
    P7, P8  conflicts are where they must be the oracle; checks._check_queue shows every one of them to a person
    P9      what may not leave stays         checks.check_partner_file, check_team_file, types_privately
    P9a     and follows who is merged        checks._check_private_values_follow
    P10     what is missing says nothing     checks.check_derived: only what was meant is said
    P11     mixed-up rows hit nobody else    checks._check_nothing_invented
    P12     unknown fields pass through      a_newer_program_writes and the agreement at the end
    P13     rejected stays rejected          checks._check_queue; what was undone waits again: decides_and_thinks_again
    P14     clocks decide nothing            the oracle has none
    P15     any bytes end in a sentence      world.Acting.act: a refusal is one sentence and changes nothing
    undo    is as if it had not been done    takes_back_at_once; turns_some_step comes out as it went in

Beside it: every order of a few files (test_all_orders), the same under other names and in other places
(test_same_by_any_name), a real older version in between (test_two_versions), what may not leave changed at will
(tests/usecases/test_privacy), thousands of damaged files (tests/exchange/reading, tools/check_corpus.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import hypothesis
from hypothesis import Phase, note, settings
from hypothesis.stateful import invariant, run_state_machine_as_test
from tests.usecases.any_exchange.accidents import Accidents
from tests.usecases.any_exchange.answering import Answering
from tests.usecases.any_exchange.checks import check_everything
from typing_extensions import override

if TYPE_CHECKING:
    from tests.usecases.any_exchange.ground import Ground


class AnyExchange(Answering, Accidents):
    """Two or three laptops at work; a fourth was away the whole time and hears everything at the end."""

    @invariant()
    def the_step_went_well(self) -> None:
        self.is_sound = True

    @override
    def teardown(self) -> None:
        if hasattr(self, "world"):
            note("\n".join(self.world.story))
            if self.is_sound:
                check_everything(self.world)


def run(ground: Ground, examples: int, steps_each: int, *, seed: int | None = None, **options: Any) -> None:  # noqa: ANN401 - Hypothesis' own
    """Search for a history that goes wrong."""
    machine = type("AnyExchangeHere", (AnyExchange,), {"ground": ground})
    if seed is not None:
        machine = hypothesis.seed(seed)(machine)
    options = {"phases": [Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink], **options}
    wished = settings(max_examples=examples, stateful_step_count=steps_each, deadline=None, **options)
    run_state_machine_as_test(machine, settings=wished)
