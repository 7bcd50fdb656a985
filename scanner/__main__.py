"""The command `paylint`."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Runs the command line."""
    gc.set_threshold(50_000, 20, 100)  # most scans are over before collecting what modules and rules are made of pays
    try:
        from scanner.cli import main as command

        command()
    except KeyboardInterrupt:
        print("paylint: interrupted; nothing was reported", file=sys.stderr)
        sys.exit(3)
    finally:
        gc.freeze()  # nor is it collected at the end


if __name__ == "__main__":
    main()
