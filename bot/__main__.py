"""The program's door: who is stopped while it is still importing, which takes a second, has ended well too."""

import signal
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    if (sys.argv[1:] if arguments is None else arguments)[:1] == ["run"]:
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # until the bot takes over
    try:
        from bot import command_line

        return command_line.main(arguments)
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
