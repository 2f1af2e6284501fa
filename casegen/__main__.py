"""`casegen` and `python -m casegen`: Ctrl+C is answered in Chinese even while modules load."""


def main() -> None:
    """Start the program."""
    try:
        from casegen.cli import main as start  # noqa: PLC0415 - loading takes a while
    except KeyboardInterrupt:
        raise SystemExit("\n已中止。") from None
    start()


if __name__ == "__main__":
    main()
