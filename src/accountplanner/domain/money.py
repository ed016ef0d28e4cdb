"""Money: integer minor units and a currency, never a float."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

_NO_MINOR = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF"}
)
_THREE_MINOR = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})


def minor_digits(currency: str) -> int:
    """Decimal places of a currency (ISO 4217)."""
    if currency in _NO_MINOR:
        return 0
    return 3 if currency in _THREE_MINOR else 2


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount of one currency. `minor` counts cents, pence, fils."""

    minor: int
    currency: str

    @classmethod
    def from_decimal(cls, amount: Decimal, currency: str) -> "Money":
        """Round half up to the currency's minor unit, as invoices do."""
        scaled = amount.scaleb(minor_digits(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP)
        return cls(int(scaled), currency)

    @classmethod
    def parse(cls, canonical: str) -> "Money":
        """Read canonical text such as `1234.50 EUR`.

        Raises:
            ValueError: the text is not canonical.
        """
        amount, _, currency = canonical.partition(" ")
        try:
            money = cls.from_decimal(Decimal(amount), currency)
        except InvalidOperation as error:
            raise ValueError(canonical) from error
        if money.canonical() != canonical:
            raise ValueError(canonical)
        return money

    def as_decimal(self) -> Decimal:
        """The amount in whole units."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    def canonical(self) -> str:
        """Fixed-scale text: `1234.50 EUR`."""
        return f"{self.as_decimal():.{minor_digits(self.currency)}f} {self.currency}"


def line_amount(price: Money, quantity: Decimal, discount: Decimal) -> Money:
    """Price times quantity less discount (a share of one), rounded half up per line."""
    return Money.from_decimal(price.as_decimal() * quantity * (1 - discount), price.currency)
