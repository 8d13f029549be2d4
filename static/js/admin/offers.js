/* What the desk's autocomplete at `address` finds for `term`, best first: [{id, text, note}, …];
   null once the same field has asked for something newer. */

const latest = new WeakMap();

export async function offersFor(field, address, term) {
  const ticket = {};
  latest.set(field, ticket);
  const url = new URL(address, location.href);
  url.searchParams.set("term", term);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`autocomplete gave ${response.status}`);
  const { results } = await response.json();
  return latest.get(field) === ticket ? results : null;
}
