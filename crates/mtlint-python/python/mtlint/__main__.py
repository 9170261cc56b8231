"""The command-line program, as ``mtlint`` and as ``python -m mtlint``."""

import signal
import sys

from ._mtlint import _main


def main() -> int:
    # The program answers to Ctrl-C itself, or ends at once: Python would only note it until the program returns.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _main([sys.executable, "-m", "mtlint"], sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
