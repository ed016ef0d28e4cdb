"""Record kinds the program keeps for itself; they replicate, but no person fills them in."""

from accountplanner.domain.catalogue.declare import choice, date, long_text, record_kind, reference, text, yes_no

MEMBER = record_kind(
    "member",
    "Member",
    "Members",
    "name",
    text("name", "Name"),
    text("email", "E-mail"),
    reference("colleague", "Colleague", "colleague"),
    internal=True,
)

EXPORT = record_kind(
    "export",
    "Export",
    "Exports",
    "title",
    text("title", "Title"),
    text("workbook_kind", "Workbook kind"),
    reference("partner", "Channel partner", "partner"),
    date("made_on", "Made on"),
    long_text("record", "Export record"),
    internal=True,
)

EXPORT_BASE = record_kind(
    "export_base",
    "Export base",
    "Export bases",
    "export",
    # Apart from the export, so that erasing a person shown in it takes the base and leaves the rest.
    reference("export", "Export", "export"),
    long_text("base", "Base"),
    internal=True,
)

VERDICT = record_kind(
    "verdict",
    "Verdict",
    "Verdicts",
    "verdict",
    choice("verdict", "Verdict", ("accepted", "Accepted"), ("rejected", "Rejected"), ("held", "Held")),
    text("about", "About"),
    internal=True,
)

SETTING = record_kind(
    "setting",
    "Team setting",
    "Team settings",
    "name",
    text("name", "Name"),
    text("value", "Value"),
    yes_no("locked", "Locked"),
    internal=True,
)

SNOOZE = record_kind(
    "snooze",
    "Snooze",
    "Snoozes",
    "line",
    # Only ever said in the `me` layer: when somebody wants to be reminded is nobody else's business.
    text("line", "Line of Today"),
    date("until", "Not before"),
    internal=True,
)

WAITING_NOTE = record_kind(
    "waiting_note",
    "Waiting note",
    "Waiting notes",
    "note",
    # Only ever said in the `me` layer: a note that waits to be filed is still nobody else's business.
    text("note", "Note"),
    internal=True,
)
