/* Names between commas. */

const tidy = (name) => name.trim().replace(/\s+/g, " ");

export const split = (text) => text.split(",").map(tidy).filter(Boolean);

/* Whether `list` has `name`, whatever its capitals. */
export const has = (list, name) => list.some((one) => one.toLowerCase() === name.toLowerCase());
