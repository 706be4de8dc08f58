// How the chat looks: theme, size of text, side of the page. The attributes say it; what the person chose goes first.

import { css } from "./styles.js";

export class Look {
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #apply = () => this.apply();
  #host;
  #key;
  /** @type {HTMLElement | null} */
  #root = null;
  #large = false;

  /** @param {HTMLElement} host @param {string} base */
  constructor(host, base) {
    this.#host = host;
    this.#key = `hoidap.look.1:${base}`;
    try {
      this.#large = (localStorage.getItem(this.#key) ?? host.getAttribute("text")) === "large";
    } catch {
      this.#large = host.getAttribute("text") === "large";
    }
  }

  /** @param {ShadowRoot} shadow @param {HTMLElement} root */
  start(shadow, root) {
    // A constructed sheet needs no permission of the page's policy, which an element or attribute "style" would.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
    this.#root = root;
    this.#dark.addEventListener("change", this.#apply);
    this.apply();
  }

  close() {
    this.#dark.removeEventListener("change", this.#apply);
  }

  get large() {
    return this.#large;
  }

  set large(on) {
    this.#large = on;
    try {
      localStorage.setItem(this.#key, on ? "large" : "normal");
    } catch {
      // forbidden: the choice lives as long as the page
    }
    this.apply();
  }

  apply() {
    if (!this.#root) return;
    const theme = this.#host.getAttribute("theme");
    const dark = theme === "dark" || (theme !== "light" && this.#dark.matches);
    this.#root.dataset.theme = dark ? "dark" : "light";
    this.#root.dataset.text = this.#large ? "large" : "normal";
    this.#root.dataset.position = this.#host.getAttribute("position") === "left" ? "left" : "right";
  }
}
