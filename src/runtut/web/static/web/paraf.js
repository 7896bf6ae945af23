// A signature drawn with finger, pen or mouse; it travels as a PNG in a hidden field.
"use strict";
for (const place of document.querySelectorAll("[data-tulis]")) {
  const canvas = place.querySelector("canvas"), pen = canvas.getContext("2d");
  const field = document.getElementById(place.dataset.tulis);
  let last = null;
  place.hidden = false;
  pen.lineWidth = 3;
  pen.lineCap = pen.lineJoin = "round";

  const spot = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * canvas.width / box.width, (event.clientY - box.top) * canvas.height / box.height];
  };
  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    field.value = "";
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = spot(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!last) return;
    const here = spot(event);
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...here);
    pen.stroke();
    last = here;
  });
  const lift = () => {
    if (last) field.value = canvas.toDataURL("image/png");
    last = null;
  };
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  place.querySelector("button").addEventListener("click", clear);
  clear();
}
