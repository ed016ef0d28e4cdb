"""What happened between us: touches, notes, signals, and what we agreed to call them."""

from accountplanner.domain.catalogue.declare import (
    choice,
    date,
    decimal,
    integer,
    listed,
    long_text,
    money,
    record_kind,
    reference,
    text,
    yes_no,
)
from accountplanner.domain.catalogue.people import DEPARTMENTS
from accountplanner.domain.ladder import RUNG_CHOICES

TOUCH = record_kind(
    "touch",
    "Touch",
    "Touches",
    "subject",
    text("subject", "Subject", aliases=("campaign", "campaign name", "mailing", "title", "topic", "newsletter")),
    reference("account", "Account", "account", owner=True),
    reference("contact", "Contact", "contact", aliases=("recipient", "recipient e-mail", "sent to", "attendee")),
    reference("colleague", "Colleague", "colleague", aliases=("employee", "sender", "sent by", "our side")),
    reference("partner", "Channel partner", "partner", aliases=("partner",)),
    choice("department", "Department", *DEPARTMENTS, aliases=("team",)),
    choice(
        "channel",
        "Channel",
        ("visit", "Visit"),
        ("call", "Call"),
        ("mail", "E-mail"),
        ("send", "Marketing send"),
        ("event", "Event"),
        ("service", "Service"),
        aliases=("medium", "activity type", "kind of contact"),
    ),
    choice("direction", "Direction", ("ours", "From us"), ("theirs", "From them"), ("both", "Two-way")),
    date("happened_on", "Happened on", aliases=("date", "sent on", "sent", "send date", "visited on", "called on")),
    text("material", "Material used", aliases=("material", "template", "asset", "document", "brochure")),
    long_text("remark", "Remark", aliases=("remarks", "result", "summary")),
)

NOTE = record_kind(
    "note",
    "Note",
    "Notes",
    "text",
    long_text("text", "Note", aliases=("notes", "text", "memo", "remark")),
    reference("account", "Account", "account", owner=True),
    reference("contact", "Contact", "contact", owner=True),
    reference("touch", "Touch", "touch"),
    text("author", "Written by", aliases=("author", "by")),
    date("written_on", "Written on", aliases=("date", "written", "noted on")),
    add_only=True,
)

SIGNAL = record_kind(
    "signal",
    "Signal",
    "Signals",
    "title",
    text("title", "Sign of demand"),
    reference("account", "Account", "account", owner=True),
    reference("contact", "Contact", "contact"),
    date("seen_on", "Seen on"),
    choice("from_department", "Seen by", *DEPARTMENTS),
    choice("to_department", "Handed to", *DEPARTMENTS),
    date("handed_on", "Handed over on"),
    choice("verdict", "Verdict", ("waiting", "Waiting"), ("accepted", "Accepted"), ("refused", "Refused")),
    long_text("reason", "Reason"),
)

DEFINITION = record_kind(
    "definition",
    "Definition",
    "Definitions",
    "term",
    choice("term", "Term", ("lead", "Lead"), ("accepted", "Accepted"), ("retained", "Retained")),
    long_text("meaning", "What we agree to call so"),
    date("agreed_on", "Agreed on"),
    listed("agreed_by", "Agreed by"),
)

OFFERING = record_kind(
    "offering",
    "Offering",
    "Offerings",
    "name",
    text("name", "Name", aliases=("product", "product name", "category name", "article")),
    text("number", "Offering number", aliases=("product id", "category id", "sku", "article number")),
    reference("group", "Belongs to", "offering", aliases=("category", "product group")),
    reference("supplier", "Supplied by", "partner"),
    long_text("description", "Description"),
    text("unit", "Unit", aliases=("quantity per unit", "packaging")),
    money("list_price", "List price", lowest=0, aliases=("unit price", "price")),
    yes_no("discontinued", "Discontinued"),
)

POSITION = record_kind(
    "position",
    "Ladder position",
    "Ladder positions",
    "holder",
    reference("holder", "Held by", "account", "contact", "partner", owner=True),
    text("ladder", "Ladder"),
    reference("offering", "Offering", "offering"),
    reference("division", "Division", "division"),
    choice(
        "position",
        "Rung",
        *RUNG_CHOICES,
    ),
)

MOVE = record_kind(
    "move",
    "Ladder move",
    "Ladder moves",
    "to_rung",
    reference("of_position", "Ladder position", "position", owner=True),
    text("from_rung", "From"),
    text("to_rung", "To"),
    date("moved_on", "Moved on"),
    long_text("evidence", "Evidence"),
    date("evidence_on", "Evidence dated"),
    integer("distinct_orders", "Distinct orders", lowest=0),
    decimal("score", "Score", scale=1),
    yes_no("proven", "Proven"),
)
