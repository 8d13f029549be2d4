/* Sends what is in a form. After a new login in another window its token is an old one: then the
   present one is taken from the form's own page. Says so if that page does not open any more. */

import { trouble } from "./said.js";

const MOST_AT_THE_END = 60_000; // bytes that a browser sends for a page that goes away
const TOKEN = "[name=csrfmiddlewaretoken]";

export async function post(form, url) {
  const response = await send(form, url);
  return response.ok || !(await renew(form)) ? response : send(form, url);
}

function send(form, url) {
  const body = new URLSearchParams(new FormData(form));
  const keepalive = document.hidden && body.toString().length < MOST_AT_THE_END;
  return fetch(url, { method: "POST", body, keepalive, redirect: "manual" });
}

async function renew(form) {
  const response = await fetch(location.pathname);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const token = page.querySelector(`#${form.id} ${TOKEN}`)?.value;
  if (response.url.includes("/login/")) trouble("loggedOut");
  else if (!token) trouble("lockedOut");
  for (const old of token ? document.querySelectorAll(TOKEN) : []) old.value = token;
  return Boolean(token);
}
