# ruff: noqa: INP001 - a tool stands alone and is no package
"""The customer whom the gallery shows, and the other accounts in its list."""

from accountplanner.desktop.theme.tokens import Tone
from accountplanner.desktop.widgets.timeline import TimelineEntry
from accountplanner.desktop.widgets.value_row import ShownValue
from accountplanner.desktop.widgets.value_text import ValueField, ValueKind

RUNGS = ("Prospect", "Customer", "Client", "Supporter", "Advocate", "Partner")
NAMES = (
    ("Alfreds Futterkiste", "Berlin", "today", "Client", ""),
    ("Ana Trujillo Emparedados y helados", "México D.F.", "3 days ago", "Advocate", "dispute"),
    ("Antonio Moreno Taquería", "México D.F.", "2 weeks ago", "Customer", ""),
    ("Around the Horn", "London", "5 weeks ago", "Supporter", ""),
    ("Berglunds snabbköp", "Luleå", "today", "Supporter", "clock"),
    ("Blauer See Delikatessen", "Mannheim", "3 days ago", "Client", ""),
    ("Blondesddsl père et fils", "Strasbourg", "2 weeks ago", "Advocate", "clock"),
    ("Bólido Comidas preparadas", "Madrid", "5 weeks ago", "Customer", ""),
    ("Bon app'", "Marseille", "today", "Supporter", ""),
    ("Bottom-Dollar Markets", "Tsawassen", "3 days ago", "Prospect", ""),
    ("B's Beverages", "London", "2 weeks ago", "Client", ""),
    ("Cactus Comidas para llevar", "Buenos Aires", "5 weeks ago", "Advocate", ""),
    ("Centro comercial Moctezuma", "México D.F.", "never", "Prospect", ""),
)
STORY = (
    TimelineEntry(
        "1",
        "visit",
        "Visit",
        "today",
        "Walked the new chilled section with Christina. They want smaller packs before Christmas.",
        Tone.ACCENT,
    ),
    TimelineEntry(
        "2",
        "dispute",
        "Dispute opened",
        "yesterday",
        "Invoice 10 848: two crates of tofu missing. Service has it.",
        Tone.BAD,
    ),
    TimelineEntry("3", "note", "Partner note", "18 Nov", "Nordic Foods: dock hours change in December.", Tone.INFO),
    TimelineEntry("4", "mail", "Marketing mail", "15 Nov", "Autumn catalogue, second mail this month.", Tone.WARN),
    TimelineEntry(
        "5", "phone", "Call", "12 Nov", "Moved from Client to Supporter: recommended us to a cousin in Umeå.", Tone.GOOD
    ),
)
FIELDS = (
    ValueField("problem", "Key problem", ValueKind.LONG_TEXT),
    ValueField("buys", "Buys", ValueKind.LIST),
    ValueField("prefers", "Prefers", invitation="How do they like to be reached?"),
    ValueField("wallet", "Wallet", ValueKind.MONEY, currency="SEK"),
    ValueField("since", "Customer since", ValueKind.DATE),
    ValueField("tier", "Tier", ValueKind.CHOICE, choices=(("a", "A – strategic"), ("b", "B – grow"))),
)
VALUES = {
    "problem": ShownValue("Deliveries arrive after the shop opens", "Christina Berglund said so · 12 Nov · sure"),
    "buys": ShownValue("Cheese\nSeafood\nCondiments", "38 orders since 2024"),
    "wallet": ShownValue("310000.00 SEK", "partner estimate · 14 months old, fading", Tone.WARN),
    "since": ShownValue("1996-08-12", "first order"),
    "tier": ShownValue("b", "two values: Nancy says B, Nordic Foods says A", Tone.BAD),
}
