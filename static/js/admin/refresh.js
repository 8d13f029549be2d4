/* Keeps <div id data-refresh="SECONDS" data-refresh-from="URL"> as its counterpart at URL is, and
   opens URL once that asks for another pace. Without this module, reloading the page does it. */

const part = document.querySelector("[data-refresh]");

function later() {
  setTimeout(refresh, Number(part.dataset.refresh) * 1000);
}

async function refresh() {
  const url = part.dataset.refreshFrom;
  try {
    const response = await fetch(url);
    const answer = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = answer.getElementById(part.id);
    if (fresh && fresh.dataset.refresh !== part.dataset.refresh) return location.assign(url);
    if (fresh && !part.contains(document.activeElement)) part.replaceChildren(...fresh.children);
  } catch {
    // The server may be back next time.
  }
  later();
}

if (part) later();
