# SPDX-License-Identifier: EUPL-1.2
"""What is allowed: plain Python that knows no framework and no table."""
