"""Files and encodings: what may lie in a book's folders or be named with `-f`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import attack
from attack import SALE, SETTINGS

#: Name, files beside a small sound book, and the slugs that `check` shows.
ROWS = [
    ("empty journal", {"journals/a.journal": ""}, []),
    ("empty document", {"customers/b.yaml": ""}, []),
    ("only a byte order mark", {"journals/a.journal": "\ufeff", "customers/b.yaml": "\ufeff"}, []),
    ("a byte order mark and content", {"journals/a.journal": "\ufeff" + SALE, "customers/b.yaml": "\ufeffid: b\nname: B\n"}, []),
    ("UTF-16", {"journals/a.journal": SALE.encode("utf-16"), "customers/b.yaml": "id: b\n".encode("utf-16")}, ["not-utf8", "not-utf8"]),
    ("GB18030", {"journals/a.journal": SALE.replace("January", "一月货款").encode("gb18030")}, ["not-utf8"]),
    ("a stray byte", {"customers/b.yaml": b"id: b\nname: B\xff\n"}, ["not-utf8"]),
    ("overlong UTF-8", {"customers/b.yaml": b"id: b\nname: \xc0\xaf\n"}, ["not-utf8"]),
    ("a lone surrogate", {"customers/b.yaml": b"id: b\nname: \xed\xa0\x80\n"}, ["not-utf8"]),
    ("NUL", {"customers/b.yaml": "id: b\nname: B\0\n", "journals/a.journal": SALE + "\0"}, ["unreadable-text", "unreadable-text"]),
    ("a picture", {"customers/b.yaml": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256))}, ["not-utf8"]),
    ("escape sequences", {"customers/b.yaml": "id: b\nname: B\x1b[31m\n"}, ["unreadable-text"]),
    ("CR LF", {"journals/a.journal": SALE.replace("\n", "\r\n"), "customers/b.yaml": "id: b\r\nname: B\r\n"}, []),
    ("no final newline", {"journals/a.journal": SALE.rstrip(), "customers/b.yaml": "id: b\nname: B"}, []),
    ("a line of a megabyte", {"journals/a.journal": "; " + "x" * 1_000_000 + "\n", "customers/b.yaml": "id: b\nname: " + "x" * 1_000_000}, ["too-large", "too-large"]),
    ("includes itself", {"journals/a.journal": "include a.journal\n"}, ["include-cycle"]),
    ("includes in a circle", {"journals/a.journal": "include b.journal\n", "journals/b.journal": "include a.journal\n"}, None),
    ("escapes by dots", {"journals/a.journal": "include ../../../../../../etc/passwd\n"}, ["include-escape"]),
    ("escapes by a glob", {"journals/a.journal": "include ../../../../../../**/*\n"}, ["include-escape"]),
    ("escapes by an absolute path", {"journals/a.journal": "include /dev/zero\n"}, ["include-escape"]),
    ("escapes to a home", {"journals/a.journal": "include ~/.ssh/id_rsa\n"}, ["include-escape"]),
    ("merge conflict", {"journals/a.journal": f"<<<<<<< a\n{SALE}=======\n{SALE}>>>>>>> b\n", "customers/b.yaml": "<<<<<<< a\nid: b\n=======\nid: c\n>>>>>>> b\nname: B\n"}, ["merge-conflict", "merge-conflict"]),
    ("Git LFS pointer", {"journals/a.journal": "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"}, ["unreadable-text"]),
    ("Git LFS pointers as documents", {"customers/b.yaml": "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n", "custledger.yaml": "version https://git-lfs.github.com/spec/v1\n"}, ["unreadable-text"] * 2),
    ("encrypted documents", {"customers/b.yaml": "id: ENC[AES256_GCM,data:x]\nsops:\n  version: 3\n", "invoices/b.yaml": b"\0GITCRYPT\0\xff\x80"}, ["unreadable-text"] * 2),
    ("encrypted", {"journals/a.journal": "age-encryption.org/v1\n-> X25519 abc\n"}, ["unreadable-text"]),
    ("other endings", {"journals/a.hledger": SALE, "customers/b.yml": "id: b\nname: B\n", "invoices/x.xlsx": b"PK"}, ["stray-file"] * 3),
    ("settings are a picture", {"custledger.yaml": b"\x89PNG\r\n\x1a\n"}, None),
    ("settings are a list", {"custledger.yaml": "- 1\n"}, ["invalid-value"]),
    ("settings are empty", {"custledger.yaml": ""}, None),
    ("a name with a newline and escapes", {"customers/a\nb\x1b[31m.yaml": "id: b\nname: B\n"}, []),
]  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), [pytest.param(f, e, id=n) for n, f, e in ROWS])
def test_in_a_book(files: dict[str, bytes | str], expected: list[str] | None, tmp_path: Path) -> None:
    attack.book(tmp_path, files)
    printed, status = attack.run(tmp_path, "check")
    if expected is not None:
        assert attack.slugs(printed) == expected, printed
        assert status == (1 if expected else 0)
    else:
        assert attack.slugs(printed)
        assert status == 1
    attack.every_reader(tmp_path)


def test_twenty_megabytes_are_refused_unread(tmp_path: Path) -> None:
    attack.book(tmp_path, {})
    (tmp_path / "journals").mkdir()
    for name in ("journals/a.journal", "customers/b.yaml"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(21_000_000)
    (tmp_path / "book.journal").write_text("decimal-mark .\ninclude journals/a.journal\n")
    printed, status = attack.run(tmp_path, "check")
    assert status != 0
    assert "MB" in printed or "too large" in printed, printed


@pytest.mark.parametrize("name", ["customers/x.yaml", "journals/x.journal", "custledger.yaml"])
@pytest.mark.parametrize("kind", ["fifo", "folder", "dangling", "outside", "loop", "device"])
def test_what_is_no_regular_file(kind: str, name: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text("id: secret\nname: topsecret\n")
    folder = tmp_path / "book"
    attack.book(folder, {})
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.unlink(missing_ok=True)
    if kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to({"dangling": "nowhere", "outside": outside, "loop": path.name, "device": "/dev/zero"}[kind])
    printed, status = attack.run(folder, "check")
    assert "topsecret" not in printed
    if kind != "folder" or name == "custledger.yaml":
        assert status != 0, printed
    attack.every_reader(folder)


@pytest.mark.parametrize(
    "target", ["/dev/zero", "/dev/null", ".", "no-such-file", "fifo", "/proc/self/mem", "a\0b", ""]
)
def test_named_with_f(target: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    _, status = attack.run(tmp_path, "-f", target, "check")
    assert status != 0 or target == "/dev/null"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_no_permission(tmp_path: Path) -> None:
    attack.book(tmp_path, {"journals/a.journal": SALE, "customers/b.yaml": "id: b\nname: B\n"})
    for name in ("journals/a.journal", "customers/b.yaml"):
        (tmp_path / name).chmod(0)
    _, status = attack.run(tmp_path, "check")
    assert status in {1, 4}
    (tmp_path / "customers").chmod(0)
    _, status = attack.run(tmp_path, "check")
    (tmp_path / "customers").chmod(0o700)
    assert status in {1, 4}


def test_an_empty_book_and_a_missing_one(tmp_path: Path) -> None:
    printed, status = attack.run(tmp_path, "check")
    assert status == 2
    assert "init" in printed or "no book" in printed
    attack.write(tmp_path, {"custledger.yaml": SETTINGS})
    _, status = attack.run(tmp_path, "check")
    assert status == 0
    attack.every_reader(tmp_path)
    _, status = attack.run(tmp_path, "--book", "nowhere", "balance")
    assert status == 2


def test_a_glob_over_many_files(tmp_path: Path) -> None:
    many = {f"journals/sub/{n:05}.journal": "" for n in range(500)}
    attack.book(tmp_path, {"journals/a.journal": "include sub/*.journal\n" * 3, **many})
    attack.run(tmp_path, "check")


def test_customers_of_every_name(tmp_path: Path) -> None:
    """Control characters and bidi marks in names are shown, never obeyed."""
    names = [
        "B\u202eoren",
        "zero\u200bwidth",
        "=HYPERLINK(1)",
        "<script>alert(1)</script>",
        "[a](b)",
        "|x|",
        "a\u2028b",
    ]
    documents = "---\n".join(f'id: c{n}\nname: "{name}"\n' for n, name in enumerate(names))
    sales = "\n".join(SALE.replace("acme", f"c{n}").replace("INV-1", f"INV-{n}") for n in range(len(names)))
    attack.book(tmp_path, {"customers/x.yaml": documents, "journals/a.journal": sales})
    attack.every_reader(tmp_path)
    for form in ("md", "html", "csv"):
        printed, _ = attack.run(tmp_path, "balance", "--format", form)
        assert "<script>alert" not in printed or form == "csv"
