/* [data-focal]: the point of a picture that stays in view, set by click or arrow keys, with the
   crops that follow from it. A picture just chosen is drawn before it is uploaded. */

import { drawCrop } from "./focal-crop.js";

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const place = document.querySelector("[data-focal]");
const stage = place?.querySelector("[data-focal-stage]");
const point = place?.querySelector("[data-focal-point]");
const fields = ["id_focal_x", "id_focal_y"].map((id) => document.getElementById(id));
let picture = place?.querySelector("[data-focal-picture]");

const clamp = (value) => Math.min(1, Math.max(0, value));
const read = () => fields.map(({ value }) => clamp(value === "" ? 0.5 : Number(value)));

function show() {
  const [x, y] = read();
  point.hidden = place.querySelector("[data-focal-crops]").hidden = false;
  point.style.left = `${x * 100}%`;
  point.style.top = `${y * 100}%`;
  for (const canvas of place.querySelectorAll("[data-crop]")) drawCrop(canvas, picture, [x, y]);
}

function set(x, y) {
  [x, y].forEach((value, i) => (fields[i].value = clamp(value).toFixed(2)));
  show();
}

async function preview({ target }) {
  const bitmap = target.files[0] && (await createImageBitmap(target.files[0]).catch(() => null));
  if (!bitmap) return; // the server will say what is wrong with the file
  const canvas = Object.assign(document.createElement("canvas"), { className: "focal__picture" });
  const scale = Math.min(1, 1200 / bitmap.width);
  canvas.width = bitmap.width * scale;
  canvas.height = bitmap.height * scale;
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  stage.querySelector(".focal__picture")?.remove();
  stage.prepend((picture = canvas));
  place.hidden = false;
  set(0.5, 0.5);
}

if (place) {
  stage.addEventListener("click", (event) => {
    if (event.detail === 0) return; // Enter or Space: no place was pointed at
    const box = stage.getBoundingClientRect();
    set((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  });
  stage.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    const [x, y] = read();
    set(x + step[0] / 100, y + step[1] / 100);
  });
  for (const field of fields) field.addEventListener("input", show);
  document.getElementById("id_original").addEventListener("change", preview);
  if (picture?.complete) show();
  else picture?.addEventListener("load", show);
}
