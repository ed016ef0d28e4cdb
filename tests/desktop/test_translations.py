"""Everything the window and the brief say has a German sentence, with the same facts, and nothing is left over."""

import ast
import builtins
import gc
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import accountplanner
from accountplanner.domain.catalogue import KINDS
from accountplanner.domain.catalogue.mackay import SECTIONS
from accountplanner.domain.ladder import LADDER
from accountplanner.domain.translations import LABEL, Entry, catalogue_files, entries_of
from accountplanner.usecases.departments import DEPARTMENT_LABELS
from accountplanner.usecases.reports import report_kinds

SOURCE = Path(accountplanner.__file__).parent
SAYING = {"say": 1, "say_count": 2, "to_say": 1, "told": 1, "told_count": 2, "titled": 1, "titled_count": 2, "fixed": 1}
"""The functions whose first arguments are sentences; each must be a literal, or a choice between literals."""

OTHERS = frozenset(dir(builtins))
"""Errors of Python's own tell a programmer something, and nobody else."""

CARRIERS = frozenset({
    "Problem", "Suggested", "Suggestion", "Understood", "Skipped", "FolderFile", "MatchProposal", "KeylessRow", "QueueItem",
    "set_aside", "suggestion", "as_keyless",
})  # fmt: skip
"""What carries words to a person's screen from below the window."""

BRIDGES = {
    "desktop/wording.py": "where the words are looked up",
    "desktop/telling.py": "says what the inner packages told, which is checked where it is told",
    "desktop/dialogs/brief_wording.py": "hands the sentences of the brief on",
    "documents/wording.py": "hands the sentences of the brief on",
    "domain/sentences.py": "where sentences are made",
}
"""The files that pass on sentences written, and collected, elsewhere."""


@pytest.fixture(scope="module", autouse=True)
def _trees() -> Iterator[None]:
    """Keep Python's collector from the trees of all modules while they stand, and let them go for the tests after these.

    They are some 700,000 objects: going through them again and again took six times as long as making them.
    """
    gc.disable()
    yield
    for kept in (files, sentences, calls_in):
        kept.cache_clear()
    gc.enable()


@cache
def calls_in(tree: ast.AST) -> list[ast.AST]:
    """Every call and class of a module; walking is most of the work, so it is done once for all tests."""
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call | ast.ClassDef)]


def said_in(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Every first argument of a function that says something, with the function's name."""
    for node in calls_in(tree):
        if not isinstance(node, ast.Call):
            continue
        called = _called(node.func)
        for argument in node.args[: SAYING.get(called, 0)]:
            branches = (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
            yield from ((called, branch) for branch in branches)


def _called(function: ast.expr) -> str:
    """The name of a function, or of a method of a wording; other methods called `say` show text made elsewhere."""
    if isinstance(function, ast.Attribute):
        owner = function.value
        name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
        return function.attr if name == "wording" else ""
    return function.id if isinstance(function, ast.Name) else ""


@cache
def files(package: str) -> list[tuple[str, ast.AST]]:
    paths = sorted((SOURCE / package).rglob("*.py"))
    return [(path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


@cache
def sentences(package: str) -> list[tuple[str, str, ast.expr]]:
    """Everything said in a package: the file, the function, the sentence."""
    return [(name, called, argument) for name, tree in files(package) for called, argument in said_in(tree)]


def literals(*packages: str) -> set[str]:
    return {
        argument.value
        for package in packages
        for _, _, argument in sentences(package)
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value
    }


def labels() -> set[str]:
    """Every name the window takes from a catalogue."""
    found = {*SECTIONS.values(), *DEPARTMENT_LABELS.values(), *report_kinds().values()}
    for kind in KINDS.values():
        found |= {kind.label, kind.plural, *(field.label for field in kind.fields)}
        found |= {words for field in kind.fields for _, words in field.choices}
    for rung in LADDER:
        found |= {rung.name, rung.meaning, rung.evidence_to_enter, rung.not_enough, rung.doubtful_when}
    return found


def german() -> list[Entry]:
    return [entry for _, text in catalogue_files("de") for entry in entries_of(text)]


def facts(sentence: str) -> list[str]:
    return sorted(name for _, name, _, _ in string.Formatter().parse(sentence) if name)


def inner() -> set[str]:
    """What is told by the packages below the window: sentences, and plain literals given to errors."""
    packages = ("domain", "store", "exchange", "insight", "usecases")
    raised = {
        argument.value
        for package in (*packages, "desktop")
        for _, tree in files(package)
        for _, argument in worded_errors(tree)
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }
    return literals(*packages) | raised


def worded_errors(tree: ast.AST) -> Iterator[tuple[int, ast.expr]]:
    """What errors a person is told of are given when they are raised or made, with the line; facts among it."""
    for node in calls_in(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name.endswith("Error") and name not in OTHERS:
            yield from ((node.lineno, each) for argument in node.args for each in branches_of(argument))
        if isinstance(node.func, ast.Attribute) and name == "_refusal":
            yield from ((node.lineno, argument) for argument in node.args)
    for error in (node for node in calls_in(tree) if isinstance(node, ast.ClassDef) and node.name.endswith("Error")):
        made = (node for node in ast.walk(error) if isinstance(node, ast.Call) and node.args)
        yield from ((call.lineno, call.args[0]) for call in made if getattr(call.func, "attr", "") == "__init__")


def branches_of(argument: ast.expr) -> tuple[ast.expr, ...]:
    return (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)


def test_every_sentence_of_the_inner_packages_is_german_too() -> None:
    missing = inner() - {entry.original for entry in german()}
    assert sorted(missing) == []


def test_no_article_stands_before_a_name() -> None:
    """“A account”: whether it is a or an depends on the name, and in German on its gender."""
    packages = ("domain", "store", "exchange", "insight", "usecases", "documents", "desktop", "cli")
    told = [sentence for package in packages for sentence in (*literals(package), *joined_texts(package))]
    assert len(told) > 1000
    assert [each for each in told if re.search(r"\b[Aa]n? \{(?!ending)", each)] == []


def joined_texts(package: str) -> Iterator[str]:
    """What the command line and the errors put together themselves, with the facts as braces."""
    for _, tree in files(package):
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def test_no_error_is_worded_in_a_way_that_loses_its_facts() -> None:
    """Text with facts in it cannot be said in another language; `told` keeps them apart."""
    glued = [
        f"{name}:{line}: {ast.unparse(argument)}"
        for package in ("domain", "store", "exchange", "insight", "documents", "usecases", "desktop")
        for name, tree in files(package)
        for line, argument in worded_errors(tree)
        if is_glued(argument)
    ]
    assert glued == []


def test_what_a_person_is_shown_from_below_is_told() -> None:
    """Words given as plain text to what carries them would stay English; facts and keys are single words."""
    plain = [
        f"{name}:{node.lineno}: {ast.unparse(argument)}"
        for package in ("domain", "store", "exchange", "insight", "usecases")
        for name, tree in files(package)
        for node in calls_in(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in CARRIERS
        for given in (*node.args, *(keyword.value for keyword in node.keywords))
        for argument in branches_of(given)
        if is_glued(argument) or (isinstance(argument, ast.Constant) and " " in str(argument.value).strip())
    ]
    assert plain == []


def is_glued(argument: ast.expr) -> bool:
    """Whether text is put together from literals and facts; a fact alone, such as `text[:40] + "…"`, is none."""
    texts = [
        each.value
        for each in ast.walk(argument)
        if isinstance(each, ast.Constant) and isinstance(each.value, str) and any(map(str.isalpha, each.value))
    ]
    joined = isinstance(argument, ast.JoinedStr | ast.BinOp) or (
        isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) and argument.func.attr == "format"
    )
    return joined and bool(texts)


def test_what_the_inner_packages_tell_is_written_where_it_is_told() -> None:
    hidden = [
        f"{name}: {called}({ast.unparse(argument)})"
        for package in ("domain", "store", "exchange", "insight", "usecases")
        for name, called, argument in sentences(package)
        if called != "fixed" and name not in BRIDGES and not isinstance(argument, ast.Constant)
    ]
    assert hidden == []


PUT_ON_THE_SCREEN = {
    "Label", "ElidedLabel", "Button", "IconButton", "Card", "Pill", "Mark", "CheckBox", "EmptyState", "SearchField",
    "setText", "setToolTip", "setAccessibleName", "setAccessibleDescription", "setPlaceholderText", "setWindowTitle",
    "addItem", "addAction", "addMenu", "show_text", "show_title", "show_error", "tell", "add_field", "add_card",
    "SettingRow", "Column", "getOpenFileNames", "getSaveFileName", "getExistingDirectory",
}  # fmt: skip
"""What a person reads is given to these."""


def test_no_words_are_put_on_the_screen_that_nobody_can_translate() -> None:
    unsaid = [
        f"{name}:{node.lineno}: {argument.value!r}"
        for name, tree in files("desktop")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        if getattr(node.func, "id", getattr(node.func, "attr", "")) in PUT_ON_THE_SCREEN
        for argument in (*node.args, *(keyword.value for keyword in node.keywords))
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and _is_words(argument.value)
    ]
    assert unsaid == []


def _is_words(text: str) -> bool:
    """Whether this is meant to be read; a role, a tone or the name of an icon has neither capitals nor spaces."""
    return bool(re.search(r"[A-Z][a-z]|[a-z] [a-z]", text)) and "*." not in text


NO_LONGER_GIVEN = {
    "{field} changed",
    "{field} cleared",
    "{field} changed for {count} {records}",
    "{field} cleared for {count} {records}",
    "Seen",
    "Opened again",
    "Own name and address",
}
"""Titles in histories of earlier versions; they are said in the language spoken now all the same."""


def test_every_title_of_a_step_can_be_recognised() -> None:
    titles = {entry.original for entry in entries_of(dict(catalogue_files("de"))["titles.po"])}
    given = {
        argument.value
        for _, called, argument in sentences("usecases")
        if called in {"titled", "titled_count"} and isinstance(argument, ast.Constant)
    }
    assert titles == given | NO_LONGER_GIVEN


def test_every_step_has_a_title_that_can_be_recognised() -> None:
    """A title written as plain text at the place where its step begins would stay English in every history."""
    plain = [
        f"{name}:{node.lineno}"
        for name, tree in files("usecases")
        for node in calls_in(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "transaction" and node.args
        if isinstance(node.args[0], ast.Constant | ast.JoinedStr | ast.BinOp)
        or getattr(getattr(node.args[0], "func", None), "id", "") in {"told", "told_count", "fixed"}
    ]
    assert plain == []


def test_every_sentence_of_the_window_and_the_brief_is_german_too() -> None:
    missing = literals("desktop", "documents") - {entry.original for entry in german()}
    assert sorted(missing) == []


def test_every_name_of_the_catalogue_is_german_too() -> None:
    missing = labels() - {entry.original for entry in german() if entry.context == LABEL}
    assert sorted(missing) == []


def test_a_german_sentence_speaks_of_the_same_facts() -> None:
    differing = [
        entry.original for entry in german() if set(facts(entry.original)) != set(facts(entry.translation))
    ]  # fmt: skip
    assert differing == []


def test_no_german_sentence_is_left_over_or_written_twice() -> None:
    said = literals(*(path.name for path in SOURCE.iterdir() if path.is_dir())) | inner()
    entries = german()
    places = [(entry.context, entry.original) for entry in entries]
    known = {**dict.fromkeys(("", each) for each in said), **dict.fromkeys((LABEL, each) for each in labels())}
    assert sorted({each for each in places if places.count(each) > 1}) == []
    assert {original for _, original in set(places) - set(known)} == NO_LONGER_GIVEN - said


def test_what_is_said_is_written_where_it_is_said() -> None:
    hidden = [
        f"{name}: {called}({ast.unparse(argument)})"
        for package in ("desktop", "documents")
        for name, called, argument in sentences(package)
        if name not in BRIDGES and not isinstance(argument, ast.Constant)
    ]
    assert hidden == []


@pytest.mark.parametrize("name", [name for name, _ in catalogue_files("de")])
def test_a_translators_file_is_read_whole(name: str) -> None:
    text = dict(catalogue_files("de"))[name]
    written = sum(line.startswith("msgid ") for line in text.splitlines()) - 1
    assert len(list(entries_of(text))) == written


def test_words_that_mean_two_things_are_two_entries() -> None:
    found = {(entry.context, entry.original): entry.translation for entry in german()}
    assert (found["", "Open"], found[LABEL, "Open"]) == ("Öffnen", "Offen")


def test_what_a_translation_editor_writes_is_read() -> None:
    text = (
        'msgid ""\nmsgstr "Language: de\\n"\n\n'
        '#, fuzzy\n#: somewhere\nmsgid ""\n"Two "\n"lines"\nmsgstr ""\n"Zwei "\n"Zeilen"\n\n'
        'msgctxt "label"\nmsgid "Open"\nmsgstr "Offen"\n\n'
        'msgid "Say \\"yes\\""\nmsgstr "Sagen Sie \\"ja\\""\n\n'
        'msgid "Nothing yet"\nmsgstr ""\n'
    )
    assert list(entries_of(text)) == [
        Entry("", "Two lines", "Zwei Zeilen"),
        Entry(LABEL, "Open", "Offen"),
        Entry("", 'Say "yes"', 'Sagen Sie "ja"'),
    ]
