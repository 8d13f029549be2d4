/* Photos of the library, <figure data-photo="5">, and videos, <figure data-embed="https://…">. */

import { choosePhoto } from "../photo-chooser.js";
import { askForVideo } from "./ask.js";
import { figure } from "./figure.js";

export const Photo = figure("photo", "data-photo", {
  placeholder: "Caption here; empty shows the photo's own",
  options: { photoThumbnail: "", photoChoose: "" },
  change: async ({ photoChoose }) => (await choosePhoto(photoChoose))?.id,
  draw({ photoThumbnail }, id) {
    const image = document.createElement("img");
    image.src = photoThumbnail.replace("/0/", `/${id}/`);
    image.alt = `Photo ${id}`;
    return image;
  },
});

export const Embed = figure("embed", "data-embed", {
  placeholder: "Title of the video",
  options: {},
  change: (_, url) => askForVideo(url),
  draw(_, url) {
    const place = document.createElement("p");
    place.className = "editor__video";
    place.textContent = `▶ ${url}`;
    return place;
  },
});

