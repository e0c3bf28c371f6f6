# SPDX-License-Identifier: EUPL-1.2
"""Builds a fair to look at, through the same actions as people: invented, or from real files."""
