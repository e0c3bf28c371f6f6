# SPDX-License-Identifier: EUPL-1.2
"""What fits: meetings into slots and places, with proof. Pure: no web, no database, no clock of ours."""
