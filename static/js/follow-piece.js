/* The address and the title follow the piece in view: the article, or a teaser that is open. */

const article = { url: location.href, title: document.title };
const publication = document.title.split(" | ").at(-1);

const describe = (piece) => {
  if (!piece || piece.matches("[data-article]")) return article;
  const headline = piece.querySelector("h2 a");
  return { url: headline.href, title: `${headline.textContent} | ${publication}` };
};

const follow = () => {
  const pieces = [...document.querySelectorAll("[data-article], [data-teaser][data-open]")];
  const inView = pieces.findLast((piece) => piece.getBoundingClientRect().top < innerHeight / 2);
  const { url, title } = describe(inView);
  if (url === location.href) return;
  history.replaceState(history.state, "", url);
  document.title = title;
};

let waiting = false;
const soon = () => {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    follow();
  });
};

addEventListener("scroll", soon, { passive: true });
new MutationObserver(soon).observe(document.body, { subtree: true, attributeFilter: ["data-open"] });
