"""Options that several commands share, so that they are spelt and explained alike."""

from pathlib import Path
from typing import Annotated

import typer

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Kind = Annotated[str, typer.Argument(metavar="KIND", help="account, contact, partner, offering, purchase …")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="An id, a name, or Account/Contact.")]
Values = Annotated[
    list[str] | None, typer.Argument(metavar="FIELD=VALUE", help="Fields of the catalogue and what stands in them.")
]
How = Annotated[str, typer.Option(help="How it is known: told, seen, document, list, partner, estimate, hearsay.")]
Sure = Annotated[str, typer.Option(help="How sure it is: sure, likely, unsure.")]
SaidBy = Annotated[str, typer.Option("--said-by", help="Who said it, if not you: a name or an id.")]
SaidOn = Annotated[str, typer.Option("--date", help="The day it was said, if not today.")]
JoinPassphraseFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="File whose first line is the join file's passphrase, else ACCOUNTPLANNER_JOIN_PASSPHRASE."
    ),
]
PasswordFile = Annotated[
    Path | None, typer.Option(metavar="FILE", help="File whose first line is the workbook's password.")
]
NoPassword = Annotated[
    bool,
    typer.Option(
        "--no-password", help="Write it as it is; otherwise you are asked where it may hold personal answers."
    ),
]
LockWith = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        metavar="FILE",
        help="Encrypt it: a file whose first line is the password, else ACCOUNTPLANNER_EXPORT_PASSWORD.",
    ),
]
