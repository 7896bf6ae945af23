// A page that waits for long work: its [data-tunggu] is fetched anew every few seconds; once the page comes back
// without one, the work is done and the page is loaded as it now is, unless files chosen here would be lost.
(() => {
  const EVERY = 5000;
  const chosen = () => [...document.querySelectorAll("input[type=file]")].some((one) => one.files.length);
  const turn = async () => {
    const shown = document.querySelector("[data-tunggu]");
    if (!shown) return;
    try {
      const answer = document.hidden ? null : await fetch(location.href, { credentials: "same-origin" });
      if (answer && answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const next = page.querySelector("[data-tunggu]");
        if (!next && !chosen()) return location.reload();
        if (next && !shown.contains(document.activeElement)) shown.replaceChildren(...next.childNodes);
      }
    } catch (error) { /* The next turn asks again. */ }
    setTimeout(turn, EVERY);
  };
  setTimeout(turn, EVERY);
})();
