/* A button with our words before every file control: the browser's own speaks the language of the browser. Pages
   work without. */
(() => {
  "use strict";

  // What one sending may hold altogether; the rest of the server's 64 MB is for what is typed.
  const SENDING = 63;
  const shown = (bytes) => (Math.ceil(bytes / 104857.6) / 10).toLocaleString("id-ID");

  // Every file that goes with this one. A photo is made smaller first and is not counted.
  function together(input) {
    const inputs = input.form ? Array.from(input.form.elements) : [input];
    const files = inputs.filter((one) => one.type === "file" && !("perkecil" in one.dataset)).flatMap((one) => Array.from(one.files));
    return files.reduce((sum, file) => sum + file.size, 0);
  }

  function speak(input, number) {
    const button = document.createElement("button");
    const told = document.createElement("span");
    const label = input.labels && input.labels[0];
    button.type = "button";
    button.className = "btn btn-kedua";
    button.textContent = input.multiple ? "Pilih berkas (boleh beberapa)" : "Pilih berkas";
    button.id = input.id || `pilih-${number}`;
    told.className = "meta";
    told.id = `${button.id}-dipilih`;
    told.setAttribute("aria-live", "polite");
    const nothing = input.form && input.form.elements[`${input.name}_simpan`] ? "" : "Belum ada berkas dipilih";
    // A photo is made smaller before it goes; the rest is refused here already, before minutes of sending.
    const limit = "perkecil" in input.dataset ? Infinity : Number(input.dataset.batas || 10) * 1048576;
    const tell = () => {
      const large = Array.from(input.files).find((file) => file.size > limit);
      const sum = together(input);
      told.classList.toggle("salah-ket", Boolean(large) || sum > SENDING * 1048576);
      if (large) {
        told.textContent = `Berkas ${large.name} berukuran ${shown(large.size)} MB; paling besar ${limit / 1048576} MB. Pilih yang lebih kecil.`;
        input.value = "";
        return;
      }
      if (sum > SENDING * 1048576) {
        told.textContent = `Berkas yang dipilih bersama-sama ${shown(sum)} MB; sekali kirim paling besar ${SENDING} MB. Kirim sebagian dahulu, lalu sisanya.`;
        input.value = "";
        return;
      }
      const names = Array.from(input.files, (file) => file.name);
      told.textContent = names.length ? `Dipilih: ${names.join(", ")}` : nothing;
    };
    tell();
    button.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), told.id].filter(Boolean).join(" "));
    if (input.getAttribute("aria-invalid")) button.setAttribute("aria-invalid", "true");
    input.removeAttribute("id");
    if (label) {
      label.id = label.id || `${button.id}-label`;
      label.htmlFor = button.id;
      button.setAttribute("aria-labelledby", `${label.id} ${button.id}`);
    }
    input.hidden = true;
    input.addEventListener("change", tell);
    button.addEventListener("click", () => input.click());
    const row = document.createElement("div");
    row.className = "pilih-berkas";
    row.append(button, told);
    input.after(row);
  }

  document.querySelectorAll("input[type=file]").forEach(speak);
})();
