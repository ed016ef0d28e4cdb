"""Plans for one account and period, and the reviews held about them."""

from accountplanner.domain.catalogue.declare import (
    choice,
    date,
    integer,
    listed,
    long_text,
    money,
    opinion,
    record_kind,
    reference,
    text,
    yes_no,
)

PLAN = record_kind(
    "plan",
    "Plan",
    "Plans",
    "title",
    text("title", "Title"),
    reference("account", "Account", "account", owner=True),
    date("starts_on", "Starts on"),
    date("ends_on", "Ends on"),
    long_text("aim", "What success looks like for them"),
    choice("state", "State", ("draft", "Draft"), ("agreed", "Agreed"), ("closed", "Closed")),
)

OBJECTIVE = record_kind(
    "objective",
    "Objective",
    "Objectives",
    "title",
    text("title", "Objective"),
    reference("plan", "Plan", "plan", owner=True),
    text("measure", "Measure"),
    text("target", "Target"),
    date("due_on", "Due on"),
    integer("order", "Order"),
    choice("state", "State", ("open", "Open"), ("reached", "Reached"), ("missed", "Missed"), ("dropped", "Dropped")),
)

STRATEGY = record_kind(
    "strategy",
    "Strategy",
    "Strategies",
    "title",
    text("title", "Strategy"),
    reference("objective", "Objective", "objective", owner=True),
    long_text("why", "Why this way"),
    integer("order", "Order"),
)

ACTION = record_kind(
    "action",
    "Action",
    "Actions",
    "title",
    text("title", "Action", aliases=("task", "to do", "promise", "what")),
    reference("account", "Account", "account", owner=True),
    reference("plan", "Plan", "plan"),
    reference("strategy", "Strategy", "strategy"),
    reference("contact", "Promised to", "contact", aliases=("promised to",)),
    reference("colleague", "Done by", "colleague", aliases=("owner", "responsible", "assigned to", "who")),
    yes_no("promise", "The customer knows of it", aliases=("promised", "is promise", "customer knows")),
    choice(
        "promised_by", "Whose promise", ("us", "Ours"), ("them", "Theirs"), aliases=("promised by", "whose promise")
    ),
    date("due_on", "Due on", aliases=("due", "due date", "deadline", "by when")),
    date("done_on", "Done on", aliases=("done", "completed on", "finished on")),
    choice("state", "State", ("open", "Open"), ("kept", "Kept"), ("late", "Late"), ("dropped", "Dropped")),
    long_text("remark", "Remark"),
)

RISK = record_kind(
    "risk",
    "Risk",
    "Risks",
    "title",
    text("title", "Risk"),
    reference("account", "Account", "account", owner=True),
    reference("plan", "Plan", "plan"),
    opinion(choice("weight", "Weight", ("high", "High"), ("middle", "Middle"), ("low", "Low"))),
    long_text("answer", "What we do about it"),
    choice("state", "State", ("open", "Open"), ("gone", "Gone"), ("happened", "Happened")),
)

REVIEW = record_kind(
    "review",
    "Review",
    "Reviews",
    "quarter",
    reference("account", "Account", "account", owner=True),
    text("quarter", "Quarter"),
    date("held_on", "Held on"),
    listed("present", "Who was there"),
    long_text("decisions", "Decisions"),
    long_text("next_steps", "Next steps"),
    money("result", "Result of the quarter"),
)
