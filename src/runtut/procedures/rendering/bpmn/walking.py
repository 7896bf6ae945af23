"""The way through a process: its tasks in the order in which they are met, and where the flow goes back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from runtut.procedures.rendering.bpmn.fields import Element
from runtut.procedures.rendering.bpmn.names import AND, CHOICES, END, START, model, ours
from runtut.procedures.rendering.bpmn.network import Network
from runtut.procedures.rendering.bpmn.opening import BpmnRefused, name_of

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
        self._beside: set[str] = set()
        self._go()

    def _go(self) -> None:
        missing = self.net.missing()
        if missing:
            raise BpmnRefused([f"Alur menunjuk “{end}” yang tidak ada." for end in missing])
        if not self.net.out:
            self._take_all()
            return
        last = self._run(self._start(), "", 0)
        open_ends = set(self.net.ends) - set(self.place) - self._left
        if self.net.nodes[last].tag != END and open_ends:
            raise BpmnRefused([f"“{self.net.name_of(last)}” tidak bersambung; SOP berjalan maju satu arah."])
        for step in range(len(self.order)):
            for task in self.order[step]:
                self._leave_at_edge(task, step)
        for key in self.net.nodes:
            if key not in self.place and key not in self._left:
                self.unread.append(f"“{self.net.name_of(key)}” tidak tercapai dari awal")

    def _start(self) -> str:
        """Where the flow begins: of several starts the one that most tasks follow, the others are named."""
        starts = self.net.starts
        if not starts:
            entered = {end for ends in self.net.out.values() for end in ends}
            edges = {one for ones in self.net.boundaries.values() for one in ones}
            starts = [key for key in self.net.nodes if key not in entered and key not in edges]
            starts = [key for key in starts if self.net.out.get(key)] or starts
        if not starts:
            raise BpmnRefused(["Alur tidak mempunyai awal."])
        reach = {key: self.net.reach(key, set()) for key in starts}
        main = max(starts, key=lambda key: self._tasks(reach[key]))
        for other in (key for key in starts if key != main and not self.net.is_task(key)):
            only = [key for key in reach[other] if key not in reach[main]]
            self._left |= set(only)
            self.unread.append(f"Awal “{self.net.name_of(other)}”{self._holding(only)}")
        return main

    def _take_all(self) -> None:
        """The tasks of a drawing without a single flow, in the order of the file."""
        for key in filter(self.net.is_task, self.net.nodes):
            self.place[key] = len(self.order)
            self.order.append([key])
        if len(self.order) > 1:
            self.unread.append("Alur: tidak ada satu pun; tugas dibaca menurut urutan di berkas")
        for key in self.net.nodes:
            if key not in self.place and self.net.nodes[key].tag not in {START, END}:
                self.unread.append(f"“{self.net.name_of(key)}” tidak tercapai dari awal")

    def _holding(self, keys: Sequence[str]) -> str:
        """The tasks among nodes, as the end of a sentence."""
        tasks = ", ".join(f"“{self.net.name_of(key)}”" for key in keys if self.net.is_task(key))
        return f" berisi {tasks}" if tasks else ""

    def _run(self, current: str, stop: str, depth: int) -> str:
        """Go from a node to the end of the flow, or to where the branches meet; return where that was."""
        while True:
            if current == stop:
                return current
            self._visit(current)
            leaving = dict.fromkeys(self.net.out.get(current, ()))
            following = [one for one in leaving if one not in self._beside]
            if not following:
                return current
            if len(following) > 1 and self._splits(current, following):
                current, is_over = self._fork(current, following, depth)
                if is_over:
                    return current
                continue
            onward = self._onward(current, following)
            if onward is None:
                return current
            current = onward

    def _splits(self, current: str, following: Sequence[str]) -> bool:
        """Whether the flow runs on side by side: at a parallel gateway, and where several ways leave a task
        or an event without a condition; whoever draws one of them back means a choice."""
        if self.net.nodes[current].tag == AND:
            return True
        is_choice = self.net.nodes[current].tag in CHOICES or current in self.net.chosen
        return not is_choice and not any(one in self.place for one in following)

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
        behind = [one for one in following if one in self.place]
        if behind and not self.order:
            raise BpmnRefused([f"“{name}” kembali sebelum ada langkah."])
        for target in behind:
            self._return(current, target)
        if behind and name_of(self.net.nodes[current]) and not self.net.is_task(current):
            self.aside[len(self.order) - 1].append(f"Keputusan: {name}")
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
        """The branch with the most tasks that reaches an end. One that leads back is a return, with what is
        done on it as a note; any other is left and named, as is what else a return may lead to."""
        passed = set(self.place)
        reach = {one: self.net.reach(one, passed) for one in ahead}
        leading = [one for one in ahead if not self._leads_back(reach[one])]
        for one in ahead:
            if one not in leading:
                self._mend(gateway, one, reach[one])
        if not leading:
            return []
        main = max(leading, key=lambda one: (self._tasks(reach[one]), not self._turns(reach[one])))
        for one in leading:
            if one == main:
                continue
            own = [key for key in reach[one] if key not in reach[main]]
            if self._turns(own) and self._tasks(own) == self._tasks(reach[one]):
                self._mend(gateway, one, own)
            self._leave(gateway, one, own)
        return [main]

    def _tasks(self, keys: Iterable[str]) -> int:
        return sum(map(self.net.is_task, keys))

    def _turns(self, keys: Iterable[str]) -> bool:
        """Whether a way leads from one of these to what was passed before."""
        return any(one in self.place for key in keys for one in self.net.out[key])

    def _leads_back(self, branch: Sequence[str] | dict[str, None]) -> bool:
        """Whether every way of a branch leads to what was passed before."""
        ends = [key for key in branch if not self.net.out.get(key)]
        return not ends and self._turns(branch)

    def _mend(self, gateway: str, first: str, branch: Iterable[str]) -> None:
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
        where = self._holding(branch) or f" ke “{self.net.name_of(first)}”"
        self.unread.append(f"{way} “{self.net.name_of(gateway)}”{where}")

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
        before, outer, passed = len(self.order), self._beside, set(self.place)
        last = fork
        for branch in fresh:
            self._beside = (outer | set(self.place) - passed) - {meeting}
            last = self._run(branch, meeting, depth + 1)
            if meeting and last != meeting:
                at, end = self.net.name_of(fork), self.net.name_of(last)
                self.unread.append(f"Cabang dari “{at}” yang berakhir sendiri pada “{end}”")
        self._beside = outer
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
