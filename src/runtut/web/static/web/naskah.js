/* Writing a document: buttons that put in the signs, saving while one writes, the page as it will look.
   Without this file the same form is saved by its own buttons. */
"use strict";
(() => {
  const form = document.getElementById("tulis");
  if (!form) return;
  const area = form.elements.text, note = document.getElementById("kabar"), look = document.getElementById("pratinjau");
  const left = document.getElementById("kurang"), tools = form.querySelector(".alat");
  const WAIT = 1500;
  let timer = 0, sending = false, again = false, stopped = false, dirty = false, waiting = null;

  const put = (text, start, end) => {
    area.focus();
    area.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const around = (mark, words) => {
    const start = area.selectionStart, end = area.selectionEnd, chosen = area.value.slice(start, end) || words;
    put(mark + chosen.trim() + mark, start, end);
    area.setSelectionRange(start + mark.length, start + mark.length + chosen.trim().length);
  };
  const before = (sign) => {
    const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    let to = area.value.indexOf("\n", area.selectionEnd);
    if (to < 0) to = area.value.length;
    const lines = area.value.slice(from, to).split("\n");
    put(lines.map((line, i) => sign(i) + line.replace(/^(#{1,3}|-|\d+\.)\s+/, "")).join("\n"), from, to);
  };
  const block = (text) => {
    const at = area.selectionEnd, lead = !at || area.value.slice(0, at).endsWith("\n\n") ? "" : "\n\n";
    put(lead + text + "\n", at, at);
  };
  const signs = {
    tebal: () => around("**", "tebal"),
    miring: () => around("*", "miring"),
    judul: () => before(() => "# "),
    butir: () => before(() => "- "),
    nomor: () => before((i) => `${i + 1}. `),
    fakta: () => block("Hari, tanggal : "),
    tabel: () => block("| No | Uraian | Keterangan |\n| :-: 6 | -- 60 | -- 34 |\n| 1 |  |  |"),
  };
  tools.hidden = false;
  tools.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) signs[button.dataset.tanda]();
  });
  tools.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...tools.querySelectorAll("button")];
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
    event.preventDefault();
  });
  area.addEventListener("keydown", (event) => {
    const key = { b: "tebal", i: "miring" }[event.key.toLowerCase()];
    if (key && (event.ctrlKey || event.metaKey) && !event.altKey) {
      event.preventDefault();
      signs[key]();
    }
  });

  const typed = () => {
    const data = new FormData();
    for (const name of ["csrfmiddlewaretoken", "revision", "title", "heading", "signs_as", "text"])
      if (form.elements[name]) data.set(name, form.elements[name].value);
    return data;
  };
  const save = async (leaving) => {
    if (stopped || !dirty || waiting) return;
    if (sending && !leaving) { again = true; return; }
    sending = true;
    dirty = false;
    try {
      const answer = await fetch(form.dataset.simpan, { method: "POST", body: typed(), keepalive: leaving, credentials: "same-origin" });
      const told = (answer.headers.get("Content-Type") || "").includes("json") ? await answer.json() : {};
      if (answer.ok && told.pukul) {
        form.elements.revision.value = told.revisi;
        note.textContent = `Tersimpan ${told.pukul}`;
        look.innerHTML = told.lembar;
        left.textContent = told.kurang;
      } else {
        dirty = true;
        note.textContent = told.kalimat || "Belum tersimpan. Tekan Simpan untuk mencoba lagi.";
        if (answer.status === 409) { stopped = true; note.textContent += " Tekan Simpan untuk melihat keduanya."; }
      }
    } catch (error) {
      dirty = true;
      note.textContent = "Belum tersimpan: jaringan terputus. Tulisan tetap ada di halaman ini.";
      timer = setTimeout(save, 4 * WAIT);
    }
    sending = false;
    if (waiting) form.requestSubmit(waiting);
    else if (again) { again = false; save(false); }
  };
  form.addEventListener("input", (event) => {
    if (event.target.type === "file" || event.target.readOnly || event.target.name === "attachment_title") return;
    dirty = true;
    if (!stopped) note.textContent = "Menyimpan…";
    clearTimeout(timer);
    timer = setTimeout(save, WAIT, false);
  });
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (sending) {
      // A save is under way: pressed now, the form would be refused for the revision which that save replaces.
      event.preventDefault();
      waiting = event.submitter;
      return;
    }
    stopped = true;
    dirty = false;
  });
  addEventListener("pagehide", () => save(true));
  addEventListener("beforeunload", (event) => { if (dirty && !stopped) { save(true); event.preventDefault(); } });
})();
