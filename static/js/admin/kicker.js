/* <select data-follows="ID">: its options are the names in that field. */

import { split } from "./names.js";

const start = (select) => {
  const field = document.getElementById(select.dataset.follows);
  const follow = () => {
    const names = split(field.value);
    const chosen = select.value;
    const none = select.options[0];
    select.replaceChildren(none, ...names.map((name) => new Option(name, name)));
    select.value = names.includes(chosen) ? chosen : "";
  };
  field.addEventListener("input", follow);
};

document.querySelectorAll("select[data-follows]").forEach(start);
