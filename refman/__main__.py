"""`python -m refman`, and the entry point of the `refman` command."""

import sys

from refman import app


def main() -> None:
    sys.exit(app.main(sys.argv[1:]))


if __name__ == "__main__":
    main()
