"""`python -m mmae_core`."""

import sys

from mmae_core.cli import main

if __name__ == "__main__":
    sys.exit(main())
