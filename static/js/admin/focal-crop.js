/* Draws into <canvas data-crop="16/9"> the part of `picture` around [x, y] that the server cuts. */

export function drawCrop(canvas, picture, [x, y]) {
  const [a, b = 1] = canvas.dataset.crop.split("/").map(Number);
  const { naturalWidth = picture.width, naturalHeight = picture.height } = picture; // or a canvas
  const full = { w: naturalWidth, h: naturalHeight };
  const w = Math.min(full.w, (full.h * a) / b);
  const h = Math.min(full.h, (full.w * b) / a);
  const left = Math.min(Math.max(x * full.w - w / 2, 0), full.w - w);
  const top = Math.min(Math.max(y * full.h - h / 2, 0), full.h - h);
  const area = [0, 0, canvas.width, canvas.height];
  canvas.getContext("2d").drawImage(picture, left, top, w, h, ...area);
}
