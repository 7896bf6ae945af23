/* Editing the table of an SOP without leaving the page: the same forms, sent behind it. Pages work without. */
"use strict";
(() => {
  const area = document.querySelector(".susun");
  if (!area) return;
  const table = document.getElementById("tabel-susun"), sheet = document.getElementById("lembar-susun");
  const found = document.getElementById("temuan-susun"), told = document.getElementById("kabar-susun");
  const alarm = document.getElementById("galat-susun");
  const PAUSE = 1500, ASK = 15000;
  const dirty = new Set();
  let revision = Number(area.dataset.revisi), busy = null, timer = 0;
  document.body.classList.add("berkabar");

  const controls = () => table.querySelectorAll("textarea, input:not([type=hidden]), select");
  const rowOf = (element) => element.closest("[data-baris]");

  /* The official page is made as small as its place asks, so that no column of it is cut off. */
  const beside = matchMedia("(min-width: 80em)");
  function fit() {
    sheet.style.zoom = beside.matches ? 1 : "";
    const drawn = sheet.querySelector(".matriks"), place = sheet.parentElement, style = getComputedStyle(place);
    if (!beside.matches || !drawn) return;
    const room = place.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    sheet.style.zoom = Math.min(1, Math.max(0.35, room / drawn.offsetWidth));
  }
  addEventListener("resize", fit);
  fit();

  /* When the page itself is scrolled past the head of the table, the headings come along. */
  function follow() {
    const scroller = table.querySelector(".gulir"), head = table.querySelector("thead");
    if (!scroller || !head) return;
    const hidden = -scroller.getBoundingClientRect().top, most = scroller.clientHeight - 2 * head.offsetHeight;
    table.style.setProperty("--kepala", `${Math.max(0, Math.min(hidden, most))}px`);
  }
  for (const moved of ["scroll", "resize"]) addEventListener(moved, follow, { passive: true });
  follow();

  /* Put fresh pieces in; what is being typed, opened and looked at stays as it was. */
  function show(news, keepTyped) {
    const active = document.activeElement, id = active && table.contains(active) ? active.id : "";
    const caret = id && "selectionStart" in active && active.type !== "select-one" ? [active.selectionStart, active.selectionEnd] : null;
    const typed = new Map();
    for (const control of controls()) if (keepTyped.has(control.id)) typed.set(control.id, control.value);
    const open = [...table.querySelectorAll("details[open] > summary")].map((one) => one.id || one.textContent);
    const scroller = table.querySelector(".gulir"), left = scroller ? scroller.scrollLeft : 0, top = scroller ? scroller.scrollTop : 0;
    table.innerHTML = news.tabel;
    sheet.innerHTML = news.lembar;
    fit();
    found.innerHTML = news.temuan;
    revision = news.revisi;
    for (const [key, value] of typed) {
      const control = document.getElementById(key);
      if (control) control.value = value; else lost(key, value);
    }
    for (const summary of table.querySelectorAll("details > summary")) {
      if (open.includes(summary.id || summary.textContent)) summary.parentElement.open = true;
    }
    const scrolled = table.querySelector(".gulir");
    if (scrolled) scrolled.scrollTo(left, top);
    const again = id && document.getElementById(id);
    if (again) {
      again.focus({ preventScroll: true });
      if (caret && caret[0] !== null && again.setSelectionRange) again.setSelectionRange(...caret);
    }
  }
  /* The row of something typed is gone: the words are shown, never dropped. */
  function lost(key, value) {
    alarm.append(`Langkahnya sudah dihapus orang lain. Tulisan Anda: “${value}” `);
    dirty.delete(key);
  }
  const say = (news) => {
    const others = (news.kabar || []).join(" ");
    told.textContent = `Tersimpan ${news.pukul}${others ? `. Sementara itu ${others}` : ""}`;
  };

  async function send(form, button) {
    while (busy) await busy.catch(() => null);
    clearTimeout(timer);
    const data = new FormData(form, button && button.form === form ? button : undefined);
    data.set("otomatis", "1");
    data.set("revision", revision);
    const row = data.get("row"), prefix = `${row}-`;
    const sent = new Map([...controls()].filter((one) => one.form === form).map((one) => [one.id, one.value]));
    told.textContent = "Menyimpan…";
    busy = fetch(form.action, { method: "POST", body: data, credentials: "same-origin", redirect: "manual" });
    try {
      const answer = await busy;
      if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error();
      const news = await answer.json();
      const typing = new Set([...dirty].filter((id) => {
        const control = document.getElementById(id);
        return control && (control.form !== form || control.value !== sent.get(id));
      }));
      if (answer.ok) {
        alarm.textContent = "";
        dirty.clear();
        typing.forEach((id) => dirty.add(id));
        show(news, typing);
        say(news);
        return true;
      }
      for (const id of dirty) if (id.startsWith(prefix)) typing.add(id);
      show(news, typing);
      alarm.textContent = news.kalimat;
      told.textContent = "Belum tersimpan";
      for (const id of typing) if (id.startsWith(prefix)) document.getElementById(id).setAttribute("aria-invalid", "true");
    } catch (error) {
      told.textContent = "Belum tersimpan: sambungan terputus. Tulisan tetap ada di halaman ini.";
      timer = setTimeout(saveAll, 4 * PAUSE);
    } finally {
      busy = null;
    }
    return false;
  }

  async function saveAll() {
    const forms = new Set([...dirty].map((id) => document.getElementById(id)).filter(Boolean).map((one) => one.form));
    for (const form of forms) if (form && !(await send(document.getElementById(form.id)))) return;
  }
  const press = (row, act) => {
    const button = document.getElementById(`${row.dataset.baris}-${act}`);
    if (button && !button.disabled) button.click();
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("[data-susun]")) return;
    event.preventDefault();
    const button = event.submitter, act = button ? button.value : "", row = form.elements.row && form.elements.row.value;
    if (act === "split") {
      const words = document.getElementById(`${row}-activity`);
      const at = words.selectionStart;
      form.elements.at.value = at > 0 && at < words.value.length && words.value.slice(0, at).trim() && words.value.slice(at).trim() ? at : "";
    }
    if (!row && dirty.size) await saveAll();
    const done = await send(form, button);
    if (!done) { if (alarm.textContent) alarm.focus(); return; }
    if (["add", "split"].includes(act)) {
      const here = table.querySelector(`[data-baris="${row}"]`), next = here && here.nextElementSibling;
      if (next) next.querySelector("textarea").focus();
    } else if (act === "remove") {
      const first = table.querySelector("textarea");
      if (first && document.activeElement === document.body) first.focus();
    }
  });
  table.addEventListener("input", (event) => {
    if (!event.target.id || !rowOf(event.target)) return;
    dirty.add(event.target.id);
    told.textContent = "Belum tersimpan";
    clearTimeout(timer);
    timer = setTimeout(saveAll, PAUSE);
  });
  table.addEventListener("change", (event) => {
    if (!rowOf(event.target)) return;
    dirty.add(event.target.id);
    clearTimeout(timer);
    timer = setTimeout(saveAll, event.target.type === "checkbox" || event.target.tagName === "SELECT" ? 0 : 200);
  });
  const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  table.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    if (!row) return;
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      event.preventDefault();
      press(row, event.key === "ArrowUp" ? "up" : "down");
    } else if (event.ctrlKey && event.key === "Enter") {
      event.preventDefault();
      press(row, "add");
    } else if (MOVES[event.key] && event.target.classList.contains("tanda-sel")) {
      event.preventDefault();
      const [down, right] = MOVES[event.key];
      const rows = [...table.querySelectorAll("[data-baris]")], here = rows.indexOf(row);
      const cells = [...row.querySelectorAll(".tanda-sel")], at = cells.indexOf(event.target) + right;
      const there = rows[here + down] && rows[here + down].querySelectorAll(".tanda-sel")[at];
      if (there) there.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    const writing = /^(TEXTAREA|INPUT|SELECT)$/.test(event.target.tagName);
    if (writing || !(event.ctrlKey || event.metaKey) || !["z", "y"].includes(event.key.toLowerCase())) return;
    event.preventDefault();
    document.querySelectorAll(".alat-susun form button")[event.key.toLowerCase() === "z" && !event.shiftKey ? 0 : 1].click();
  });
  setInterval(async () => {
    if (busy || document.hidden) return;
    try {
      const answer = await fetch(`${area.dataset.alamat}?revision=${revision}`, { credentials: "same-origin", redirect: "manual" });
      const news = answer.ok ? await answer.json() : {};
      if (news.kabar && news.kabar.length && !busy) {
        show(news, new Set(dirty));
        told.textContent = `Baru saja ${news.kabar.join(" ")}`;
      }
    } catch (error) { /* The next turn asks again. */ }
  }, ASK);
  addEventListener("beforeunload", (event) => { if (dirty.size) event.preventDefault(); });
})();
