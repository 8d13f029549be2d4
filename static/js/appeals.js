/* Chooses by the rules of donations/choosing.py, in their order. Times are milliseconds. */

const board = JSON.parse(document.querySelector("#appeals").textContent);
const opened = Date.now();
const RESTS = { closed: 30, gave: 365, never: 1e8 }; // days
let outcomes, shown;

function bucket(seed, key, n) {
  let word = seed ^ Math.imul(key, 0x9e3779b1);
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return ((word ^ (word >>> 16)) >>> 0) % n;
}

function variantOf({ id, variants }, seed) {
  let left = bucket(seed, id, variants.reduce((sum, [, weight]) => sum + weight, 0));
  return variants.find(([, weight]) => (left -= weight) < 0)[0];
}

/* [appeal, variant, slot, why] of each; why is "" for the one that is shown. */
function choose({ rules, appeals }, reader, at) {
  const { asks, seed } = reader;
  const isHeldBack = bucket(seed, 0, 100) < rules.holdback;
  let isTaken;
  return appeals.map((appeal) => {
    const [why] = [
      ["early", at < appeal.from],
      ["late", at >= appeal.until],
      ["lapsed", appeal.lapse && at >= appeal.lapse],
      ["pause", rules.pauses.some(([start, end]) => start <= at && at < end)],
      ["device", appeal.device === (reader.isPhone ? "desktop" : "phone")],
      ["storage", reader.isBlocked],
      [reader.why || "closed", at < reader.until],
      ["skip", reader.views <= rules.skip],
      ["cap", asks.filter((ask) => at - ask < rules.period).length >= rules.cap],
      ["gap", at - asks.at(-1) < rules.gap],
      ["holdback", isHeldBack],
      ["outranked", isTaken],
      ["", true],
    ].find(([, fails]) => fails);
    isTaken ||= !why;
    return [appeal.id, isHeldBack ? 0 : variantOf(appeal, seed), appeal.slot, why];
  });
}

const stored = () => JSON.parse(localStorage.appeals || "{}");

function remember(change) {
  const seed = (Math.random() * 2 ** 32) >>> 0;
  const reader = { seed, views: 0, asks: [], until: 0, met: [], ...stored() };
  const news = change(reader);
  localStorage.appeals = JSON.stringify(reader);
  count(news);
}

/* What happened, and if it is the first time: not in the reader's `list`. */
function noted(reader, [appeal, variant, slot], what, list = what, why = "") {
  const had = (reader[list] ||= []);
  const isFirst = !had.includes(appeal);
  if (isFirst) had.push(appeal);
  return [appeal, variant, slot, what, why, +isFirst];
}

const notedOfMet = (reader, what) =>
  outcomes.filter(([id]) => reader.met.includes(id)).map((one) => noted(reader, one, what));

async function count(events) {
  const body = JSON.stringify({ article: board.article, events });
  const answer = await fetch(board.count, { method: "POST", body, keepalive: true });
  if (answer.status === 410) takeAway(); // over
}

function meet(reader) {
  const today = new Date().toLocaleDateString("sv"); // 2026-11-22
  reader.views++;
  const isPhone = matchMedia("(width < 40rem)").matches;
  outcomes = choose(board, { ...reader, isPhone }, opened);
  shown = outcomes.find((one) => !one[3]);
  if (shown) reader.asks = [...reader.asks.slice(-99), opened];
  const news = reader.day < today ? notedOfMet(reader, "returned") : [];
  reader.day = today;
  for (const one of outcomes) {
    const why = one[3];
    const list = why && why !== "holdback" ? "hidden" : "met";
    news.push(noted(reader, one, why ? "hidden" : "shown", list, why));
  }
  return news;
}

function fill() {
  const template = document.querySelector(`[data-variant="${shown[1]}"]`);
  if (!template?.nextSibling) return;
  observer.disconnect();
  template.replaceWith(template.content);
  const goal = document.querySelector("[data-until]");
  if (goal?.dataset.until <= opened) goal.remove();
}

function takeAway() {
  observer.disconnect();
  document.querySelector("[data-ask]")?.remove();
}

const observer = new MutationObserver(fill);
try {
  remember(meet);
} catch {
  count(meet({ asks: [], met: [], isBlocked: true }));
}
if (shown) {
  document.documentElement.dataset.asked = "";
  onpageshow = onstorage = () => stored().until > Date.now() && takeAway();
  observer.observe(document, { childList: true, subtree: true });
  fill();
}

addEventListener("click", ({ target }) => {
  const act = target.closest("[data-ask] [data-act]")?.dataset.act;
  if (!act) return;
  if (RESTS[act]) {
    takeAway();
    document.querySelector("#content").focus({ preventScroll: true });
  }
  remember((reader) => {
    const until = Date.now() + RESTS[act] * 864e5;
    if (until > reader.until) Object.assign(reader, { until, why: act });
    return [noted(reader, shown, act)];
  });
});

addEventListener("submit", ({ target }) => {
  if (target.closest("[data-newsletter]"))
    remember((reader) => notedOfMet(reader, "signed_up"));
});
