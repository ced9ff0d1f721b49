"""The operating system's errors as ours: which catalogue key says what, and what to do next."""

from __future__ import annotations

import errno
import os

from custledger.core.trouble import WorldError

_KEYS = {
    errno.ENOENT: "files.not_found",
    errno.ENOTDIR: "files.not_found",
    errno.EISDIR: "files.not_regular",
    errno.EACCES: "files.no_permission",
    errno.EPERM: "files.no_permission",
    errno.EROFS: "files.read_only",
    errno.ENOSPC: "files.disk_full",
    errno.EDQUOT: "files.disk_full",
    errno.EFBIG: "files.disk_full",
    errno.EMFILE: "files.too_many_open",
    errno.ENFILE: "files.too_many_open",
    errno.ELOOP: "files.link_loop",
    errno.ENAMETOOLONG: "files.name_too_long",
}


def world(error: OSError, name: str) -> WorldError:
    """What the system said about the file `name`, as the error that ends the command with exit 4."""
    number = error.errno or 0
    key = _KEYS.get(number, "files.io")
    code = errno.errorcode.get(number, "EIO")
    return WorldError(key, name=name, code=code, why=os.strerror(number) if number else str(error))
