# SPDX-License-Identifier: EUPL-1.2
"""What people look at: reads only, never a change."""
