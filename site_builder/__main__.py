"""`python -m site_builder`"""

import os
import sys

if "--untrusted" in sys.argv:  # Python has put the current folder first: nothing there may stand in for a library
    sys.path[:] = [entry for entry in sys.path if entry and os.path.realpath(entry) != os.path.realpath(os.curdir)]

from site_builder.cli import main

main()
