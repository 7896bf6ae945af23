/* Saves a form now and then while somebody types. Pages work without. */
(() => {
  "use strict";
  const PAUSE = 1500;
  const AGAIN = 10000;
  const KEPT = "Isian Anda tetap ada di halaman ini; jangan menutupnya.";

  class Gone extends Error {}

  function watch(form) {
    const told = form.querySelector("[data-simpan-ket]");
    const gates = form.querySelector("[data-syarat]");
    let dirty = false, failed = false, sending = null, waiting = null, timer = 0;

    const say = (text, warning) => {
      told.textContent = text;
      told.classList.toggle("gagal", Boolean(warning));
    };
    const later = (pause) => {
      clearTimeout(timer);
      timer = setTimeout(save, pause);
    };
    const touched = (event) => {
      if (event.target.form !== form || ["file", "password"].includes(event.target.type)) return;
      dirty = true;
      if (!failed) say("Belum tersimpan");
      const isWhole = event.target.inputMode === "decimal" || "utuh" in event.target.dataset;
      if (!isWhole || event.type === "change") later(event.type === "change" ? 0 : PAUSE);
    };

    /* Somebody logged in anew in another tab: the forms of this page take over the key of that login. */
    async function renewed() {
      const answer = await fetch("/saya/", { redirect: "manual" });
      if (!answer.ok) throw new Gone("Anda sudah keluar. Masuk lagi di tab lain.");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const key = page.querySelector("[name=csrfmiddlewaretoken]");
      if (key) for (const held of document.querySelectorAll("[name=csrfmiddlewaretoken]")) held.value = key.value;
      return Boolean(key);
    }

    async function send(again) {
      const data = new FormData(form);
      for (const control of form.querySelectorAll("input[type=file], input[type=password]")) data.delete(control.name);
      data.set("kerjakan", "simpan");
      data.set("otomatis", "1");
      const answer = await fetch(form.action, { method: "POST", body: data, redirect: "manual" });
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (answer.type === "opaqueredirect") throw new Gone("Anda sudah keluar. Masuk lagi di tab lain.");
      if (answer.status === 403 && !again && (await renewed())) return send(true);
      if (!answer.ok || !isJson) throw new Gone("Keadaan tugas ini sudah berubah. Salin isian Anda, lalu muat ulang.");
      return answer.json();
    }

    /* With `more`, somebody has gone on typing: what is under the cursor is not judged yet, nor all saved. */
    function saved(news, more) {
      for (const [name, version] of Object.entries(news.versi)) {
        const held = form.elements[name];
        if (held) held.value = version;
      }
      if (gates && news.syarat && !gates.contains(document.activeElement)) gates.innerHTML = news.syarat;
      const look = document.querySelector("[data-calon]");
      if (look && news.calon) look.innerHTML = news.calon;
      for (const [id, html] of Object.entries(news.sel || {})) {
        const place = document.getElementById(id);
        if (place && place.dataset.sel !== html && !place.contains(document.activeElement)) place.innerHTML = html;
        if (place) place.dataset.sel = html;
      }
      const refused = [...new Set(Object.values(news.galat))];
      for (const small of form.querySelectorAll(".sim")) {
        const key = small.id.slice(4);
        const fault = news.galat[`nilai-${key}`] || news.galat[`sebab-${key}`];
        const control = form.elements[`nilai-${key}`];
        if (more && control === document.activeElement) continue;
        small.classList.toggle("belum", Boolean(fault));
        if (control && fault) control.setAttribute("aria-invalid", "true");
        else if (control) control.removeAttribute("aria-invalid");
        if (fault) small.textContent = fault;
        else if ("hanyaGalat" in small.dataset) small.textContent = "";
        else if (control && control.value.trim()) small.textContent = `tersimpan ${news.pukul}`;
      }
      if (more || waiting) return;
      if (refused.length) say(`Tersimpan ${news.pukul}, kecuali: ${refused.join(" ")}`, true);
      else say(`Tersimpan ${news.pukul}`);
    }

    async function save() {
      if (!dirty || sending) return;
      dirty = false;
      sending = send();
      try {
        const news = await sending;
        failed = false;
        saved(news, dirty);
      } catch (reason) {
        dirty = failed = true;
        const why = reason instanceof Gone ? reason.message : "Sambungan terputus.";
        say(`Belum tersimpan. ${why} ${KEPT}`, true);
      } finally {
        sending = null;
      }
      if (waiting) {
        const button = waiting;
        waiting = null;
        form.requestSubmit(button);
      } else if (dirty) {
        later(failed ? AGAIN : PAUSE);
      }
    }

    form.addEventListener("input", touched);
    form.addEventListener("change", touched);
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (sending) {
        event.preventDefault();
        waiting = event.submitter;
        return;
      }
      dirty = false;
    });
    window.addEventListener("online", () => later(0));
    window.addEventListener("beforeunload", (event) => {
      if (dirty) event.preventDefault();
    });
  }

  document.querySelectorAll("form[data-simpan='']").forEach(watch);
})();
