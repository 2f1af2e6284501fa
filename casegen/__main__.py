"""`casegen` and `python -m casegen`: Ctrl+C is answered in Chinese even while modules load.

So is too little memory.
"""

import sys

from casegen.shortage import lacks_memory


def main() -> None:
    """Start the program."""
    try:
        from casegen.cli import main as start  # noqa: PLC0415 - loading takes a while
    except KeyboardInterrupt:
        raise SystemExit("\n已中止。") from None
    except Exception as error:
        if not lacks_memory(error):
            raise
        sys.stderr.write("无法继续：内存不够\n  改法：关掉别的程序，再来一次\n")
        raise SystemExit(2) from None
    start()


if __name__ == "__main__":
    main()
