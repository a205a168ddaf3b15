"""`mdtm` and `python -m mdtm`."""

import sys

from mdtm.cli import main

if __name__ == "__main__":
    sys.exit(main())
