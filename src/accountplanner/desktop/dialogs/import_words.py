"""What the import says at each step, and of what came of it."""

from accountplanner.desktop.wording import say, say_count
from accountplanner.usecases.import_plans import ImportResult


def step_words(at: int, *, is_known: bool) -> tuple[str, str, str]:
    """A step's title, what is told below it, and the word on the button that goes on."""
    if at == 0:
        return say("Which files?"), say("Workbooks that came back, or any list of your own."), say("Next")
    if at == 1 and is_known:
        told = say("This list is known, so nothing has to be chosen. If it is another one, read it otherwise.")
        return say("How the list is read"), told, say("Next")
    if at == 1:
        told = say("Proposed by header, likeness and content. Change what is wrong; the choice is remembered.")
        return say("What does each column mean?"), told, say("Next")
    if at == 2:
        told = say("Enter puts a cell right where it stands, Ctrl+Enter goes on: good rows are not held back by these.")
        return say("What could not be read"), told, say("Next")
    return say("What will happen"), say("Nothing has been written yet."), say("Import")


def outcome(result: ImportResult) -> str:
    """What an import came to, in one sentence."""
    counts = result.counts
    parts = [
        say_count("{count} new record", "{count} new records", counts.new) if counts.new else "",
        say_count("{count} change", "{count} changes", counts.changed) if counts.changed else "",
        say_count("{count} conflict", "{count} conflicts", counts.conflicts) if counts.conflicts else "",
        say_count("{count} to decide", "{count} to decide", counts.suggestions) if counts.suggestions else "",
        say_count("{count} file to decide about", "{count} files to decide about", counts.files)
        if counts.files
        else "",
    ]
    what = ", ".join(part for part in parts if part)
    if counts.changes or result.step:
        return say("Imported: {what}", what=what or say("nothing new"))
    if what:
        return say("Nothing is changed before you decide: {what}", what=what)
    return say("Nothing was changed; the file is kept.")
