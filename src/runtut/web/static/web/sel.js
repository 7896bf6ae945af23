/* Moves between the cells of a column with Enter and the arrows, and spreads a column pasted from a spreadsheet. Pages work without. */
(() => {
  "use strict";
  // Beside what is said of saving, which would soon stand in its place.
  const beside = document.querySelector("[data-simpan-ket]");
  const told = document.createElement("p");
  told.className = "meta tempel-ket";
  told.setAttribute("aria-live", "polite");
  if (beside) beside.before(told);

  const cells = (form) => Array.from(form.querySelectorAll(".isi-sel input[inputmode=decimal]"));
  const column = (cell) => cells(cell.form).filter((one) => one.dataset.kolom === cell.dataset.kolom);
  const cellOf = (event) => (event.target.matches(".isi-sel input[inputmode=decimal]") ? event.target : null);

  function step(cell, by) {
    const all = column(cell);
    const next = all[all.indexOf(cell) + by];
    if (!next) return;
    next.focus();
    next.select();
  }

  document.addEventListener("keydown", (event) => {
    const cell = cellOf(event);
    if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const by = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(cell, by);
  });

  /* A range is pasted as it is written: "80 – 90" fills both bounds. */
  function put(cell, figure) {
    const upper = cell.form.elements[`${cell.name}-atas`];
    const [low, high] = upper ? figure.split(/\s+[–-]\s+/) : [figure];
    cell.value = low;
    if (upper && high !== undefined) upper.value = high;
    cell.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("paste", (event) => {
    const cell = cellOf(event);
    const text = cell && event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    if (!cell || (lines.length < 2 && lines[0].length < 2)) return;
    event.preventDefault();
    const below = column(cell).slice(column(cell).indexOf(cell));
    let filled = 0;
    let beyond = 0;
    lines.slice(0, below.length).forEach((line, place) => {
      const inRow = cells(cell.form).filter((one) => one.closest("tr") === below[place].closest("tr"));
      const main = inRow.filter((one) => !one.dataset.kolom || !one.dataset.kolom.endsWith("-atas"));
      const from = main.indexOf(below[place]);
      const right = from < 0 ? [below[place]] : main.slice(from);
      line.forEach((figure, across) => {
        if (!figure.trim()) return;
        if (!right[across]) beyond += 1;
        else {
          put(right[across], figure.trim());
          filled += 1;
        }
      });
    });
    cell.dispatchEvent(new Event("change", { bubbles: true }));
    const over = lines.length - below.length;
    const rest = over > 0 ? ` ${over} baris terakhir tidak muat.` : "";
    const wide = beyond > 0 ? ` ${beyond} sel di luar tabel dilewati.` : "";
    told.textContent = `${filled} sel diisi dari tempelan.${rest}${wide}`;
  });
})();
