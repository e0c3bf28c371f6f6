# SPDX-License-Identifier: EUPL-1.2
"""What every page shares: who is here, who may enter, how errors look."""
