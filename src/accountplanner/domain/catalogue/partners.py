"""Channel partners, what they tell us, and whom they may know about."""

from accountplanner.domain.catalogue.declare import (
    choice,
    date,
    email,
    listed,
    long_text,
    money,
    phone,
    record_kind,
    reference,
    text,
    url,
    yes_no,
)

PARTNER = record_kind(
    "partner",
    "Channel partner",
    "Channel partners",
    "name",
    text("name", "Name", aliases=("supplier", "supplier name", "company name", "reseller", "distributor")),
    text("number", "Partner number", aliases=("supplier id", "partner id")),
    text("contact_name", "Contact person", aliases=("contact name", "contact")),
    text("contact_title", "Contact's title", aliases=("contact title",)),
    email("email", "E-mail"),
    phone("phone", "Phone", aliases=("telephone", "tel")),
    phone("fax", "Fax"),
    long_text("address", "Address", aliases=("street",)),
    text("city", "City", aliases=("town",)),
    text("region", "Region", aliases=("state", "province")),
    text("postal_code", "Postal code", aliases=("zip", "postcode", "plz")),
    text("country", "Country"),
    url("website", "Website", aliases=("home page", "homepage", "url")),
    text("language", "Language"),
    listed("tags", "Tags"),
)

SCOPE = record_kind(
    "scope",
    "Partner scope",
    "Partner scopes",
    "partner",
    reference("partner", "Channel partner", "partner", owner=True),
    reference("account", "Account", "account", owner=True),
    yes_no("covers", "May see this account"),
)

PARTNER_NOTE = record_kind(
    "partner_note",
    "Partner note",
    "Partner notes",
    "text",
    long_text("text", "Note"),
    reference("partner", "Channel partner", "partner", owner=True),
    reference("account", "Account", "account", owner=True),
    reference("contact", "Contact", "contact"),
    date("written_on", "Written on"),
    add_only=True,
)

REGISTRATION = record_kind(
    "registration",
    "Registration",
    "Registrations",
    "customer_name",
    text("customer_name", "Customer"),
    reference("partner", "Channel partner", "partner", owner=True),
    url("website", "Website"),
    text("contact_name", "Contact person"),
    email("contact_email", "Contact's e-mail"),
    money("expected_value", "Expected value", lowest=0),
    date("expected_on", "Expected on"),
    long_text("reason", "Reason now"),
    date("registered_on", "Registered on"),
    choice("state", "State", ("open", "Open"), ("accepted", "Accepted"), ("refused", "Refused")),
    long_text("reply", "Our reply"),
    reference("account", "Account", "account"),
)
