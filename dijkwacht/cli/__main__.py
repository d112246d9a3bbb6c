"""``python -m dijkwacht.cli``."""

import sys

from dijkwacht.cli import main

sys.exit(main())
