// A page that waits for long work. While it shows a [data-tunggu], it is fetched anew every few seconds. One that
// has an id is replaced by what stands under that id then, and what was typed around it stays. Without an id its
// inside is renewed, and once it is gone the work is done and the page is loaded as it now is, unless files chosen
// here would be lost.
(() => {
  const EVERY = 5000;
  let turns = 120;
  const chosen = () => [...document.querySelectorAll("input[type=file]")].some((one) => one.files.length);
  const renew = (shown, page) => {
    const next = shown.id ? page.getElementById(shown.id) : page.querySelector("[data-tunggu]:not([id])");
    if (shown.contains(document.activeElement)) return false;
    if (shown.id) { if (next) shown.replaceWith(next); return false; }
    if (next) shown.replaceChildren(...next.childNodes);
    return !next && !chosen();
  };
  const turn = async () => {
    const waiting = [...document.querySelectorAll("[data-tunggu]")];
    if (!waiting.length || !turns--) return;
    try {
      const answer = document.hidden ? null : await fetch(location.href, { credentials: "same-origin" });
      if (answer && answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        if (waiting.filter((one) => renew(one, page)).length) return location.reload();
      }
    } catch (error) { /* The next turn asks again. */ }
    setTimeout(turn, EVERY);
  };
  setTimeout(turn, EVERY);
})();
