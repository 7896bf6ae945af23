// Opening the page is reading it: the button that says so is pressed for the reader.
"use strict";
const form = document.querySelector("form[data-baca]");
if (form) {
  fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "manual" })
    .then((answer) => { if (answer.type === "opaqueredirect" || answer.ok) form.remove(); })
    .catch(() => {});
}
