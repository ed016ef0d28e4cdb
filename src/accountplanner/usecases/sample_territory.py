"""A believable territory for a first look, the same for everybody who asks for the same seed.

No person and no company in it is real: names are put together from our own lists, mail goes to endings reserved for
examples, telephone numbers lie in ranges set aside for fiction or never given out.
"""

from collections.abc import Iterator
from datetime import date

from accountplanner.domain.errors import WrongUseError
from accountplanner.domain.sentences import told
from accountplanner.domain.statements import Statement
from accountplanner.usecases.territory.accounts import write_account
from accountplanner.usecases.territory.answers import write_answers
from accountplanner.usecases.territory.chances import write_opportunities
from accountplanner.usecases.territory.company import write_company
from accountplanner.usecases.territory.dealings import write_dealings
from accountplanner.usecases.territory.lean import LeanShape, lean_groups
from accountplanner.usecases.territory.partners import write_partner_side, write_partners
from accountplanner.usecases.territory.people import write_people
from accountplanner.usecases.territory.plans import write_plans
from accountplanner.usecases.territory.positions import write_first_moves, write_positions
from accountplanner.usecases.territory.profiles import profile_of
from accountplanner.usecases.territory.purchases import orders_of, write_purchases, write_wallets
from accountplanner.usecases.territory.scene import SampleAuthor, Scene, Writer
from accountplanner.usecases.territory.stories import write_story
from accountplanner.usecases.territory.voices import write_voices

MOST_ACCOUNTS = 100_000

__all__ = [
    "LeanShape",
    "SampleAuthor",
    "private_statements",
    "sample_statements",
]


def sample_statements(  # noqa: PLR0913 - how many, which, when, whose; the rest have defaults
    accounts: int,
    seed: int,
    today: date,
    me: SampleAuthor,
    *,
    currency: str = "EUR",
    lean: LeanShape | None = None,
) -> Iterator[list[Statement]]:
    """Make the team's statements of a territory, one list for each group of records.

    The first list holds ourselves (colleagues, offerings, competitors, definitions), the second the
    channel partners, each further one an account with all that belongs to it. Records refer only to
    records of their own list or of an earlier one. `lean` leaves out everything but filled-in
    accounts and so many contacts with so many answers each, for measuring.

    Raises:
        WrongUseError: so many accounts cannot be made.
    """
    if not 1 <= accounts <= MOST_ACCOUNTS:
        raise WrongUseError(
            told("A sample territory has 1 to {most:,} accounts, not {count:,}.", most=MOST_ACCOUNTS, count=accounts)
        )
    scene = Scene(seed, today, me, currency)
    if lean is not None:
        return lean_groups(scene, accounts, lean)
    return (writer.team for writer in _groups(scene, accounts))


def private_statements(
    accounts: int, seed: int, today: date, me: SampleAuthor, *, currency: str = "EUR"
) -> Iterator[list[Statement]]:
    """Make the few statements of the same territory that belong on the author's computer only."""
    scene = Scene(seed, today, me, currency)
    return (writer.private for writer in _groups(scene, accounts) if writer.private)


def _groups(scene: Scene, accounts: int) -> Iterator[Writer]:
    for write in (write_company, write_partners):
        writer = Writer(scene)
        write(scene, writer)
        yield writer
    for index in range(accounts):
        yield _account_group(scene, index)


def _account_group(scene: Scene, index: int) -> Writer:
    writer = Writer(scene)
    profile = profile_of(scene, index)
    orders = orders_of(scene, profile)
    write_account(scene, profile, writer)
    write_people(scene, profile, writer)
    write_answers(scene, profile, writer)
    write_purchases(scene, profile, orders, writer)
    write_wallets(scene, profile, orders, writer)
    write_dealings(scene, profile, writer)
    write_partner_side(scene, profile, writer)
    if profile.story is None:
        write_voices(scene, profile, writer)
        write_opportunities(scene, profile, writer)
        write_positions(scene, profile, orders, writer)
        write_plans(scene, profile, orders, writer)
    else:
        write_story(scene, profile, writer)
        write_first_moves(scene, profile, orders, writer)
    return writer
