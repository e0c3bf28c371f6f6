# SPDX-License-Identifier: EUPL-1.2
"""What people do: one function is one transaction."""
