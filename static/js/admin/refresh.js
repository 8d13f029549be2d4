/* Keeps <div id data-refresh="SECONDS" data-refresh-from="URL"> as its counterpart at URL is. When
   that asks for another pace, or is in another state, the whole screen is brought up to date: in
   place from data-refresh-page, or else by opening URL. Nothing is asked for while nobody looks.
   Without this module, reloading the page does it. */

import { morph } from "./morph.js";

const SCREEN = "#content";
let part = document.querySelector("[data-refresh]");

function later() {
  if (part?.dataset.refresh) setTimeout(refresh, Number(part.dataset.refresh) * 1000);
}

async function page(url) {
  const response = await fetch(url);
  if (response.url.includes("/login/")) throw new Error("logged out");
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function isAsBefore(fresh) {
  return ["refresh", "refreshState"].every((name) => fresh.dataset[name] === part.dataset[name]);
}

async function renew({ refreshPage, refreshFrom }) {
  if (!refreshPage) return location.assign(refreshFrom);
  const answer = await page(refreshPage);
  morph(document.querySelector(SCREEN), answer.querySelector(SCREEN));
  part = document.querySelector("[data-refresh]");
}

async function refresh() {
  try {
    const answer = document.hidden ? null : await page(part.dataset.refreshFrom);
    const fresh = answer?.getElementById(part.id);
    if (fresh && isAsBefore(fresh)) morph(part, fresh);
    else if (answer) await renew(part.dataset);
  } catch {
    // The server may be back next time.
  }
  later();
}

later();
