/* <form data-bulk>: counts the selected rows of a list, selects all of them, or those between two
   with Shift. Without this module rows are ticked one by one, and the buttons are always there. */

const form = document.querySelector("[data-bulk]");

if (form) {
  const boxes = [...form.querySelectorAll(".action-select")];
  const every = document.getElementById("action-toggle");
  const across = form.querySelector("[data-bulk-all]");
  const count = form.querySelector("[data-bulk-count]");
  const buttons = form.querySelectorAll(".bulk__bar button");
  let last = null;

  const say = () => {
    const n = boxes.filter((box) => box.checked).length;
    count.textContent = n ? `${n} selected:` : "None selected";
    for (const button of buttons) button.disabled = n === 0;
    if (every) every.checked = n > 0 && n === boxes.length;
  };

  const setAll = (isChecked) => {
    for (const box of boxes) box.checked = isChecked;
  };

  form.addEventListener("click", (event) => {
    const place = boxes.indexOf(event.target);
    if (place < 0) return;
    if (event.shiftKey && last !== null) {
      const [from, to] = [Math.min(place, last), Math.max(place, last)];
      for (const box of boxes.slice(from, to + 1)) box.checked = event.target.checked;
    }
    last = place;
  });
  form.addEventListener("change", ({ target }) => {
    if (target === every) setAll(every.checked);
    if (target === across && across.checked) setAll(true);
    if (target !== across && across) across.checked = false;
    say();
  });
  addEventListener("pageshow", say);
}
