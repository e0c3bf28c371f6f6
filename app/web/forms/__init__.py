# SPDX-License-Identifier: EUPL-1.2
"""Forms: what a person may type, and how it is turned into values."""
