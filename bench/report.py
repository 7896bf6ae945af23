"""Figures as lines, each beside its budget."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SPIFF_BUDGET = {"sqlite": 0.6, "postgresql": 0.5}
FLOOR_BUDGET = {"postgresql": 4.0}
LOGGED = 100_000
"""Events for which the budget of their logs speaks."""
NAMES = {
    "product": "cases.actions.complete_task",
    "floor": "the same writes, bare",
    "spiff": "SpiffWorkflow, state and the same rows",
    "spiff_state_alone": "SpiffWorkflow, state alone",
}


def lines(vendor: str, found: dict[str, Any]) -> Iterator[str]:
    yield f"\n{vendor}"
    yield from step_lines(vendor, found["steps"])
    yield from library_lines(vendor, "seven SOPs straight through", found["straight"])
    yield from library_lines(vendor, "seven SOPs, every return once", found["returning"])
    yield from growth_lines(found)
    yield from list_lines(found["lists"])
    yield from page_lines(found["page"])
    yield from crowd_lines(vendor, found)
    yield from log_lines(found["logs"])
    yield from figure_lines(found["figures"])


def step_lines(vendor: str, steps: dict[str, list[float]]) -> Iterator[str]:
    for key, name in NAMES.items():
        total, client, server, least = steps[key]
        parts = f"{client:.3f} client + {server:.3f} database; quietest round {least:.3f}"
        yield f"  {name:<40} {total:.3f} ms CPU a step ({parts})"
    product = steps["product"][0]
    yield judged("product / bare writes", product / steps["floor"][0], FLOOR_BUDGET.get(vendor))
    yield judged("product / SpiffWorkflow with rows", product / steps["spiff"][0], None)
    yield judged("the same in the quietest rounds", steps["product"][3] / steps["spiff"][3], None)
    yield judged("product / SpiffWorkflow state alone", product / steps["spiff_state_alone"][0], None)


def library_lines(vendor: str, title: str, found: dict[str, Any]) -> Iterator[str]:
    yield f"  {title}: {found['moves']} presses a round"
    product = found["product"][0]
    for key in ("product", "spiff", "spiff_state_alone"):
        total, client, server, least = found[key]
        parts = f"{client:.3f} client + {server:.3f} database; quietest round {least:.3f}"
        yield f"    {NAMES[key]:<40} {total:.3f} ms CPU ({parts})"
    yield judged("  product / SpiffWorkflow with rows", product / found["spiff"][0], SPIFF_BUDGET[vendor])
    quietest = found["product"][3] / found["spiff"][3]
    yield judged("  the same in the quietest rounds", quietest, SPIFF_BUDGET[vendor])
    yield judged("  product / its state alone", product / found["spiff_state_alone"][0], None)


def growth_lines(found: dict[str, Any]) -> Iterator[str]:
    few, many = found["growth"]["few"][0], found["growth"]["many"][0]
    quietest = found["growth"]["many"][3] / found["growth"]["few"][3]
    name = f"{found['scale']:,} / 1,000 finished runs"
    yield judged(f"{name} ({many:.3f} / {few:.3f} ms)", many / few, 1.2)
    yield judged("  the same in the quietest rounds", quietest, 1.2)
    yield f"  (history written in {found['loading_seconds']:.0f} s)"


def list_lines(found: dict[str, Any]) -> Iterator[str]:
    yield f"  lists over {found['tasks']:,} tasks, {found['open']:,} of them open"
    for name in ("inbox", "supervisor"):
        figures = found[name]
        yield judged(f"{name} query p95, ms (p50 {figures['query_p50']:.2f})", figures["query_p95"], 5.0)
        yield f"    whole call p50 {figures['whole_p50']:.2f} p95 {figures['whole_p95']:.2f} ms"
        yield f"    {figures['lines']} lines; {'; '.join(figures['plan']) or 'NO PARTIAL INDEX'}"
        yield f"    sort: {'; '.join(figures['sort']) or 'none'}"


def page_lines(page: dict[str, Any]) -> Iterator[str]:
    served, fifty = page["page"], page["fifty"]
    yield judged(f"Kerja berjalan as served, {page['rows']} rows, ms CPU", served[0], None)
    yield judged("reading and wording 50 rows of it, ms CPU", fifty[0], 6.0)
    yield f"    the quietest of each: {served[1]:.2f} and {fifty[1]:.2f} ms"


def crowd_lines(vendor: str, found: dict[str, Any]) -> Iterator[str]:
    presses, writers = found["presses"], found["writers"]
    good = presses == {"outcomes": {"Case": 1, "AlreadyCompleted": 15}, "events": 1, "next_tasks": 1}
    yield f"  16 presses at once: {presses['outcomes']}  {'met' if good else 'MISSED'}"
    yield f"  8 writers: {writers['completions']:,} completions, {len(writers['errors'])} errors (budget 0)"
    yield from (f"    {error}" for error in writers["errors"])
    if writers["median"]:
        longest, middle = writers["longest"], writers["median"]
        name = f"longest wait / median ({longest:.1f} / {middle:.1f} ms)"
        yield judged(name, longest / middle, 50.0 if vendor == "sqlite" else None)


def log_lines(found: dict[str, Any]) -> Iterator[str]:
    share = LOGGED / found["events"]
    for key, name in (("xes", "XES"), ("ocel", "OCEL")):
        words = f"event log as {name}, s CPU for {LOGGED:,} of {found['events']:,} events"
        yield judged(words, found[key]["cpu"] * share, 1.0)


def figure_lines(figures: dict[str, Any]) -> Iterator[str]:
    taken, verify, rebuild = figures["import"], figures["verify"], figures["rebuild"]
    name = f"workbook of {figures['rows']:,} rows, {figures['problems']:,} faults"
    yield judged(f"{name}, s CPU", taken["cpu"], 10.0)
    recap = figures["recap"]
    yield judged(f"recap of {recap['units']} offices, ms (p50 {recap['p50']:.2f}), p95", recap["p95"], 5.0)
    whole = verify["cpu"] * figures["country"] / figures["figures"]
    yield judged(f"all sums recomputed, {figures['figures']:,} figures, s CPU", verify["cpu"], None)
    yield judged(f"at that rate for {figures['country']:,} figures, s", whole, 10.0)
    yield judged(f"all sums written anew, {figures['figures']:,} figures, s CPU", rebuild["cpu"], None)


def paper_lines(found: dict[str, Any]) -> Iterator[str]:
    yield "\npapers"
    form, pages = f"official SOP, {found['steps']} steps, PDF", f"report of {found['pages']} pages"
    for key, name, budget in (
        ("form", form, 0.5),
        ("pdf", f"{pages}, PDF", 2.0),
        ("docx", f"{pages}, Word", 2.0),
    ):
        yield judged(f"{name}, s CPU", found[key]["cpu"], budget)
        yield f"    quietest {found[key]['least']:.2f}; by the wall {found[key]['wall']:.2f} s"


def import_lines(found: dict[str, Any]) -> Iterator[str]:
    yield "\nimports"
    size = found["bytes"] / 1024 / 1024
    yield judged(f"{found['files']} documents of {size:.1f} MB in all, taken in, s", found["given"], None)
    yield judged("read one by one, s CPU", found["cpu"], None)
    yield f"    by the wall {found['wall']:.0f} s, each p50 {found['p50']:.2f} p95 {found['p95']:.2f} s"
    yield judged("most memory of a reading process, MB", found["memory"], 1536.0)
    yield f"  read {found['read']} with {found['sops']} SOPs, failed {found['failed']} (one is broken),"
    yield f"    failed again when tried again {found['again']}"


def judged(name: str, value: float, budget: float | None) -> str:
    if budget is None:
        return f"  {name:<56} {value:8.2f}"
    return f"  {name:<56} {value:8.2f}  budget {budget:g}  {'met' if value <= budget else 'MISSED'}"
