// The style sheet of the chat's shadow root. In em throughout: "medium" at the top is the size that the person chose in
// the browser, whatever the page around does to its own root.

import { colours } from "./styles_colours.js";
import { messages } from "./styles_messages.js";
import { paper } from "./styles_paper.js";
import { source } from "./styles_source.js";

const frame = `
:host {
  all: initial !important;
  direction: ltr !important; unicode-bidi: isolate !important;
  display: contents !important;
  font-size: medium !important;
}
:host([hidden]) { display: none !important; }
:host([mode="page"]) { display: block !important; height: 100% !important; min-height: 20em !important; min-width: 0 !important; }
*, *::before, *::after { box-sizing: border-box; }
[hidden] { display: none !important; }
.root {
  font: 400 1em/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  color: var(--hd-ink); text-align: start; overflow-wrap: anywhere; -webkit-text-size-adjust: 100%;
  -webkit-tap-highlight-color: transparent;
}
.root[data-text="large"] { font-size: 1.25em; }
.root.page { height: 100%; }
p, h2, ul, ol, dl, dd, blockquote, figure, fieldset { margin: 0; padding: 0; border: 0; }
ul, ol { list-style: none; }
a { color: var(--hd-link); }
button, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
button { cursor: pointer; border: 0; background: none; padding: 0; text-align: inherit; }
button:disabled { cursor: default; }
.icon { width: 1.25em; height: 1.25em; flex: none; display: block; }
:focus-visible { outline: 3px solid var(--hd-focus); outline-offset: 2px; border-radius: 6px; }
.unseen {
  position: absolute; width: 1px; height: 1px; margin: -1px; padding: 0; border: 0; opacity: 0;
  overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}
.quiet, .kicker { color: var(--hd-quiet); }
.kicker { font-size: .8125em; font-weight: 600; }

.launcher {
  position: fixed; z-index: 2147483000; inset-block-end: calc(20px + env(safe-area-inset-bottom)); inset-inline-end: 20px;
  width: 60px; height: 60px; border-radius: 50%; display: grid; place-items: center;
  background: var(--hd-brand); color: var(--hd-on-brand); box-shadow: 0 6px 20px rgb(10 25 60 / 35%);
}
[data-position="left"] .launcher { inset-inline: 20px auto; }
.root.open .launcher { display: none; }
.launcher:hover { background: var(--hd-brand-strong); }
.launcher .icon { width: 30px; height: 30px; }
.launcher:focus-visible { border-radius: 50%; outline-offset: 3px; }
.badge {
  position: absolute; top: -2px; right: -2px; min-width: 22px; padding: 0 6px; border-radius: 11px;
  font-size: 13px; line-height: 22px; font-weight: 700; text-align: center; background: #c01d1d; color: #fff;
}
.badge:empty { display: none; }

.panel {
  margin: 0; padding: 0; border: 0; max-width: none; max-height: none; color: inherit; background: var(--hd-ground);
  display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); overflow: hidden; text-align: start;
}
.panel:focus { outline: 0; }
.page .panel { position: relative; width: 100%; height: 100%; }
.corner .panel {
  position: fixed; z-index: 2147483001; inset: auto 20px calc(20px + env(safe-area-inset-bottom)) auto;
  width: min(25em, 100vw - 40px); height: min(42em, 100vh - 40px); height: min(42em, 100dvh - 40px);
  border-radius: 16px; box-shadow: 0 12px 40px rgb(10 25 60 / 35%), 0 0 0 1px var(--hd-line);
}
.corner .panel:not([open]) { display: none; }
.corner[data-position="left"] .panel { inset-inline: 20px auto; }
.corner.expanded .panel { width: min(46em, 100vw - 40px); height: calc(100vh - 40px); height: calc(100dvh - 40px); }
.corner.with-source .panel { width: min(56em, 100vw - 40px); }
.corner.expanded.with-source .panel { width: min(82em, 100vw - 40px); }
.panel[open] { animation: rise .16s ease-out; }
.page .panel { animation: none; }
@keyframes rise { from { transform: translateY(14px); opacity: 0; } }
.corner .panel:modal {
  inset: var(--hd-top, 0) 0 auto 0; width: 100%; height: var(--hd-height, 100dvh); border-radius: 0; box-shadow: none;
}
.panel::backdrop { background: var(--hd-ground); }
.panel:modal .expand { display: none; }

.chat { display: flex; flex-direction: column; min-width: 0; min-height: 0; position: relative; container: chat / inline-size; }
.chat > * { flex: none; min-width: 0; }
.chat > .log { flex: 1; min-height: 0; }
.head {
  position: relative; z-index: 2; display: flex; align-items: center; gap: .35em; padding: .5em .6em .5em .8em;
  padding-top: calc(.5em + env(safe-area-inset-top)); background: var(--hd-head); color: var(--hd-on-brand);
}
.page .head { padding-inline: max(.8em, env(safe-area-inset-left)) max(.6em, env(safe-area-inset-right)); }
.avatar {
  flex: none; width: 2.25em; height: 2.25em; border-radius: 50%; display: grid; place-items: center;
  background: var(--hd-brand); color: #fff;
}
.head .avatar { background: #fff; color: var(--hd-brand-strong); }
.who { flex: 1; min-width: 0; margin-inline-start: .35em; }
.title { font-size: 1em; font-weight: 700; line-height: 1.3; }
.title, .presence { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.presence { font-size: .8125em; line-height: 1.35; }
.tool { width: 2.5em; height: 2.5em; border-radius: 50%; display: grid; place-items: center; flex: none; }
.tool:hover { background: rgb(255 255 255 / 18%); }
.head :focus-visible { outline-color: #fff; outline-offset: -2px; border-radius: 50%; }
.menu {
  position: absolute; inset: calc(100% + 4px) 8px auto auto; z-index: 3; min-width: 14em; max-width: calc(100% - 16px); padding: 6px;
  background: var(--hd-surface); color: var(--hd-ink); border-radius: 12px; box-shadow: 0 8px 28px rgb(10 25 60 / 30%), 0 0 0 1px var(--hd-line);
}
.menu .item { display: flex; align-items: center; width: 100%; min-height: 2.75em; padding: .4em .8em; border-radius: 8px; text-decoration: none; color: inherit; font-size: .9375em; }
.menu .item:hover { background: var(--hd-surface-2); }
.menu .item[aria-pressed="true"]::after { content: "✓"; margin-inline-start: auto; color: var(--hd-link); font-weight: 700; }
.themes { display: flex; flex-wrap: wrap; align-items: center; gap: .3em; padding: .35em .8em; font-size: .9375em; }
.themes > span { flex: 1 0 100%; font-size: .8667em; color: var(--hd-quiet); }
.themes button { flex: 1 1 auto; text-align: center; white-space: nowrap; border: 1px solid var(--hd-field); border-radius: 8px; padding: .25em .4em; min-height: 2.3em; font-size: .9333em; }
.themes button:hover { border-color: var(--hd-brand); }
.themes button[aria-pressed="true"] { background: var(--hd-brand); border-color: var(--hd-brand); color: #fff; font-weight: 600; }
.menu :focus-visible { outline-color: var(--hd-focus); border-radius: 8px; }
.banner { background: var(--hd-warn-ground); color: var(--hd-warn-ink); text-align: center; font-size: .875em; padding: .3em 1em; }
.banner:empty { display: none; }

.composer {
  display: flex; gap: .5em; align-items: flex-end; background: var(--hd-surface); border-top: 1px solid var(--hd-line);
  padding: .6em var(--hd-side) calc(.6em + env(safe-area-inset-bottom));
}
.composer textarea {
  flex: 1; min-width: 0; resize: none; background: var(--hd-surface-2); border: 1px solid var(--hd-field); border-radius: 1.4em;
  padding: .56em 1em; min-height: 2.75em; max-height: 168px; line-height: 1.5; display: block; margin: 0; font-size: 1em;
}
textarea::placeholder { color: var(--hd-quiet); opacity: 1; }
textarea:focus { outline: 2px solid var(--hd-focus); outline-offset: 0; }
.send { flex: none; width: 2.75em; height: 2.75em; border-radius: 50%; background: var(--hd-brand); color: #fff; display: grid; place-items: center; }
.send:hover { background: var(--hd-brand-strong); }
.send:disabled { background: var(--hd-line); color: var(--hd-quiet); }
.send:focus-visible { border-radius: 50%; }
.toast {
  display: flex; gap: .8em; align-items: center; justify-content: space-between; margin: 0 var(--hd-side) .5em; padding: .5em .9em;
  background: var(--hd-ink); color: var(--hd-surface); border-radius: 10px; font-size: .875em;
}
.toast button { font-weight: 700; text-decoration: underline; min-height: 2em; }
.down-place { position: relative; z-index: 1; }
.down {
  position: absolute; inset: auto 14px 10px auto; width: 2.5em; height: 2.5em; border-radius: 50%; display: grid; place-items: center;
  background: var(--hd-surface); color: var(--hd-link); box-shadow: 0 2px 10px rgb(10 25 60 / 30%), 0 0 0 1px var(--hd-line);
}
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; }
}
@media (forced-colors: active) {
  .bubble, .panel, .launcher, .choices button, .composer textarea, .source, mark { border: 1px solid; }
  .avatar, .send, .launcher { forced-color-adjust: none; }
}
`;

export const css = colours + frame + messages + source + paper;
