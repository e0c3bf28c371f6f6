# SPDX-License-Identifier: EUPL-1.2
"""What we remember: one file of tables per subject."""
