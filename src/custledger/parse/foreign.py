"""Files that are something else than they seem: told by how they begin."""

from __future__ import annotations

from custledger.core.diagnostic import Diagnostic, problem
from custledger.core.span import Span

_BOM = b"\xef\xbb\xbf"

#: How such files begin, and the variant of `unreadable-text` that says what they are.
_OPENINGS = (
    (b"version https://git-lfs.github.com/spec/", "lfs"),
    (b"age-encryption.org/", "encrypted"),
    (b"-----BEGIN AGE ENCRYPTED FILE", "encrypted"),
    (b"-----BEGIN PGP MESSAGE", "encrypted"),
    (b"\0GITCRYPT\0", "encrypted"),
)


def foreign(file: str, data: bytes) -> Diagnostic | None:
    """The problem of a file that is a Git LFS pointer or encrypted (by age, PGP, git-crypt), whatever else is in it."""
    start = data[:64].removeprefix(_BOM)
    for opening, variant in _OPENINGS:
        if start.startswith(opening):
            return problem("unreadable-text", Span(file, 1, 1, 1, 1 + len(opening)), variant=variant)
    return None


def foreign_document(file: str, data: bytes) -> Diagnostic | None:
    """The same for YAML, whose single values SOPS encrypts; its own key `sops` stands at the end."""
    found = foreign(file, data)
    at = -1 if found is not None or b"ENC[AES256_GCM," not in data else (b"\n" + data).find(b"\nsops:")
    if at >= 0:
        line = data.count(b"\n", 0, at) + 1
        return problem("unreadable-text", Span(file, line, 1, line, 5), variant="encrypted")
    return found
