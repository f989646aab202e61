"""`python -m anagen` is the command `anagen`."""

from anagen.cli import entry

if __name__ == "__main__":
    entry()
