/* <button data-publish="ZONE"> says "Schedule" while a time to come stands in the fields. */

const button = document.querySelector("[data-publish]");
const day = document.getElementById("id_publish_at_0");
const clock = document.getElementById("id_publish_at_1");

const say = () => {
  const now = new Date().toLocaleString("sv", { timeZone: button.dataset.publish }); // 2024-12-06 05:45:00
  const typed = `${day.value} ${clock.value || "23:59"}`;
  button.textContent = day.value && typed > now.slice(0, 16) ? "Schedule" : "Publish";
};

if (button && day && clock) {
  for (const input of [day, clock]) input.addEventListener("input", say);
  say();
}
