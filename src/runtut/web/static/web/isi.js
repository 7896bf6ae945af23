/* Answering an instrument: every change is saved at once. Without this file the same form is saved by its buttons. */
"use strict";
(() => {
  const form = document.getElementById("isi");
  if (!form) return;
  const note = document.getElementById("kabar"), count = document.getElementById("terjawab");
  let sending = false, again = false, leaving = false, waiting = null;
  const send = async () => {
    if (leaving || waiting) return;
    if (sending) { again = true; return; }
    sending = true;
    const data = new FormData(form);
    for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
    data.set("kerjakan", "otomatis");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      const told = await answer.json();
      form.elements.versi.value = told.versi;
      note.textContent = told.kabar;
      count.textContent = told.terjawab;
    } catch {
      note.textContent = "Belum tersimpan; sambungan terputus. Tekan Simpan dulu untuk mencoba lagi.";
    }
    sending = false;
    if (waiting) {
      form.requestSubmit(waiting);
    } else if (again) {
      again = false;
      send();
    }
  };
  form.addEventListener("change", (event) => { if (event.target.type !== "file") send(); });
  form.addEventListener("submit", (event) => {
    if (sending) {
      // A save is under way: pressed now, the form would be refused for the version which that save replaces.
      event.preventDefault();
      waiting = event.submitter;
      return;
    }
    leaving = true;
  });
})();
