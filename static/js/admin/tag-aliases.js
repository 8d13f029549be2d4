/* Which tag is meant by another name of it, as far as the desk has told. */

export class Aliases {
  constructor() {
    this.names = new Map();
  }

  /* offers: what the desk finds for typed text; `also` are the other names of a tag. */
  learn(offers) {
    for (const { text, also = [] } of offers) {
      for (const name of also) this.names.set(name.toLowerCase(), text);
    }
  }

  has(name) {
    return this.names.has(name.toLowerCase());
  }

  meant(name) {
    return this.names.get(name.toLowerCase()) ?? name;
  }
}
