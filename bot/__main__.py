"""The program's door: who is stopped while it is still importing, which takes a second, has ended well too."""

import os
import select
import signal
import sys
from collections.abc import Sequence

FAILED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    if (sys.argv[1:] if arguments is None else arguments)[:1] == ["run"]:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until the bot takes over
    try:
        from bot import command_line

        code = command_line.main(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:
        if not _unread():
            raise
        return FAILED


def _unread() -> bool:
    """Whether whoever read what we print has gone away (doctor | head -1); then the rest goes nowhere, quietly."""
    outside = select.poll()
    outside.register(sys.stdout, select.POLLOUT)
    gone = any(what & (select.POLLERR | select.POLLHUP) for _, what in outside.poll(0))
    if gone:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return gone


if __name__ == "__main__":
    sys.exit(main())
