# SPDX-License-Identifier: EUPL-1.2
"""The map of the directory: one cell per department, drawn by the server."""

from typing import Any

from app.language.places import place
from app.queries.directory import Page
from app.rules.directory import Facet
from app.rules.territories import DEPARTMENTS
from app.web.public.narrowing import Asked

Cells = dict[str, tuple[float, float]]

# Where each department stands in the hexagons: (column, row), the odd rows half a column further.
OCCITANIE: Cells = {
    "46": (2, 0), "12": (3, 0), "48": (4, 0), "82": (1.5, 1), "81": (2.5, 1), "34": (3.5, 1),
    "30": (4.5, 1), "32": (1, 2), "31": (2, 2), "11": (3, 2), "65": (1.5, 3), "09": (2.5, 3),
    "66": (3.5, 3),
}  # fmt: skip
# Each prefecture in the nearest cell that is free: the sum of squared distances is the least.
FRANCE: Cells = {
    "01": (9, 7), "02": (8, 1), "03": (7.5, 6), "04": (9.5, 10), "05": (10, 9), "06": (10.5, 10),
    "07": (8, 9), "08": (9, 1), "09": (5.5, 12), "10": (8, 3), "11": (7, 11), "12": (6, 9),
    "13": (9, 11), "14": (3.5, 2), "15": (6.5, 8), "16": (4, 7), "17": (3, 7), "18": (6.5, 6),
    "19": (5.5, 8), "21": (9, 5), "22": (2, 3), "23": (6, 7), "24": (4.5, 8), "25": (10, 5),
    "26": (9, 9), "27": (4.5, 2), "28": (5, 3), "29": (0.5, 4), "2A": (12, 13), "2B": (12.5, 12),
    "30": (7.5, 10), "31": (6, 11), "32": (5, 11), "33": (4, 9), "34": (8, 11), "35": (2.5, 4),
    "36": (5.5, 6), "37": (5, 5), "38": (9.5, 8), "39": (9.5, 6), "40": (3.5, 10), "41": (6, 5),
    "42": (8.5, 8), "43": (7.5, 8), "44": (3, 5), "45": (5.5, 4), "46": (5, 9), "47": (4.5, 10),
    "48": (7, 9), "49": (4, 5), "50": (3, 3), "51": (8.5, 2), "52": (8.5, 4), "53": (3.5, 4),
    "54": (10, 3), "55": (9, 3), "56": (2, 5), "57": (9.5, 2), "58": (7, 5), "59": (7.5, 0),
    "60": (6, 1), "61": (4, 3), "62": (6.5, 0), "63": (7, 7), "64": (4, 11), "65": (4.5, 12),
    "66": (6.5, 12), "67": (11, 3), "68": (11.5, 4), "69": (8, 7), "70": (9.5, 4), "71": (8.5, 6),
    "72": (4.5, 4), "73": (10.5, 8), "74": (10, 7), "75": (7.5, 2), "76": (5, 1), "77": (7.5, 4),
    "78": (6, 3), "79": (3.5, 6), "80": (5.5, 0), "81": (6.5, 10), "82": (5.5, 10),
    "83": (10, 11), "84": (8.5, 10), "85": (2.5, 6), "86": (4.5, 6), "87": (5, 7),
    "88": (10.5, 4), "89": (8, 5), "90": (11, 5), "91": (6.5, 4), "92": (6.5, 2), "93": (7, 1),
    "94": (7, 3), "95": (5.5, 2), "971": (0.5, 14), "972": (1.5, 14), "973": (2.5, 14),
    "974": (3.5, 14), "976": (4.5, 14),
}  # fmt: skip
STEP, RISE, LEFT, TOP = 52, 46, -12, 32


def cells(asked: Asked, page: Page, layout: Cells = OCCITANIE) -> list[dict[str, Any]]:
    """One cell per department: how many listings serve it (or sit there), and their search."""
    counts = page.facets[Facet.LOCATED if asked.at_home else Facet.SERVED]
    shown = [counts[code] for code in layout]
    least, most = min(shown), max(shown)
    return [
        {
            "code": code,
            "name": DEPARTMENTS[code],
            "place": place(code),
            "count": counts[code],
            "shade": f"d{_shade(counts[code], least, most)}",
            "x": round(column * STEP + LEFT, 1),
            "y": round(TOP + row * RISE, 1),
            "is_chosen": asked.zone == code,
            "address": asked.address(zone="" if asked.zone == code else code, as_map=False),
        }
        for code, (column, row) in layout.items()
    ]


def _shade(count: int, least: int, most: int) -> int:
    """0 for none, then four shades from the least served to the most."""
    return 0 if not count else min(4, 1 + 4 * (count - least) // max(1, most - least))
