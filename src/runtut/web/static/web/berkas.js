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
    const tell = () => {
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
