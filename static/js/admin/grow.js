/* Lets <textarea data-grow> be as high as its text, where CSS alone does not (field-sizing), and
   keeps it one line of text: Enter goes nowhere. */

const fit = (area) => {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
};

const areas = [...document.querySelectorAll("textarea[data-grow]")];
for (const area of areas) {
  area.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
if (!CSS.supports("field-sizing", "content")) {
  const fitAll = () => areas.forEach(fit);
  areas.forEach((area) => area.addEventListener("input", () => fit(area)));
  document.fonts.addEventListener("loadingdone", fitAll);
  addEventListener("resize", fitAll);
  fitAll();
}
