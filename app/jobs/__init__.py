# SPDX-License-Identifier: EUPL-1.2
"""Background work: rows carried out by a queue."""
