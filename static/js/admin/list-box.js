/* The list under a text field that completes: arrows, Enter, Escape, click (ARIA combobox).
   Longer than our files are: one pattern, whose parts share all of their state. */

let count = 0;

export class ListBox {
  constructor(input, choose) {
    this.input = input;
    this.choose = choose;
    this.list = document.createElement("ul");
    this.list.className = "list-box";
    this.list.id = `list-box-${++count}`;
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);
    input.parentElement.classList.add("list-box-place");
    input.parentElement.append(this.list);
    input.addEventListener("keydown", (event) => this.onKey(event));
    input.addEventListener("blur", () => this.hide());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus
    this.list.addEventListener("click", ({ target }) => this.take(target.closest("[role=option]")));
  }

  get isOpen() {
    return !this.list.hidden;
  }

  show(results) {
    this.list.replaceChildren(...results.map((result, i) => this.option(result, i)));
    this.list.hidden = results.length === 0;
    this.list.setAttribute("aria-label", this.input.ariaLabel ?? "Suggestions");
    this.input.setAttribute("aria-expanded", String(this.isOpen));
    this.mark(-1);
  }

  option(result, index) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${index}`;
    item.setAttribute("role", "option");
    item.result = result;
    item.append(result.text);
    if (result.note) {
      const note = document.createElement("small");
      note.textContent = ` ${result.note}`;
      item.append(note);
    }
    return item;
  }

  hide() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  mark(index) {
    this.marked = index;
    [...this.list.children].forEach((item, i) => item.setAttribute("aria-selected", i === index));
    const item = this.list.children[index];
    item?.scrollIntoView({ block: "nearest" });
    if (item) this.input.setAttribute("aria-activedescendant", item.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  take(item) {
    if (!item) return;
    this.hide();
    this.choose(item.result);
  }

  onKey(event) {
    if (!this.isOpen) return;
    const n = this.list.children.length;
    if (event.key === "ArrowDown") this.mark((this.marked + 1) % n);
    else if (event.key === "ArrowUp") this.mark((this.marked - 1 + n) % n);
    else if (event.key === "Escape") this.hide();
    else if (event.key === "Enter" && this.marked >= 0) this.take(this.list.children[this.marked]);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}
