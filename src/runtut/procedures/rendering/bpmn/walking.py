"""The way through a process: its tasks in the order in which they are met, and where the flow goes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from runtut.procedures.rendering.bpmn.fields import Element
from runtut.procedures.rendering.bpmn.names import AND, CHOICES, END, model, ours
from runtut.procedures.rendering.bpmn.network import Network
from runtut.procedures.rendering.bpmn.opening import BpmnRefused

DEEPEST = 40
"""How many forks may stand within each other."""


def is_ours(task: Element) -> bool:
    """Whether a task bears a step as we write it, which says itself what it goes back to."""
    return task.find(f"{model('extensionElements')}/{ours('step')}") is not None


class Walk:
    """`order` holds the tasks of every step (several where each performer has one), `back` by step the steps
    that it goes back to, `place` by node the step into which it leads, `aside` by step what is said of
    branches that no SOP has, `unread` what else was left."""

    def __init__(self, net: Network) -> None:
        self.net = net
        self.order: list[list[str]] = []
        self.back: dict[int, list[int]] = defaultdict(list)
        self.place: dict[str, int] = {}
        self.aside: dict[int, list[str]] = defaultdict(list)
        self.unread: list[str] = []
        self._left: set[str] = set()
        self._go()

    def _go(self) -> None:
        missing = self.net.missing()
        if missing:
            raise BpmnRefused([f"Alur menunjuk “{end}” yang tidak ada." for end in missing])
        last = self._run(self._start(), "", 0)
        ends = self.net.ends
        if self.net.nodes[last].tag != END and any(end not in self.place for end in ends):
            raise BpmnRefused([f"“{self.net.name_of(last)}” tidak bersambung; SOP berjalan maju satu arah."])
        for step in range(len(self.order)):
            for task in self.order[step]:
                self._leave_at_edge(task, step)
        for key in self.net.nodes:
            if key not in self.place and key not in self._left:
                self.unread.append(f"“{self.net.name_of(key)}” tidak tercapai dari awal")

    def _start(self) -> str:
        """The one place where the flow begins: several starts may lead to the same node."""
        starts = self.net.starts
        if not starts:
            entered = {end for ends in self.net.out.values() for end in ends}
            edges = {one for ones in self.net.boundaries.values() for one in ones}
            starts = [key for key in self.net.nodes if key not in entered and key not in edges]
            starts = [key for key in starts if self.net.out.get(key)] or starts
        after = {tuple(self.net.out[key]) for key in starts}
        if not starts or (len(starts) > 1 and len(after) > 1):
            raise BpmnRefused([f"Harus ada tepat satu awal, ditemukan {len(starts)}."])
        for other in starts[1:]:
            self.place[other] = 0
            self.unread.append(f"Awal “{self.net.name_of(other)}”")
        return starts[0]

    def _run(self, current: str, stop: str, depth: int) -> str:
        """Go from a node to the end of the flow, or to where the branches meet; return where that was."""
        while True:
            if current == stop:
                return current
            self._visit(current)
            following = list(dict.fromkeys(self.net.out.get(current, ())))
            if not following:
                return current
            if self.net.nodes[current].tag == AND and len(following) > 1:
                current, is_over = self._fork(current, following, depth)
                if is_over:
                    return current
                continue
            onward = self._onward(current, following)
            if onward is None:
                return current
            current = onward

    def _visit(self, key: str) -> None:
        if self.net.is_task(key):
            self.order.append([key])
            self.place[key] = len(self.order) - 1
            return
        decides = self.net.nodes[key].tag in CHOICES and len(self.net.out[key]) > 1
        self.place[key] = max(0, len(self.order) - 1) if decides else len(self.order)

    def _onward(self, current: str, following: Sequence[str]) -> str | None:
        """Where the flow goes on, once its ways back are noted; None at its end."""
        name = self.net.name_of(current)
        is_choice = self.net.nodes[current].tag in CHOICES or current in self.net.chosen
        if len(following) > 1 and not is_choice:
            raise BpmnRefused([f"“{name}” bercabang tanpa gerbang."])
        behind = [one for one in following if one in self.place]
        if behind and not self.order:
            raise BpmnRefused([f"“{name}” kembali sebelum ada langkah."])
        for target in behind:
            self._return(current, target)
        ahead = [one for one in following if one not in self.place]
        if len(ahead) > 1:
            ahead = self._main(current, ahead)
        if not ahead:
            raise BpmnRefused([f"“{name}” tidak bersambung; SOP berjalan maju satu arah."])
        return ahead[0]

    def _return(self, source: str, target: str) -> None:
        step, place = len(self.order) - 1, self.place[target]
        if place >= step and not is_ours(self.net.nodes[self.order[step][0]]):
            self.unread.append(f"Pengulangan langkah {step + 1} oleh “{self.net.name_of(source)}”")
        elif place not in self.back[step]:
            self.back[step].append(place)

    def _main(self, gateway: str, ahead: Sequence[str]) -> list[str]:
        """The branch with the most tasks that reaches an end. One that only leads back is a return, with what
        is done on it as a note; any other is left and named."""
        passed = set(self.place)
        reach = {one: self.net.reach(one, passed) for one in ahead}
        leading = [one for one in ahead if not self._leads_back(reach[one])]
        for one in ahead:
            if one not in leading:
                self._mend(gateway, one, reach[one])
        if not leading:
            return []
        main = max(leading, key=lambda one: sum(map(self.net.is_task, reach[one])))
        for one in leading:
            if one != main:
                self._leave(gateway, one, [key for key in reach[one] if key not in reach[main]])
        return [main]

    def _leads_back(self, branch: Sequence[str] | dict[str, None]) -> bool:
        """Whether every way of a branch leads to what was passed before."""
        ends = [key for key in branch if not self.net.out.get(key)]
        return not ends and any(one in self.place for key in branch for one in self.net.out[key])

    def _mend(self, gateway: str, first: str, branch: dict[str, None]) -> None:
        targets = [one for key in branch for one in self.net.out[key] if one in self.place]
        self._left |= set(branch)
        tasks = [self.net.name_of(key) for key in branch if self.net.is_task(key)]
        if not self.order:
            raise BpmnRefused([f"“{self.net.name_of(gateway)}” kembali sebelum ada langkah."])
        if tasks:
            label = self.net.labels.get((gateway, first)) or "tidak"
            done = f"Bila {label[:1].lower()}{label[1:]}: {', lalu '.join(tasks)}"
            self.aside[len(self.order) - 1].append(done)
        for target in dict.fromkeys(targets):
            self._return(gateway, target)

    def _leave(self, gateway: str, first: str, branch: Sequence[str]) -> None:
        """Name a branch that is left out, with its tasks."""
        self._left |= set(branch)
        label = self.net.labels.get((gateway, first))
        way = f"Cabang “{label}” dari" if label else "Cabang dari"
        tasks = ", ".join(f"“{self.net.name_of(key)}”" for key in branch if self.net.is_task(key))
        where = f"berisi {tasks}" if tasks else f"ke “{self.net.name_of(first)}”"
        self.unread.append(f"{way} “{self.net.name_of(gateway)}” {where}")

    def _fork(self, fork: str, branches: Sequence[str], depth: int) -> tuple[str, bool]:
        """Take branches that run side by side: one step where each is one task of the same name, else one
        after the other. Return where they meet, and whether the flow is over there."""
        if depth > DEEPEST:
            raise BpmnRefused([f"Cabang “{self.net.name_of(fork)}” terlalu dalam."])
        fresh = [one for one in branches if one not in self.place]
        for target in branches:
            if target in self.place:
                raise BpmnRefused([f"Cabang “{self.net.name_of(fork)}” kembali ke belakang."])
        reach = [self.net.reach(one, set(self.place)) for one in fresh]
        meeting = next((key for key in reach[0] if all(key in other for other in reach[1:])), "")
        if self._is_one_step(fresh, meeting):
            self.order.append(list(fresh))
            self.place.update(dict.fromkeys(fresh, len(self.order) - 1))
            return meeting, False
        before = len(self.order)
        last = fork
        for branch in fresh:
            last = self._run(branch, meeting, depth + 1)
            if meeting and last != meeting:
                raise BpmnRefused([f"Cabang “{self.net.name_of(fork)}” tidak bertemu lagi."])
        done = [f"“{self.net.name_of(tasks[0])}”" for tasks in self.order[before:]]
        if len(done) > 1:
            self.unread.append(f"Kerja sejajar {', '.join(done)}; dibaca berurutan")
        return (meeting, False) if meeting else (last, True)

    def _is_one_step(self, branches: Sequence[str], meeting: str) -> bool:
        alone = all(self.net.is_task(one) and self.net.out[one] == [meeting] for one in branches)
        names = {self.net.nodes[one].get("name") or "" for one in branches}
        return alone and len(names) == 1 and (names != {""} or is_ours(self.net.nodes[branches[0]]))

    def _leave_at_edge(self, task: str, step: int) -> None:
        """What happens at the edge of a task: a way back is a return, any other is named."""
        for key in self.net.boundaries.get(task, ()):
            self.place[key] = step
            for target in self.net.out.get(key, ()):
                if self.place.get(target, step) < step:
                    if self.place[target] not in self.back[step]:
                        self.back[step].append(self.place[target])
                    continue
                branch = self.net.reach(target, set(self.place))
                self._left |= set(branch)
                tasks = ", ".join(f"“{self.net.name_of(one)}”" for one in branch if self.net.is_task(one))
                name, at = self.net.name_of(key), self.net.name_of(task)
                where = f" menuju {tasks}" if tasks else ""
                self.unread.append(f"Peristiwa “{name}” di tepi “{at}”{where}")
