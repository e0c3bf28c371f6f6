# SPDX-License-Identifier: EUPL-1.2
"""What is sent: letters, and the post that carries them."""
