/* Editing the table of an SOP without leaving the page: the same forms, sent behind it. Pages work without. */
"use strict";
(() => {
  const area = document.querySelector(".susun");
  if (!area) return;
  const table = document.getElementById("tabel-susun"), sheet = document.getElementById("lembar-susun");
  const found = document.getElementById("temuan-susun"), told = document.getElementById("kabar-susun");
  const alarm = document.getElementById("galat-susun"), columns = document.getElementById("kolom-susun");
  const scroller = table.querySelector(".gulir"), head = table.querySelector("thead"), body = table.querySelector("tbody");
  const PAUSE = 1500, ASK = 15000, LATER = 300;
  const dirty = new Set(), contested = new Map(), choices = document.getElementById("beda-susun");
  let revision = Number(area.dataset.revisi), line = Promise.resolve(), waiting = 0, timer = 0;
  document.body.classList.add("berkabar");

  const rowOf = (element) => element.closest("[data-baris]");
  const byKey = (key) => document.getElementById(`b-${key}`);
  const idle = window.requestIdleCallback || ((act) => setTimeout(act, 0));
  const isBox = (control) => control.type === "checkbox";
  const valueOf = (control) => (isBox(control) ? control.checked : control.value);
  const squeezed = (text) => String(text).split(/\s+/).join(" ").trim();
  /* What the page was sent with: the value as it is stored. */
  function storedOf(control) {
    if (isBox(control)) return control.defaultChecked;
    const chosen = control.options && [...control.options].find((one) => one.defaultSelected);
    return control.options ? (chosen ? chosen.value : "") : control.defaultValue;
  }

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
    const hidden = -scroller.getBoundingClientRect().top, most = scroller.clientHeight - 2 * head.offsetHeight;
    const at = `${Math.max(0, Math.min(hidden, most))}px`;
    if (table.style.getPropertyValue("--kepala") !== at) table.style.setProperty("--kepala", at);
  }
  for (const moved of ["scroll", "resize"]) addEventListener(moved, follow, { passive: true });
  follow();

  /* The boxes of the steps to go back to are made when they are asked for. */
  function open(details) {
    const place = details.querySelector(".pilihan-kembali"), row = rowOf(details), key = row.dataset.baris;
    if (place.dataset.ada) return;
    const chosen = new Set(details.dataset.pilih.split(" ")), made = document.createDocumentFragment();
    const known = document.createElement("input");
    known.type = "hidden";
    known.name = "has_return";
    known.value = "1";
    known.setAttribute("form", `f-${key}`);
    let no = 0;
    for (let one = body.firstElementChild; one && one !== row; one = one.nextElementSibling) {
      no += 1;
      const label = document.createElement("label"), box = document.createElement("input");
      Object.assign(box, { type: "checkbox", name: "return_to", className: "form-check-input" });
      box.id = `${key}-ke-${one.dataset.baris}`;
      box.value = one.dataset.baris;
      box.checked = chosen.has(one.dataset.baris);
      box.setAttribute("form", `f-${key}`);
      label.append(box, ` langkah ${no}`);
      made.append(label);
    }
    place.replaceChildren(made, known);
    place.dataset.ada = "1";
  }
  table.addEventListener("toggle", (event) => {
    if (event.target.open && event.target.matches(".kembali-ke")) open(event.target);
  }, true);

  /* Rows are numbered by their order: a row that only moved says its new number. */
  const OWN = /([Ll]angkah )\d+(?=: [^:]*$|, satu per baris$| dengan sesudahnya$|$)/;
  function number(row, no) {
    const shown = row.firstElementChild.firstChild;
    if (shown.data === String(no)) return;
    shown.data = String(no);
    row.querySelector("[name=no]").value = no;
    for (const one of row.querySelectorAll("[aria-label]")) {
      one.setAttribute("aria-label", one.getAttribute("aria-label").replace(OWN, `$1${no}`));
    }
    const hidden = row.querySelector("form button");
    hidden.textContent = hidden.textContent.replace(OWN, `$1${no}`);
  }

  /* A fresh row in the place of one that shows something else; opened boxes stay open. */
  function exchange(old, row) {
    const was = old && old.querySelector("details[open]"), now = row.querySelector("details");
    if (old) old.replaceWith(row);
    if (was && now) now.open = true;
  }
  /* Put news in: only rows that show something else are made anew; what is being typed and looked at stays. */
  function show(news, keepTyped, sent = new Map()) {
    const active = document.activeElement, id = active && table.contains(active) ? active.id : "";
    const caret = id && "selectionStart" in active && active.type !== "select-one" ? [active.selectionStart, active.selectionEnd] : null;
    const typed = new Map(), written = caret ? active.value : "";
    for (const one of keepTyped) {
      const control = document.getElementById(one);
      if (control) typed.set(one, [valueOf(control), storedOf(control)]);
    }
    const left = scroller.scrollLeft, top = scroller.scrollTop;
    const fresh = document.createElement("template");
    fresh.innerHTML = news.baris;
    const rows = new Map([...body.children].map((row) => [row.dataset.baris, row]));
    for (const row of [...fresh.content.children]) {
      exchange(rows.get(row.dataset.baris), row);
      rows.set(row.dataset.baris, row);
    }
    let here = body.firstElementChild;
    for (const key of news.urutan) {
      const row = rows.get(key);
      rows.delete(key);
      if (row === here) here = here.nextElementSibling; else body.insertBefore(row, here);
    }
    for (const gone of rows.values()) gone.remove();
    [...body.children].forEach((row, place) => number(row, place + 1));
    for (const place of body.querySelectorAll(".pilihan-kembali[data-ada], details[open] > .pilihan-kembali")) {
      delete place.dataset.ada;
      open(place.parentElement);
    }
    if (news.cap) {
      const isOpen = columns.querySelector("details").open;
      head.innerHTML = news.kepala;
      head.dataset.cap = news.cap;
      columns.innerHTML = news.kolom;
      columns.querySelector("details").open = isOpen;
    }
    revision = news.revisi;
    for (const [key, [value, before]] of typed) {
      const control = document.getElementById(key);
      if (!control) lost(key, value); else if (isBox(control)) control.checked = value; else {
        const now = storedOf(control), same = [before, value, sent.get(key)].some((one) => squeezed(one) === squeezed(now));
        control.value = value;
        if (!same) contest(control, now);
      }
    }
    if (scroller.scrollLeft !== left || scroller.scrollTop !== top) scroller.scrollTo(left, top);
    const again = id && document.activeElement !== active && document.getElementById(id);
    if (again) {
      again.focus({ preventScroll: true });
      /* A gap at the end, left out when it was stored, is what the next word is to follow. */
      if (caret && !typed.has(id) && squeezed(again.value) === squeezed(written)) again.value = written;
      if (caret && caret[0] !== null && again.setSelectionRange) again.setSelectionRange(...caret);
    }
  }
  /* The row of something typed is gone: the words are shown, never dropped. */
  function lost(key, value) {
    dirty.delete(key);
    settle(key);
    if (typeof value === "string") alarm.append(`Langkahnya sudah dihapus orang lain. Tulisan Anda: “${value}” `);
  }
  /* Two wrote in the same cell: both are shown, and whoever is second says which stays. */
  function contest(control, stored) {
    settle(control.id);
    contested.set(control.id, stored);
    const place = document.createElement("div"), words = document.createElement("p");
    place.dataset.untuk = control.id;
    words.textContent = `${control.getAttribute("aria-label")}: orang lain menulis “${stored || "(kosong)"}”, Anda menulis “${control.value}”.`;
    const choice = (label, act) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "btn btn-kedua", textContent: label });
      button.addEventListener("click", () => { settle(control.id); act(document.getElementById(control.id)); });
      return button;
    };
    const mine = choice("Pakai tulisan saya", (cell) => { if (cell) { dirty.add(cell.id); cell.focus(); saveSoon(0); } });
    const theirs = choice("Pakai tulisannya", (cell) => {
      if (!cell) return;
      dirty.delete(cell.id);
      cell.value = stored;
      cell.removeAttribute("aria-invalid");
      cell.focus();
      if (!dirty.size) { alarm.textContent = ""; told.textContent = "Tersimpan"; }
    });
    place.append(words, mine, " ", theirs);
    choices.append(place);
  }
  function settle(id) {
    contested.delete(id);
    for (const one of [...choices.children]) if (one.dataset.untuk === id) one.remove();
  }
  const say = (news) => {
    const others = (news.kabar || []).join(" ");
    told.textContent = `Tersimpan ${news.pukul}${others ? `. Sementara itu ${others}` : ""}`;
  };

  /* The official page comes after, once for all that was done meanwhile, when nothing else is to be done. */
  let drawn = revision, asked = 0, drawing = false;
  function drawLater(pause = LATER) {
    clearTimeout(asked);
    asked = setTimeout(draw, pause);
  }
  async function draw() {
    if (drawing || waiting || drawn === revision) return;
    let pause = ASK;
    drawing = true;
    try {
      const answer = await fetch(area.dataset.lembar, { credentials: "same-origin", redirect: "manual" });
      const news = answer.ok ? await answer.json() : null;
      if (news) pause = LATER;
      if (news && news.revisi >= revision) {
        await new Promise((ready) => idle(ready, { timeout: 1000 }));
        sheet.innerHTML = news.lembar;
        found.innerHTML = news.temuan;
        drawn = news.revisi;
        fit();
      }
    } catch (error) { /* It is asked again, after a while. */ } finally {
      drawing = false;
      if (drawn < revision && !waiting) drawLater(pause);
    }
  }

  const stamps = () => [head, ...body.children].map((one) => one.dataset.cap).join(",");
  /* One after another, each as the page stands when its turn comes. */
  function send(form, button) {
    waiting += 1;
    const turn = () => deliver(form.id ? document.getElementById(form.id) : form, button && button.id ? document.getElementById(button.id) : button);
    const sent = line.then(turn).finally(() => { waiting -= 1; if (drawn !== revision) drawLater(); });
    line = sent.catch(() => null);
    return sent;
  }
  async function deliver(form, button) {
    if (!form || (button && button.disabled)) return false;
    clearTimeout(timer);
    const data = new FormData(form, button && button.form === form ? button : undefined);
    data.set("otomatis", "1");
    data.set("revision", revision);
    data.set("cap", stamps());
    const row = data.get("row"), prefix = `${row}-`;
    for (const [id, stored] of contested) {
      const cell = document.getElementById(id);
      if (cell && cell.form === form) data.set(cell.name, stored);
    }
    const sent = new Map([...form.elements].filter((one) => one.id).map((one) => [one.id, valueOf(one)]));
    told.textContent = "Menyimpan…";
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin", redirect: "manual" });
      if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error();
      const news = await answer.json();
      const typing = new Set([...dirty].filter((id) => {
        const control = document.getElementById(id);
        return control && (contested.has(id) || control.form !== form || valueOf(control) !== sent.get(id));
      }));
      if (answer.ok) {
        alarm.textContent = "";
        dirty.clear();
        typing.forEach((id) => dirty.add(id));
        show(news, typing, sent);
        say(news);
        if (dirty.size > contested.size) saveSoon(PAUSE);
        return true;
      }
      for (const id of dirty) if (id.startsWith(prefix)) typing.add(id);
      show(news, typing);
      alarm.textContent = news.kalimat;
      told.textContent = "Belum tersimpan";
      for (const id of typing) {
        const wrong = id.startsWith(prefix) && document.getElementById(id);
        if (wrong) wrong.setAttribute("aria-invalid", "true");
      }
      if (contested.size && dirty.size > contested.size) saveSoon(PAUSE);
    } catch (error) {
      told.textContent = "Belum tersimpan: sambungan terputus. Tulisan tetap ada di halaman ini.";
      saveSoon(4 * PAUSE);
    }
    return false;
  }

  function saveSoon(pause) {
    clearTimeout(timer);
    timer = setTimeout(saveAll, pause);
  }
  async function saveAll() {
    const forms = new Set([...dirty].filter((id) => !contested.has(id)).map((id) => document.getElementById(id)).filter(Boolean).map((one) => one.form));
    for (const form of forms) if (form && !(await send(form))) return;
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
      const here = byKey(row), next = here && here.nextElementSibling;
      if (next) next.querySelector("textarea").focus();
    } else if (act === "remove") {
      const first = table.querySelector("textarea");
      if (first && document.activeElement === document.body) first.focus();
    }
  });
  table.addEventListener("input", (event) => {
    if (!event.target.id || !rowOf(event.target)) return;
    dirty.add(event.target.id);
    if (told.textContent !== "Belum tersimpan") told.textContent = "Belum tersimpan";
    saveSoon(PAUSE);
  });
  table.addEventListener("change", (event) => {
    if (!rowOf(event.target)) return;
    dirty.add(event.target.id);
    saveSoon(isBox(event.target) || event.target.tagName === "SELECT" ? 0 : 200);
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
      const there = down < 0 ? row.previousElementSibling : down > 0 ? row.nextElementSibling : row;
      const at = [...row.querySelectorAll(".tanda-sel")].indexOf(event.target) + right;
      const cell = there && there.querySelectorAll(".tanda-sel")[at];
      if (cell) cell.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    const writing = /^(TEXTAREA|INPUT|SELECT)$/.test(event.target.tagName);
    if (writing || !(event.ctrlKey || event.metaKey) || !["z", "y"].includes(event.key.toLowerCase())) return;
    event.preventDefault();
    document.querySelectorAll(".alat-susun form button")[event.key.toLowerCase() === "z" && !event.shiftKey ? 0 : 1].click();
  });
  setInterval(async () => {
    if (waiting || document.hidden) return;
    try {
      const answer = await fetch(`${area.dataset.alamat}?revision=${revision}`, { credentials: "same-origin", redirect: "manual" });
      const news = answer.ok ? await answer.json() : {};
      if (news.kabar && news.kabar.length && !waiting && news.revisi >= revision) {
        show(news, new Set(dirty));
        drawLater();
        told.textContent = `Baru saja ${news.kabar.join(" ")}`;
      }
    } catch (error) { /* The next turn asks again. */ }
  }, ASK);
  addEventListener("beforeunload", (event) => { if (dirty.size) event.preventDefault(); });
})();
