"""`python -m casegen`: the same as the command `casegen`."""

from casegen.cli import main

if __name__ == "__main__":
    main()
