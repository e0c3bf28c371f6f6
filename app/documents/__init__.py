# SPDX-License-Identifier: EUPL-1.2
"""What is printed or downloaded: data in, bytes out."""
