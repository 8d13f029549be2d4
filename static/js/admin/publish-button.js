/* <button data-publish> says "Schedule" while the time of publication is filled in. */

const button = document.querySelector("[data-publish]");
const day = document.getElementById("id_publish_at_0");
const clock = document.getElementById("id_publish_at_1");

const say = () => {
  const today = new Date().toLocaleDateString("sv"); // 2024-12-06
  const isPast = day.value && day.value < today;
  button.textContent = day.value && !isPast ? "Schedule" : "Publish";
};

if (button && day && clock) {
  for (const input of [day, clock]) input.addEventListener("input", say);
  say();
}
