// Photos are made smaller before they are sent; without this script they go as they are.
"use strict";
const LONGEST = 2000, SMALL = 1200000, QUALITY = 0.82;

async function smaller(file) {
  if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type) || file.size < SMALL) return file;
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!made || made.size >= file.size) return file;
  return new File([made], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
}

for (const input of document.querySelectorAll("input[type=file][data-perkecil]")) {
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file) return;
    try {
      const found = await smaller(file);
      if (found === file || input.files[0] !== file) return;
      const list = new DataTransfer();
      list.items.add(found);
      input.files = list.files;
    } catch (error) {
      // A picture that the browser cannot read goes as it is; the server tells what it thinks of it.
    }
  });
}
