# SPDX-License-Identifier: EUPL-1.2
"""The map of the rooms.

Doors let people in (web, api, jobs, cli). Actions change things. Queries look things up.
Models remember. Rules decide. The scheduler fits meetings into slots. Documents and mail go out.
A room imports from rooms below it, never above, never beside; `factory` alone sees them all.
This file imports nothing, so `app.rules` and `scheduler` load without Flask.
"""
