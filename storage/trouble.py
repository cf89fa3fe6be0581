"""What keeps the program from its files and its database, as one of a few kinds that have words of their own."""

import errno

import apsw

from storage.engine import Unavailable

CAUGHT = (OSError, Unavailable, apsw.Error)
OTHER = "other"  # not foreseen: it is said in the system's own words

_NUMBERS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EISDIR: "folder",
    errno.EIO: "disk",
}
# SQLite's own words, the same in every version; by the time we hear of a commit they are all that is left of it.
_WORDS = {
    "database or disk is full": "full",
    "readonly database": "read_only",
    "disk I/O error": "disk",
    "unable to open database file": "forbidden",
    "is not a database": "damaged",
    "malformed": "damaged",
    "another process holds": "busy",
    "is in use": "busy",
    "is locked": "busy",
}


def kind_of(problem: BaseException) -> str:
    if isinstance(problem, OSError):
        return _NUMBERS.get(problem.errno or 0, OTHER)
    return next((kind for words, kind in _WORDS.items() if words in str(problem)), OTHER)
