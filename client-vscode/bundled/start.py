"""Starts mdtm from the libraries beside this file, whatever else is installed or lies in the way."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent / "libs"))
    from mdtm.cli import main

    sys.exit(main())
