# SPDX-License-Identifier: EUPL-1.2
"""Pages for the organiser's team."""
