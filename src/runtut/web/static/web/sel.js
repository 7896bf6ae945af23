/* Moves between the cells of a column with Enter and the arrows, and spreads a column pasted from a spreadsheet. Pages work without. */
(() => {
  "use strict";
  // Beside what is said of saving, which would soon stand in its place.
  const beside = document.querySelector("[data-simpan-ket]");
  const told = document.createElement("p");
  told.className = "meta tempel-ket";
  told.setAttribute("aria-live", "polite");
  if (beside) beside.before(told);

  const column = (cell) => {
    const all = cell.form.querySelectorAll(".isi-sel input[inputmode=decimal]");
    return Array.from(all).filter((one) => one.dataset.kolom === cell.dataset.kolom);
  };
  const cellOf = (event) => (event.target.matches(".isi-sel input[inputmode=decimal]") ? event.target : null);

  function step(cell, by) {
    const cells = column(cell);
    const next = cells[cells.indexOf(cell) + by];
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

  document.addEventListener("paste", (event) => {
    const cell = cellOf(event);
    const text = cell && event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
    if (!cell || lines.length < 2) return;
    event.preventDefault();
    const cells = column(cell).slice(column(cell).indexOf(cell));
    let filled = 0;
    lines.slice(0, cells.length).forEach((line, place) => {
      const figure = line.split("\t")[0].trim();
      if (!figure) return;
      cells[place].value = figure;
      cells[place].dispatchEvent(new Event("input", { bubbles: true }));
      filled += 1;
    });
    cells[0].dispatchEvent(new Event("change", { bubbles: true }));
    const over = lines.length - cells.length;
    const rest = over > 0 ? ` ${over} baris terakhir tidak muat.` : "";
    told.textContent = `${filled} sel diisi dari tempelan.${rest}`;
  });
})();
