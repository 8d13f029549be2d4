/* The look of a field of tokens: a button for each name, which removes it, and a place to type. */

function token(name, onRemove) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "token", ariaLabel: `Remove ${name}` });
  button.append(name, " ×");
  button.addEventListener("click", () => onRemove(name));
  return button;
}

/* Stands in for `field`: {entry, show}, where show(names) draws the tokens. */
export function makeTokens(field, onRemove) {
  const place = document.createElement("div");
  const entry = document.createElement("input");
  place.className = "tokens";
  Object.assign(entry, { type: "text", id: `${field.id}_entry`, autocomplete: "off" });
  entry.placeholder = field.placeholder || "Add a tag";
  document.querySelector(`label[for="${field.id}"]`)?.setAttribute("for", entry.id);
  field.hidden = true;
  field.after(place);
  place.append(entry);
  const show = (names) => {
    place.querySelectorAll(".token").forEach((old) => old.remove());
    entry.before(...names.map((name) => token(name, onRemove)));
  };
  return { entry, show };
}
