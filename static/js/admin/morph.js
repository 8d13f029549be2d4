/* Makes `old` like `fresh` and changes as little as possible: what has the focus keeps it, what is
   open stays open, and a form in which somebody types stays as it is. Parts that may come and go
   are told apart by their ids. */

const THEIRS = new Set(["open"]); // attributes that whoever looks at the page sets

function isInUse(form) {
  const fields = [...form.querySelectorAll("input, textarea")];
  const isTyped = fields.some((field) => field.value !== field.defaultValue);
  return isTyped || form.contains(document.activeElement);
}

function drop(node) {
  if (!(node instanceof HTMLFormElement && isInUse(node))) node.remove();
}

function takeAttributes(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (!THEIRS.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!THEIRS.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
}

function takeChildren(old, fresh) {
  const left = [...old.childNodes];
  for (const node of [...fresh.childNodes]) {
    const at = node.id ? left.findIndex((other) => other.id === node.id) : -1;
    left.splice(0, Math.max(at, 0)).forEach(drop);
    const isSame = left.length && (left[0].id ?? "") === (node.id ?? "");
    if (isSame) morph(left.shift(), node);
    else old.insertBefore(node, left[0] ?? null);
  }
  left.forEach(drop);
}

export function morph(old, fresh) {
  if (old instanceof HTMLFormElement && isInUse(old)) return;
  if (old.nodeName !== fresh.nodeName || old.id !== fresh.id) return old.replaceWith(fresh);
  if (!(old instanceof Element)) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  takeAttributes(old, fresh);
  takeChildren(old, fresh);
}
