# SPDX-License-Identifier: EUPL-1.2
"""Run the scheduler anywhere: `python -m scheduler
solve|check|repair|explain|what-if|sample|warm`.
"""

import sys

from scheduler.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
