/* A button with our words before every file control: the browser's own speaks the language of the browser. Pages
   work without. */
(() => {
  "use strict";

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
      told.classList.toggle("salah-ket", Boolean(large));
      if (large) {
        const size = (Math.ceil(large.size / 104857.6) / 10).toLocaleString("id-ID");
        told.textContent = `Berkas ${large.name} berukuran ${size} MB; paling besar ${limit / 1048576} MB. Pilih yang lebih kecil.`;
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
