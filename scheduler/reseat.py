# SPDX-License-Identifier: EUPL-1.2
"""Places after a repair: people sit where they were told to sit, and the fewest give way."""

from collections import defaultdict, deque
from collections.abc import Mapping

from scheduler.problem import Id, Place, Problem
from scheduler.reduce import PlaceClass, fits, free_places, place_classes
from scheduler.seating import Chosen, NoSeat, Slots
from scheduler.solution import Meeting

Choices = dict[Id, list[Id]]  # wish → places of its slot that suit it


def reseat(problem: Problem, plan: Slots, published: Mapping[Id, Meeting]) -> Chosen:
    """Give every placed wish a place that suits it: its published one wherever it keeps its slot
    and the place is open.

    Where somebody has to sit elsewhere, a shortest chain of neighbours give way to each other
    (augmenting path of a bipartite matching).
    Errors: NoSeat when the meetings of a slot cannot all be seated.
    """
    hall = _Hall(problem, plan, published)
    newcomers = [wish for wish in hall.seated if wish not in hall.chosen]
    for wish in sorted(newcomers, key=lambda w: (plan[w], len(hall.suitable[hall.kinds[w]]))):
        hall.admit(wish)
    hall.lend_video_rooms()
    return hall.chosen


class _Hall:
    """Who sits where, slot by slot: `taken[slot]`: place → wish; `kept`: wishes at the place they
    were told.
    """

    def __init__(self, problem: Problem, plan: Slots, published: Mapping[Id, Meeting]) -> None:
        self.problem, self.plan, self.published = problem, plan, published
        wishes = [problem.wish_by_id[wish] for wish in plan]
        remote = {party.id for party in problem.parties if party.remote}
        self.online = [w.id for w in wishes if remote.issuperset(w.parties)] if remote else []
        self.seated = dict.fromkeys(plan)
        for wish in self.online:
            del self.seated[wish]
        self.free = [[problem.places[n].id for n in sorted(row)] for row in free_places(problem)]
        self.kinds, self.suitable = self._kinds()
        self.chosen: Chosen = {}
        self.taken: list[dict[Id, Id]] = [{} for _ in problem.slots]
        self._keep()
        self.at = self._where_newcomers_are()

    def _kinds(self) -> tuple[dict[Id, PlaceClass], dict[PlaceClass, dict[Id, Place]]]:
        """Wish → what it asks of its place, and the places that offer it, the plainest first."""
        kinds = {}
        wishes = self.problem.wishes
        for wish, kind in zip(wishes, place_classes(self.problem), strict=True):
            if wish.id in self.seated and kind is not None:
                kinds[wish.id] = kind
        plain = sorted(
            self.problem.places, key=lambda p: (p.kind == "video", p.accessible + p.screen)
        )
        suitable = {
            kind: {place.id: place for place in plain if fits(place, kind)}
            for kind in set(kinds.values())
        }
        return kinds, suitable

    def _keep(self) -> None:
        """Whoever is promised a place has it; whoever keeps the slot keeps the place."""
        index, free = self.problem.slot_index, [set(row) for row in self.free]
        for wish in self.seated:
            slot, before = self.plan[wish], self.published.get(wish)
            promise = self.problem.wish_by_id[wish].fixed
            if promise is not None and promise.place is not None:
                self.chosen[wish] = promise.place
            elif before is not None and index.get(before.slot) == slot:
                place = before.place
                suits = place in free[slot] and place in self.suitable[self.kinds[wish]]
                if place is not None and suits and place not in self.taken[slot]:
                    self._sit(wish, place)

    def _sit(self, wish: Id, place: Id) -> None:
        self.chosen[wish] = place
        self.taken[self.plan[wish]][place] = wish

    def _where_newcomers_are(self) -> dict[Id, dict[int, list[Id]]]:
        """Party of somebody not yet seated → slot → its meetings there."""
        parties = {
            party
            for wish in self.seated
            if wish not in self.chosen
            for party in self.problem.wish_by_id[wish].parties
        }
        found: dict[Id, dict[int, list[Id]]] = {party: defaultdict(list) for party in parties}
        for wish in self.seated if parties else ():
            for party in parties.intersection(self.problem.wish_by_id[wish].parties):
                found[party][self.plan[wish]].append(wish)
        return found

    def admit(self, wish: Id) -> None:
        """Seat one more: where its people come from or go to, else anywhere, else neighbours give
        way.
        """
        slot, suitable = self.plan[wish], self.suitable[self.kinds[wish]]
        free = set(self.free[slot]) - self.taken[slot].keys()
        near = [place for place in self._next_door(wish) if place in free and place in suitable]
        place = max(near, key=near.count) if near else None
        if place is None:
            place = next((place for place in suitable if place in free), None)
        if place is None:
            self._make_room(wish)
        else:
            self._sit(wish, place)

    def _next_door(self, wish: Id) -> list[Id | None]:
        """Places of its parties in their meetings just before and after, that day."""
        slot, slots = self.plan[wish], self.problem.slots
        found = []
        for party in self.problem.wish_by_id[wish].parties:
            held = [t for t in self.at[party] if slots[t].day == slots[slot].day]
            before = max((t for t in held if t < slot), default=None)
            after = min((t for t in held if t > slot), default=None)
            for near in (before, after):
                if near is not None:
                    found += [self.chosen.get(other) for other in self.at[party][near]]
        return found

    def _make_room(self, newcomer: Id) -> None:
        """The shortest chain of people who give way, breadth first."""
        taken, free = self.taken[self.plan[newcomer]], set(self.free[self.plan[newcomer]])
        came_from: dict[Id, Id] = {}  # place → the wish that would take it
        waiting = deque([newcomer])
        while waiting:
            one = waiting.popleft()
            for place in self.suitable[self.kinds[one]]:
                if place in free and place not in came_from:
                    came_from[place] = one
                    if place not in taken:
                        self._shift(place, came_from, newcomer)
                        return
                    waiting.append(taken[place])
        raise NoSeat(f"no place is left for wish {newcomer}")

    def _shift(self, place: Id, came_from: dict[Id, Id], newcomer: Id) -> None:
        """Let everybody of the chain take the next place, from the free one backwards."""
        while True:
            one = came_from[place]
            left = self.chosen.get(one)
            self._sit(one, place)
            if one == newcomer or left is None:
                return
            place = left

    def lend_video_rooms(self) -> None:
        """Meetings where everybody is remote keep their room, or take one nobody needs; a link of
        their own otherwise.
        """
        index, newcomers = self.problem.slot_index, []
        for wish in self.online:
            slot, before = self.plan[wish], self.published.get(wish)
            promise = self.problem.wish_by_id[wish].fixed
            if promise is not None and promise.place is not None:
                self.chosen[wish] = promise.place
            elif before is None or index.get(before.slot) != slot:
                newcomers.append(wish)
            elif before.place is None:
                self.chosen[wish] = None
            elif before.place in self._video_rooms(slot):
                self._sit(wish, before.place)
            else:
                newcomers.append(wish)
        for wish in newcomers:
            room = next(iter(self._video_rooms(self.plan[wish])), None)
            if room is None:
                self.chosen[wish] = None
            else:
                self._sit(wish, room)

    def _video_rooms(self, slot: int) -> list[Id]:
        """Video rooms of everybody that nobody uses in the slot."""
        known, taken = self.problem.place_by_id, self.taken[slot]
        return [
            place
            for place in self.free[slot]
            if known[place].kind == "video" and known[place].home_of is None and place not in taken
        ]
