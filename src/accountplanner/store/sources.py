"""What a foreign source said last, read out of stored chunks."""

from collections.abc import Iterable, Mapping

from accountplanner.domain.batches import decode_chunk


def last_said(
    chain: str, chunks: Iterable[tuple[int, int, int, bytes]], records: Mapping[int, str]
) -> dict[str, dict[str, str]]:
    """The value each field had in the source's last file that named it, by record id."""
    marker = f'"{chain}:'.encode()
    held: dict[str, dict[str, tuple[int, str]]] = {}
    for number, _, _, data in chunks:
        if marker not in data:
            continue
        fields = held.setdefault(records[number], {})
        for statement in decode_chunk(data)[1]:
            name, _, sequence = statement.basis.rpartition(":")
            if (
                name == chain
                and statement.value is not None
                and int(sequence) >= fields.get(statement.field, (0, ""))[0]
            ):
                fields[statement.field] = (int(sequence), statement.value)
    return {record: {key: value for key, (_, value) in fields.items()} for record, fields in held.items()}
