/* Tells the sheet how high the bar of the writing screen is, below which the editor's tools stick. */

const bar = document.querySelector(".writing > .form-bar");

if (bar) {
  const tell = () => bar.parentElement.style.setProperty("--bar", `${bar.offsetHeight}px`);
  new ResizeObserver(tell).observe(bar);
}
