// How the chat looks: theme, size of text, side of the page. The attributes say it; what the person chose goes first.

import { css } from "./styles.js";

export class Look {
  #dark = matchMedia("(prefers-color-scheme: dark)");
  #apply = () => this.apply();
  #host;
  #key;
  /** @type {HTMLElement | null} */
  #root = null;
  #large;
  /** @type {string | null} */
  #theme;
  #themeKey;
  /** @type {(event: StorageEvent) => void} */
  #elsewhere = (event) => {
    if (event.key !== this.#themeKey) return;
    this.#theme = event.newValue;
    this.apply();
  };

  /** Called with every change of the theme. */
  changed = () => {};

  /** @param {HTMLElement} host @param {string} base */
  constructor(host, base) {
    this.#host = host;
    this.#key = `hoidap.look.1:${base}`;
    this.#themeKey = `hoidap.theme.1:${base}`; // the service's own pages read it, too: static/theme.js
    this.#large = (kept(this.#key) ?? host.getAttribute("text")) === "large";
    this.#theme = kept(this.#themeKey);
  }

  /** @param {ShadowRoot} shadow @param {HTMLElement} root */
  start(shadow, root) {
    // A constructed sheet needs no permission of the page's policy, which an element or attribute "style" would.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    shadow.adoptedStyleSheets = [sheet];
    this.#root = root;
    this.#dark.addEventListener("change", this.#apply);
    addEventListener("storage", this.#elsewhere);
    this.apply();
  }

  close() {
    this.#dark.removeEventListener("change", this.#apply);
    removeEventListener("storage", this.#elsewhere);
  }

  get large() {
    return this.#large;
  }

  set large(on) {
    this.#large = on;
    keep(this.#key, on ? "large" : "normal");
    this.apply();
  }

  /** "auto" (as the system), "light" or "dark": what the person chose, else what the page says. */
  get theme() {
    const theme = this.#theme ?? this.#host.getAttribute("theme");
    return theme === "light" || theme === "dark" ? theme : "auto";
  }

  set theme(theme) {
    this.#theme = theme;
    keep(this.#themeKey, theme);
    this.apply();
    this.#host.dispatchEvent(new CustomEvent("hoidap-theme", { bubbles: true, composed: true, detail: { theme } }));
  }

  get dark() {
    return this.theme === "dark" || (this.theme === "auto" && this.#dark.matches);
  }

  apply() {
    if (!this.#root) return;
    this.#root.dataset.theme = this.dark ? "dark" : "light";
    this.#root.dataset.text = this.#large ? "large" : "normal";
    this.#root.dataset.position = this.#host.getAttribute("position") === "left" ? "left" : "right";
    this.changed();
  }
}

/** @param {string} key */
function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @param {string} key @param {string} value */
function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // forbidden: the choice lives as long as the page
  }
}
