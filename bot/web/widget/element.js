// <hoidap-chat>: the chat as a custom element, in a corner of any page or filling a place of its own.

import { Api } from "./api.js";
import { Look } from "./look.js";
import { strings as vietnamese } from "./strings.vi.js";
import { View } from "./view.js";

const SERVER = new URL("../../", import.meta.url).href;

export class HoidapChat extends HTMLElement {
  static observedAttributes = ["lang", "server", "mode", "theme", "text", "position", "title"];
  /** @type {View | null} */
  #view = null;
  #round = 0;

  constructor() {
    super();
    this.attachShadow({ mode: "open", delegatesFocus: true });
  }

  connectedCallback() {
    void this.#start();
  }

  disconnectedCallback() {
    this.#stop();
  }

  /** @param {string} name @param {string | null} old @param {string | null} value */
  attributeChangedCallback(name, old, value) {
    if (!this.#view || old === value) return;
    if (name === "theme" || name === "text" || name === "position") this.#view.look.apply();
    else void this.#start();
  }

  /** Show the chat. */
  open() {
    this.#view?.open();
  }

  /** Put the chat away; a page of its own cannot be put away. */
  close() {
    this.#view?.minimise();
  }

  /** Ask a question as if it had been typed. @param {string} question */
  ask(question) {
    this.#view?.open();
    this.#view?.conversation.say(String(question));
  }

  /** Start a new conversation. */
  restart() {
    this.#view?.restart();
  }

  /** @param {FocusOptions} [options] */
  focus(options) {
    if (this.#view) this.#view.focusInput(options);
    else super.focus(options);
  }

  async #start() {
    this.#stop();
    const round = ++this.#round;
    const english = this.getAttribute("lang")?.toLowerCase().startsWith("en");
    const strings = english ? (await import("./strings.en.js")).strings : vietnamese;
    // what was started anew or taken out of the page meanwhile is left alone
    if (round !== this.#round || !this.isConnected || !this.shadowRoot) return;
    const api = new Api(new URL(this.getAttribute("server") || SERVER, document.baseURI).href.replace(/\/?$/, "/"));
    this.#view = new View(this, this.shadowRoot, { api, strings, look: new Look(this, api.base) });
    this.dispatchEvent(new CustomEvent("hoidap-ready", { bubbles: true, composed: true }));
  }

  #stop() {
    this.#round++;
    this.#view?.close();
    this.#view = null;
  }
}

if (!customElements.get("hoidap-chat")) customElements.define("hoidap-chat", HoidapChat);
