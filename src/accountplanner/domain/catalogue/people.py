"""Contacts, colleagues, seats, and who knows whom."""

from accountplanner.domain.catalogue.declare import (
    asked_of_partners,
    choice,
    date,
    email,
    integer,
    listed,
    long_text,
    opinion,
    personal,
    phone,
    record_kind,
    reference,
    shown_to_partners,
    text,
    yes_no,
)
from accountplanner.domain.catalogue.mackay import MACKAY_FIELDS

DEPARTMENTS = (("sales", "Sales"), ("marketing", "Marketing"), ("service", "Service"), ("billing", "Billing"))

CONTACT = record_kind(
    "contact",
    "Contact",
    "Contacts",
    "name",
    shown_to_partners(text("name", "Name", aliases=("contact name", "contact", "full name", "person"))),
    reference("account", "Account", "account", owner=True, partner_may_see=True),
    reference("division", "Division", "division"),
    asked_of_partners(text("title", "Job title", aliases=("contact title", "position", "function"), fresh_months=24)),
    choice("department", "Their department", *DEPARTMENTS, ("purchasing", "Purchasing"), ("management", "Management")),
    asked_of_partners(email("email", "E-mail", aliases=("contact email", "contact e-mail"), fresh_months=12)),
    asked_of_partners(phone("phone", "Phone", aliases=("contact phone", "direct line"), fresh_months=12)),
    phone("mobile", "Mobile", aliases=("cell", "mobile phone", "handy"), fresh_months=12),
    choice(
        "buying_role",
        "Buying role",
        ("decides", "Decides"),
        ("approves", "Approves"),
        ("evaluates", "Evaluates"),
        ("uses", "Uses"),
        ("opens_doors", "Opens doors"),
        fresh_months=12,
    ),
    opinion(
        choice(
            "support",
            "Attitude to us",
            ("champion", "Champion"),
            ("supporter", "Supporter"),
            ("neutral", "Neutral"),
            ("sceptic", "Sceptic"),
            ("opponent", "Opponent"),
            fresh_months=6,
        )
    ),
    reference("reports_to", "Reports to", "contact"),
    choice(
        "state", "State", ("active", "Active"), ("moved", "Moved on"), ("retired", "Retired"), ("unknown", "Unknown")
    ),
    yes_no("no_marketing", "Wants no marketing", aliases=("opt out", "opted out", "unsubscribed", "do not mail")),
    date("peace_until", "Asked to be left in peace until", aliases=("pause until", "not before")),
    personal(choice("channel", "Likes to be reached by", ("call", "Call"), ("mail", "E-mail"), ("visit", "Visit"))),
    listed("tags", "Tags"),
    *MACKAY_FIELDS,
)

COLLEAGUE = record_kind(
    "colleague",
    "Colleague",
    "Colleagues",
    "name",
    text("name", "Name", aliases=("employee", "full name")),
    text("title", "Title", aliases=("job title",)),
    choice("department", "Department", *DEPARTMENTS),
    reference("reports_to", "Reports to", "colleague"),
    text("extension", "Extension", aliases=("ext",)),
    email("email", "E-mail"),
)

SEAT = record_kind(
    "seat",
    "Seat",
    "Seats",
    "role",
    text("role", "Role"),
    reference("account", "Account", "account", owner=True),
    reference("division", "Division", "division"),
    reference("contact", "Held by", "contact"),
    long_text("why", "Why this seat matters"),
)

TIE = record_kind(
    "tie",
    "Tie",
    "Ties",
    "contact",
    reference("contact", "Contact", "contact", owner=True),
    reference("colleague", "Colleague", "colleague"),
    reference("partner", "Channel partner", "partner"),
    opinion(
        choice("strength", "Strength", ("close", "Close"), ("working", "Working"), ("weak", "Weak"), fresh_months=12)
    ),
    date("since", "Since"),
    long_text("how", "How they know each other"),
)

LINK = record_kind(
    "link",
    "Link",
    "Links",
    "contact",
    reference("contact", "From", "contact", owner=True),
    reference("other", "To", "contact", owner=True),
    choice("nature", "Nature", ("influences", "Influences"), ("conflicts", "In conflict with")),
    opinion(integer("weight", "Weight (1 to 5)", lowest=1, highest=5)),
    long_text("remark", "Remark"),
)
