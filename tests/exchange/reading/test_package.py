"""Files that are refused before anything in them is parsed, each with a sentence of its own."""

import struct
import zipfile
from pathlib import Path

import pytest

from accountplanner.exchange.reading import package as package_module
from accountplanner.exchange.reading.content import take_file
from accountplanner.exchange.reading.errors import FileRefusedError
from accountplanner.exchange.reading.package import FileKind, Package, stream_kind


def kind_of(path: Path) -> FileKind:
    return stream_kind(take_file(path).open())


def archive(path: Path, *names: str, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as made:
        for name in names:
            made.writestr(name, "x" * 1000)
    return path


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\0" * 4096, "not yet fully copied"),
        (b"PK\x03\x04 cut off", "damaged or not fully copied"),
        (b"<html><body><table><tr><td>1", "web page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "web page or an XML file"),
    ],
)
def test_what_is_no_workbook(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileRefusedError, match=reason):
        kind_of(path)


@pytest.mark.parametrize("name", ["~$Book.xlsx", ".~lock.Book.ods#"])
def test_lock_files_are_named_as_such(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"someone" * 20)
    with pytest.raises(FileRefusedError, match="while the workbook is open"):
        kind_of(path)


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="no such file"):
        kind_of(tmp_path / "gone.xlsx")
    with pytest.raises(FileRefusedError):
        kind_of(tmp_path)


def test_a_file_over_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "big.csv"
    with path.open("wb") as file:
        file.write(b"a,b\n")
        file.truncate(51 * 2**20)
    with pytest.raises(FileRefusedError, match="at most 50 MB"):
        kind_of(path)


def test_text_is_text_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_text("a;b\n1;2\n", encoding="utf-8")
    assert kind_of(path) is FileKind.TEXT


@pytest.mark.parametrize("name", ["/etc/passwd", "../../x", "xl/../../x", "C:\\x", "C:/x", "\\x"])
def test_names_that_lead_out_of_the_archive(tmp_path: Path, name: str) -> None:
    with pytest.raises(FileRefusedError, match="outside itself"):
        kind_of(archive(tmp_path / "a.xlsx", "_rels/.rels", name))


def test_two_parts_of_one_name(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="two parts of one name"):
        kind_of(archive(tmp_path / "a.xlsx", "xl/workbook.xml", "XL\\Workbook.xml"))


def test_an_archive_of_very_many_entries(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="2,001 entries"):
        kind_of(archive(tmp_path / "a.xlsx", *map(str, range(2001)), compression=zipfile.ZIP_STORED))


def test_an_unusual_compression(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="no spreadsheet program"):
        kind_of(archive(tmp_path / "a.xlsx", "xl/workbook.xml", compression=zipfile.ZIP_LZMA))


def test_an_entry_locked_with_a_password(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.xlsx", "xl/workbook.xml")
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    with pytest.raises(FileRefusedError, match="password"):
        kind_of(path)


def test_an_archive_that_is_no_workbook(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="no workbook"):
        kind_of(archive(tmp_path / "a.xlsx", "readme.txt"))


def test_a_declared_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "LARGEST_INFLATED", 1500)
    with pytest.raises(FileRefusedError, match="unpacks to more"):
        kind_of(archive(tmp_path / "a.xlsx", "xl/workbook.xml", "b"))


def test_what_is_inflated_is_counted_over_all_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = archive(tmp_path / "a.xlsx", "xl/workbook.xml", "b")
    with path.open("rb") as file, Package(file) as package:
        monkeypatch.setattr(package_module, "LARGEST_INFLATED", 1500)
        package.read("b")
        with pytest.raises(FileRefusedError, match="unpacks to more"):
            package.read("xl/workbook.xml")


def test_a_part_that_is_longer_than_it_says(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.xlsx", "xl/workbook.xml")
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = struct.pack("<I", 10)
    path.write_bytes(data)
    with path.open("rb") as file, Package(file) as package, pytest.raises(FileRefusedError, match="damaged"):
        package.read("xl/workbook.xml")


def test_a_flipped_byte_is_noticed(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.xlsx", "xl/workbook.xml", compression=zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"xxxx", b"xxyx", 1))
    with path.open("rb") as file, Package(file) as package, pytest.raises(FileRefusedError, match="damaged"):
        package.verify()
