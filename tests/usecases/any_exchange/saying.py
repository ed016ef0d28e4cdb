"""What somebody says at a laptop: typed, cleared, kept private, shared, added, deleted, merged, erased."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule
from tests.usecases.any_exchange.world import Acting, Look, accounts, cities, numbers, pages, people

from accountplanner.domain.fields import Layer
from accountplanner.usecases.dumping import dump, dump_for_partner
from accountplanner.usecases.editing import Typed, create_record, delete_record, set_value, share_value
from accountplanner.usecases.erasing import erase
from accountplanner.usecases.merging import merge_records, part_records


class Saying(Acting):
    """Statements by hand, with a form that has just been opened or with one open for long."""

    @rule(number=numbers)
    def opens_a_form(self, number: int) -> None:
        session = self.session(number)
        self.world.looks[self.who(number)].append(Look(session.shown(), self.world.ledger.in_sight(session)))

    @rule(number=numbers, name=accounts, key=pages, value=cities, old=st.booleans())
    def types(self, *, number: int, name: str, key: str, value: str, old: bool) -> None:
        record, looks = self.account(name), self.world.looks[self.who(number)]
        text = f"+47 {len(value)}" if key == "phone" else self.word_or(value, record, key)
        look = looks.pop(0) if old and looks else None
        with self.act(number, f"types {key} of {name}: {text}", look.in_sight if look else None) as session:
            set_value(session, Typed(record, key, text), look.shown if look else None)

    @rule(number=numbers, name=accounts, value=st.sampled_from(("very", "neutral", "unhappy")))
    def judges(self, number: int, name: str, value: str) -> None:
        with self.act(number, f"judges {name} {value}") as session:
            set_value(session, Typed(self.account(name), "satisfaction", value))

    @rule(number=numbers, name=accounts)
    def types_several(self, number: int, name: str) -> None:
        for key in ("city", "industry", "key_problems"):
            with self.act(number, f"types {key} of {name} among others") as session:
                set_value(session, Typed(self.account(name), key, self.world.word(self.account(name), key)))

    @rule(number=numbers, name=accounts, key=pages)
    def clears(self, number: int, name: str, key: str) -> None:
        with self.act(number, f"clears {key} of {name}") as session:
            set_value(session, Typed(self.account(name), key, "", clear=True))

    @rule(number=numbers, name=accounts, above=accounts)
    def places_under(self, number: int, name: str, above: str) -> None:
        """Nobody says of a customer that it is its own parent; two laptops may each say one half of it."""
        with self.act(number, f"places {name} under {above}") as session:
            set_value(session, Typed(self.account(name), "parent", self.account(above)))

    @rule(number=numbers, name=accounts, person=people, household=st.booleans())
    def types_privately(self, *, number: int, name: str, person: str, household: bool) -> None:
        partner = self.ground.picture.partner
        with self.act(number, f"types privately about {person if household else name}") as session:
            before = dump(session), dump_for_partner(session, partner)
            if household:
                set_value(session, Typed(self.contact(person), "mackay_children", self.world.secret()))
            else:
                set_value(session, Typed(self.account(name), "city", self.world.secret(), layer=Layer.ME))
            assert (dump(session), dump_for_partner(session, partner)) == before, "a private value is seen"

    @rule(number=numbers, name=accounts, person=people, household=st.booleans())
    def shares(self, *, number: int, name: str, person: str, household: bool) -> None:
        record, key = (self.contact(person), "mackay_children") if household else (self.account(name), "city")
        with self.act(number, f"shares {key} of {person if household else name}") as session:
            held = session.store.me.picture(record).value(key)
            share_value(session, record, key)
            if held in self.world.secrets:
                self.world.secrets.remove(held)
                self.world.words[held] = record, key

    @rule(number=numbers, name=accounts)
    def adds_a_contact(self, number: int, name: str) -> None:
        with self.act(number, f"adds a contact at {name}") as session:
            word = self.world.word("", "name")
            create_record(session, "contact", {"name": word, "account": self.account(name), "title": "Buyer"})

    @rule(number=numbers, name=accounts)
    def notes(self, number: int, name: str) -> None:
        with self.act(number, f"notes something about {name}") as session:
            create_record(session, "note", {"text": self.world.word("", "text"), "account": self.account(name)})

    @rule(number=numbers, name=st.one_of(accounts, people), old=st.booleans())
    def deletes(self, *, number: int, name: str, old: bool) -> None:
        looks, picture = self.world.looks[self.who(number)], self.ground.picture
        look = looks.pop(0) if old and looks else None
        with self.act(number, f"deletes {name}", look.in_sight if look else None) as session:
            delete_record(session, {**picture.accounts, **picture.contacts}[name], look.shown if look else None)

    @rule(number=numbers, one=accounts, other=accounts, merged=st.booleans())
    def merges_or_parts(self, *, number: int, one: str, other: str, merged: bool) -> None:
        if one != other:
            with self.act(number, f"{'merges' if merged else 'parts'} {one} and {other}") as session:
                (merge_records if merged else part_records)(session, self.account(one), self.account(other))

    @rule(number=numbers, person=people)
    def erases(self, number: int, person: str) -> None:
        with self.act(number, f"erases {person}") as session:
            erase(session, self.contact(person))
