"""Accounts, their divisions, and what stands between us and them."""

from accountplanner.domain.catalogue.declare import (
    asked_of_partners,
    choice,
    date,
    decimal,
    email,
    integer,
    listed,
    long_text,
    money,
    opinion,
    phone,
    record_kind,
    reference,
    shown_to_partners,
    text,
    url,
    yes_no,
)
from accountplanner.domain.ladder import RUNG_CHOICES

SURE = (("sure", "Sure"), ("likely", "Likely"), ("unsure", "Unsure"))

ACCOUNT = record_kind(
    "account",
    "Account",
    "Accounts",
    "name",
    shown_to_partners(text("name", "Name", aliases=("company", "company name", "customer", "customer name", "firm"))),
    shown_to_partners(
        text("number", "Customer number", aliases=("customer id", "customer no", "account number", "id"))
    ),
    reference("parent", "Parent account", "account", aliases=("parent", "group")),
    text("industry", "Industry", aliases=("branch", "sector")),
    choice("tier", "Tier", ("a", "A"), ("b", "B"), ("c", "C"), fresh_months=12, aliases=("class", "category")),
    reference("owner", "Account owner", "colleague", aliases=("sales rep", "account manager", "rep")),
    # Postal addresses have lines; as one-line text the second one would run into the first.
    shown_to_partners(long_text("address", "Address", aliases=("street", "street address"), fresh_months=24)),
    shown_to_partners(text("city", "City", aliases=("town",))),
    shown_to_partners(text("region", "Region", aliases=("state", "province", "county"))),
    shown_to_partners(text("postal_code", "Postal code", aliases=("zip", "zip code", "postcode", "plz"))),
    shown_to_partners(text("country", "Country", aliases=("nation", "land"))),
    asked_of_partners(phone("phone", "Phone", aliases=("telephone", "tel", "phone number"), fresh_months=12)),
    phone("fax", "Fax", aliases=("telefax", "fax number")),
    asked_of_partners(url("website", "Website", aliases=("home page", "homepage", "url", "web", "domain"))),
    email("email", "E-mail", aliases=("mail", "e-mail address", "email address")),
    asked_of_partners(long_text("key_problems", "Key problems as they see them", fresh_months=6)),
    asked_of_partners(long_text("priorities", "Their priorities this year", fresh_months=6)),
    asked_of_partners(
        opinion(
            choice(
                "satisfaction",
                "How satisfied are they with us",
                ("very", "Very satisfied"),
                ("satisfied", "Satisfied"),
                ("neutral", "Neutral"),
                ("unhappy", "Unhappy"),
                ("leaving", "About to leave"),
                fresh_months=6,
            )
        )
    ),
    asked_of_partners(
        opinion(
            choice(
                "rung_view",
                "Which rung are they on",
                *RUNG_CHOICES,
                fresh_months=12,
            )
        )
    ),
    asked_of_partners(opinion(long_text("biggest_problem", "Their biggest problem with us", fresh_months=6))),
    opinion(long_text("strategy_view", "What I make of this account", fresh_months=12)),
    date("contract_end", "Contract runs until"),
    date("next_review", "Next review"),
    integer("employees", "Employees", fresh_months=24, lowest=0),
    money("revenue", "Annual revenue", fresh_months=12, lowest=0),
    integer("longest_gap_days", "Longest gap between contacts (days)", lowest=0),
    listed("tags", "Tags"),
)

DIVISION = record_kind(
    "division",
    "Division",
    "Divisions",
    "name",
    text("name", "Name"),
    reference("account", "Account", "account", owner=True),
    text("city", "City"),
    text("country", "Country"),
    long_text("buys", "What it buys for itself"),
)

OPPORTUNITY = record_kind(
    "opportunity",
    "Opportunity",
    "Opportunities",
    "title",
    text("title", "Title", aliases=("opportunity", "deal", "deal name", "topic", "project")),
    reference("account", "Account", "account", owner=True),
    reference("division", "Division", "division"),
    reference("offering", "Offering", "offering"),
    money("amount", "Amount", fresh_months=3, lowest=0, aliases=("value", "deal value", "volume", "potential")),
    date("expected_on", "Expected on", fresh_months=3, aliases=("close date", "expected close", "expected by")),
    choice(
        "outcome",
        "Outcome",
        ("open", "Open"),
        ("won", "Won"),
        ("lost", "Lost"),
        ("no_decision", "No decision"),
        aliases=("status", "stage", "state"),
    ),
    date("decided_on", "Decided on", aliases=("decision date", "closed on", "won on", "lost on")),
    long_text("why", "Why, in their words", aliases=("reason", "why", "loss reason", "win reason")),
    reference("competitor", "Competitor", "competitor"),
)

COMPETITOR = record_kind(
    "competitor",
    "Competitor",
    "Competitors",
    "name",
    text("name", "Name"),
    url("website", "Website"),
    opinion(long_text("strengths", "Strengths", fresh_months=12)),
    opinion(long_text("weaknesses", "Weaknesses", fresh_months=12)),
)

WALLET = record_kind(
    "wallet",
    "Wallet",
    "Wallets",
    "offering",
    reference("account", "Account", "account", owner=True),
    reference("division", "Division", "division"),
    reference("offering", "Offering", "offering"),
    text("year", "Year"),
    money("spend", "Spend with everybody", fresh_months=12, lowest=0),
    reference("competitor", "Mostly bought from", "competitor"),
    text("source", "Source"),
    choice("certainty", "Certainty", *SURE),
)

NEED = record_kind(
    "need",
    "Need",
    "Needs",
    "words",
    long_text("words", "In their words"),
    reference("account", "Account", "account", owner=True),
    reference("contact", "Said by", "contact"),
    date("said_on", "Said on"),
    reference("offering", "Offering", "offering"),
    choice("state", "State", ("open", "Open"), ("met", "Met"), ("gone", "No longer wanted")),
)

MOMENT = record_kind(
    "moment",
    "Moment",
    "Moments",
    "title",
    text("title", "Critical point of their journey"),
    reference("account", "Account", "account", owner=True),
    long_text("matters", "Why it matters to them"),
    opinion(choice("experience", "How it goes", ("good", "Good"), ("mixed", "Mixed"), ("bad", "Bad"))),
    text("owner_department", "Department in charge"),
)

FEEDBACK = record_kind(
    "feedback",
    "Feedback",
    "Feedback",
    "words",
    long_text(
        "words", "What they said of us", aliases=("feedback", "comment", "comments", "verbatim", "answer", "review")
    ),
    reference("account", "Account", "account", owner=True),
    reference("contact", "Said by", "contact", aliases=("respondent", "said by", "from")),
    date("said_on", "Said on", aliases=("date", "answered on", "response date", "responded on", "survey date")),
    integer("score", "Score (0 to 10)", lowest=0, highest=10, aliases=("score", "nps", "nps score", "rating")),
    long_text("action", "What closed the loop", aliases=("action", "follow up", "action taken", "our answer")),
    date("closed_on", "Closed on", aliases=("loop closed on", "followed up on")),
)

CASE = record_kind(
    "case",
    "Case",
    "Cases",
    "title",
    text("title", "Title", aliases=("subject", "summary", "case", "ticket", "complaint", "matter", "issue")),
    reference("account", "Account", "account", owner=True),
    reference("contact", "Contact", "contact", aliases=("reported by", "raised by", "caller")),
    text("number", "Case number", aliases=("case no", "case id", "ticket number", "ticket no", "ticket id", "number")),
    yes_no("dispute", "Dispute", aliases=("disputed", "in dispute", "is dispute")),
    date("opened_on", "Opened on", aliases=("opened", "created", "created on", "reported on", "received on", "date")),
    date("closed_on", "Closed on", aliases=("closed", "resolved", "resolved on", "solved on", "finished on")),
    choice("state", "State", ("open", "Open"), ("waiting", "Waiting"), ("closed", "Closed"), aliases=("status",)),
    money("amount", "Amount in dispute", lowest=0, aliases=("disputed amount", "amount", "value in dispute")),
    long_text("account_of_it", "What happened", aliases=("description", "details", "text")),
)

PURCHASE = record_kind(
    "purchase",
    "Purchase",
    "Purchases",
    "order_number",
    text("order_number", "Order number", aliases=("order id", "order no", "order", "purchase order", "po number")),
    reference("account", "Account", "account", owner=True),
    reference("division", "Division", "division"),
    reference("offering", "Offering", "offering"),
    date("ordered_on", "Ordered on", aliases=("order date",)),
    decimal("quantity", "Quantity", scale=3, aliases=("qty", "pieces")),
    money("unit_price", "Unit price", aliases=("price",)),
    decimal("discount", "Discount", scale=4),
    money("amount", "Amount", aliases=("total", "line total", "net amount", "invoice amount", "open amount")),
    reference("colleague", "Sold by", "colleague", aliases=("sales rep", "salesperson", "seller")),
    # Billing's own view of an order line; an invoice is no record kind of the glossary.
    text("invoice_number", "Invoice number", aliases=("invoice", "invoice no", "invoice id", "bill number")),
    date("invoiced_on", "Invoiced on", aliases=("invoice date", "billed on", "billing date")),
    date("due_on", "Payment due on", aliases=("due", "due date", "due on", "payable by", "payment due")),
    date("paid_on", "Paid on", aliases=("paid", "payment date", "date paid", "settled on")),
)
