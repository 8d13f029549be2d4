/* <aside data-wording="v0">: shows what is typed in the fields v0-…, as readers would see it, while
   it is typed. Without this module it stays hidden. */

const KEPT = new Set(["STRONG", "EM", "BR", "A"]);

const make = (tag, className, ...content) => {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...content);
  return made;
};

/* The text of `node` with its emphasis; anything else that the field may hold is text alone. */
function copies(node) {
  return [...node.childNodes].flatMap((child) => {
    if (child.nodeType === Node.TEXT_NODE) return [child.data];
    if (!KEPT.has(child.tagName)) return copies(child);
    return [make(child.tagName === "A" ? "u" : child.tagName, "", ...copies(child))];
  });
}

const paragraphs = (markup) =>
  [...new DOMParser().parseFromString(markup, "text/html").body.children].map((block) =>
    make("p", "wording__text", ...copies(block)),
  );

/* `$5`, as far as it is a sum and the browser knows the currency. */
function written(sum, currency) {
  if (!Number.isFinite(Number(sum))) return sum;
  const options = { style: "currency", currency, minimumFractionDigits: 0 };
  try {
    return new Intl.NumberFormat("en-US", options).format(sum);
  } catch {
    return `${currency} ${sum}`; // no currency yet
  }
}

const PER = { month: " a month", year: " a year" };

function amounts(text, interval, currency) {
  const sums = text.split(/[,;]/).map((part) => part.trim()).filter(Boolean);
  const per = PER[interval] ?? "";
  const labels = sums.map((sum) => make("span", "", written(sum, currency) + per));
  return labels.length ? [make("p", "wording__amounts", ...labels.flatMap((one) => [one, " "]))] : [];
}

function show(place) {
  const { elements } = place.closest("form");
  const value = (name) => elements[`${place.dataset.wording}-${name}`].value;
  place.replaceChildren(
    make("p", "wording__name", "As readers see it"),
    make("p", "wording__heading", value("heading")),
    ...paragraphs(value("text")),
    ...amounts(value("amounts"), value("interval"), elements.currency.value),
    make("p", "wording__button", value("button")),
  );
  place.hidden = false;
}

const places = [...document.querySelectorAll("[data-wording]")];
const showAll = () => places.forEach(show);
document.addEventListener("input", showAll);
document.addEventListener("change", showAll);
showAll();
