/* Under every date control the date in Indonesian words: the browser's own control writes it in the order of the
   browser's language, so that 03/04 may be March or April. Pages work without. */
(() => {
  "use strict";

  const MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"];
  const DAYS = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"];

  // "2026-11-21" in words; nothing while the date is not whole, or while its year is still being typed.
  function words(value) {
    const [year, month, day] = value.split("-").map(Number);
    if (!day || year < 1900) return "";
    return `${DAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]}, ${day} ${MONTHS[month - 1]} ${year}`;
  }

  function speak(input, number) {
    // No live region: the control is described by it, and the page's own message stays the only status.
    const told = document.createElement("span");
    told.className = "tanggal-kata";
    told.id = `${input.id || `tanggal-${number}`}-kata`;
    const tell = () => { told.textContent = words(input.value); };
    tell();
    input.addEventListener("input", tell);
    input.addEventListener("change", tell);
    if (input.form) input.form.addEventListener("reset", () => setTimeout(tell));
    input.setAttribute("aria-describedby", [input.getAttribute("aria-describedby"), told.id].filter(Boolean).join(" "));
    input.after(told);
  }

  document.querySelectorAll("input[type=date]").forEach(speak);
})();
