"""Mappings as TOML: what people save, mend by hand and hand to a colleague.

Format 1 (2026-11): `name`, `title`, `source`, `currency`, `blanks`, and a `[[table]]` for each
list with `[[table.record]]`, `[table.join]` and `[[table.rejoined]]` below it. References may be `named`,
records made `unless_known`. Amounts without a currency are in that of the mapping, where it names none in the team's.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from accountplanner.domain.catalogue import known_field, record_kind
from accountplanner.domain.errors import PlannerError, WrongUseError
from accountplanner.domain.fields import PRIVATE_UNLESS_SHARED
from accountplanner.domain.sentences import fixed, told, within
from accountplanner.domain.shipped import shipped_file
from accountplanner.exchange.tables.mapping import Join, RecordMapping, Reference, Rejoined, TableMapping, TableSpec

MAPPING_FORMAT = 1
_FOLDER = "mappings"


class MappingRefusedError(WrongUseError):
    """A mapping that says something no mapping can say."""

    def __init__(self, what: str) -> None:
        super().__init__(told("The mapping cannot be used: {what}.", what=fixed(what)))


def read_mapping(text: str) -> TableMapping:
    """Read a mapping from TOML, and check that every kind and field it names exists.

    Raises:
        MappingRefusedError: it is no TOML, or names something that does not exist.
    """
    try:
        read = tomllib.loads(text)
        mapping = _mapping(read)
    except tomllib.TOMLDecodeError as error:
        raise MappingRefusedError(told("it is no valid TOML ({error})", error=str(error))) from error
    except KeyError as error:
        raise MappingRefusedError(told("it lacks “{name}”", name=error.args[0])) from error
    except (TypeError, AttributeError, ValueError) as error:
        raise MappingRefusedError("one of its entries has the wrong form") from error
    _check(mapping)
    return mapping


def write_mapping(mapping: TableMapping) -> str:
    """Write a mapping as TOML that reads back as the same mapping."""
    return "\n".join(_lines(mapping)) + "\n"


def shipped_mappings() -> dict[str, TableMapping]:
    """The mappings that come with the program, by name."""
    folder = shipped_file(_FOLDER)
    texts = [each.read_text(encoding="utf-8") for each in folder.iterdir() if each.name.endswith(".toml")]
    return {mapping.name: mapping for mapping in map(read_mapping, sorted(texts))}


def _mapping(read: dict[str, Any]) -> TableMapping:
    if read.get("format", MAPPING_FORMAT) != MAPPING_FORMAT:
        raise MappingRefusedError("it was written by a newer version of the program")
    return TableMapping(
        name=str(read["name"]),
        source=str(read["source"]),
        currency=str(read.get("currency", "")),
        tables=tuple(_spec(each) for each in read["table"]),
        blanks=_texts(read.get("blanks", ())),
        title=str(read.get("title", "")),
    )


def _spec(read: dict[str, Any]) -> TableSpec:
    join = read.get("join")
    return TableSpec(
        label=str(read["label"]),
        names=_texts(read.get("names", ())),
        header=_texts(read["header"]),
        records=tuple(_record(each) for each in read.get("record", ())),
        join=Join(str(join["table"]), str(join["on"])) if join else None,
        not_taken=_texts(read.get("not_taken", ())),
        rejoined=tuple(Rejoined(str(each["column"]), _texts(each["pieces"])) for each in read.get("rejoined", ())),
    )


def _record(read: dict[str, Any]) -> RecordMapping:
    return RecordMapping(
        kind=str(read["kind"]),
        key=_texts(read["key"]),
        fields={str(key): str(column) for key, column in read.get("fields", {}).items()},
        joined={str(key): _texts(columns) for key, columns in read.get("joined", {}).items()},
        fixed={str(key): str(value) for key, value in read.get("fixed", {}).items()},
        references=tuple(_reference(key, each) for key, each in read.get("references", {}).items()),
        line_amount=str(read.get("line_amount", "")),
        only_with=_texts(read.get("only_with", ())),
        unless_known=bool(read.get("unless_known", False)),
    )


def _reference(key: str, read: dict[str, Any]) -> Reference:
    return Reference(
        key,
        str(read["table"]),
        str(read["kind"]),
        _texts(read["columns"]),
        required=bool(read.get("required", False)),
        named=bool(read.get("named", False)),
    )


def _texts(read: Iterable[object]) -> tuple[str, ...]:
    if isinstance(read, str):
        raise MappingRefusedError(told("“{read}” should be a list", read=read))
    return tuple(str(each) for each in read)


def _check(mapping: TableMapping) -> None:
    labels = [spec.label for spec in mapping.tables]
    if len(set(labels)) != len(labels):
        raise MappingRefusedError("two of its tables have one label")
    for spec in mapping.tables:
        if spec.join and spec.join.table not in labels:
            raise MappingRefusedError(told("there is no table “{table}”", table=spec.join.table))
        for record in spec.records:
            _check_record(record, labels)


def _check_record(record: RecordMapping, labels: list[str]) -> None:
    try:
        kinds = within(record_kind(record.kind).plural)
    except PlannerError as error:
        raise MappingRefusedError(error.sentence) from error
    if not record.key:
        raise MappingRefusedError(told("key columns are missing for {kinds}", kinds=kinds))
    named = [*record.fields, *record.joined, *record.fixed, *(reference.field for reference in record.references)]
    for key in [*named, *filter(None, [record.line_amount])]:
        field = known_field(record.kind, key)
        if field is None:
            raise MappingRefusedError(
                told("there is no field “{field}” among those of {kinds}", field=key, kinds=kinds)
            )
        if field.privacy in PRIVATE_UNLESS_SHARED:
            raise MappingRefusedError(
                told(
                    "“{field}” stays on the laptop unless its rep shares it; no list brings it",
                    field=fixed(field.label),
                )
            )
    for reference in record.references:
        if reference.table not in labels:
            raise MappingRefusedError(told("there is no table “{table}”", table=reference.table))


def _lines(mapping: TableMapping) -> Iterator[str]:
    yield f"format = {MAPPING_FORMAT}"
    for key in ("name", "title", "source", "currency", "blanks"):
        yield f"{key} = {_quoted(getattr(mapping, key))}"
    for spec in mapping.tables:
        yield from _spec_lines(spec)


def _spec_lines(spec: TableSpec) -> Iterator[str]:
    yield "\n[[table]]"
    for key in ("label", "names", "header", "not_taken"):
        yield f"{key} = {_quoted(getattr(spec, key))}"
    if spec.join:
        yield f"join = {{ table = {_quoted(spec.join.table)}, on = {_quoted(spec.join.on)} }}"
    for record in spec.records:
        yield from _record_lines(record)
    for rejoined in spec.rejoined:
        yield "\n[[table.rejoined]]"
        yield f"column = {_quoted(rejoined.column)}"
        yield f"pieces = {_quoted(rejoined.pieces)}"


def _record_lines(record: RecordMapping) -> Iterator[str]:
    yield "\n[[table.record]]"
    for key in ("kind", "key", "line_amount", "only_with"):
        yield f"{key} = {_quoted(getattr(record, key))}"
    if record.unless_known:
        yield "unless_known = true"
    parts: tuple[tuple[str, Mapping[str, str | tuple[str, ...]]], ...] = (
        ("fields", record.fields),
        ("joined", record.joined),
        ("fixed", record.fixed),
    )
    for name, entries in parts:
        if entries:
            yield f"[table.record.{name}]"
            yield from (f"{_quoted(key)} = {_quoted(value)}" for key, value in entries.items())
    for each in record.references:
        yield f"[table.record.references.{_quoted(each.field)}]"
        yield f"table = {_quoted(each.table)}"
        yield f"kind = {_quoted(each.kind)}"
        yield f"columns = {_quoted(each.columns)}"
        yield f"required = {'true' if each.required else 'false'}"
        if each.named:
            yield "named = true"


def _quoted(value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_quoted(each) for each in value)}]"
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped too.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
