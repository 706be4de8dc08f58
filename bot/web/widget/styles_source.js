// The source beside the chat, or as a sheet over it where there is no room.

export const source = `
.source { background: var(--hd-surface); border-inline-start: 1px solid var(--hd-line); display: grid; grid-template-rows: auto minmax(0, 1fr) auto; min-width: 0; min-height: 0; }
.with-source .panel { grid-template-columns: minmax(0, 1fr) minmax(0, min(46%, 42em)); }
.corner.with-source .panel { grid-template-columns: minmax(0, 25fr) minmax(0, 31fr); }
.source-head { display: flex; align-items: center; gap: .1em; padding: .6em .5em .6em 1em; border-bottom: 1px solid var(--hd-line); }
.source-name { flex: 1; min-width: 0; }
.counter { font-size: .75em; color: var(--hd-quiet); font-weight: 600; display: block; line-height: 1.3; }
.source-title { font-size: .9375em; line-height: 1.35; font-weight: 700; }
.about { font-size: .8125em; line-height: 1.4; color: var(--hd-quiet); display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.source-title:focus { outline: 0; }
.source .tool { color: var(--hd-quiet); }
.source .tool:hover { background: var(--hd-surface-2); color: var(--hd-link); }
.source .tool:disabled { opacity: .4; background: none; }
.source .tool:focus-visible { border-radius: 50%; outline-offset: -2px; }
.source-body { overflow-y: auto; overscroll-behavior: contain; padding: 1em; position: relative; }
.source-body:focus-visible { outline-offset: -3px; border-radius: 0; }
.source-foot { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .3em 1em; padding: .4em 1em calc(.4em + env(safe-area-inset-bottom)) .5em; border-top: 1px solid var(--hd-line); }
.source-foot a { font-size: .875em; font-weight: 600; padding: .5em 0; }
.source-foot button:hover { color: var(--hd-link); background: var(--hd-surface-2); }
.card { background: var(--hd-surface-2); border: 1px solid var(--hd-line); border-radius: 10px; padding: .7em .9em; font-size: .875em; }
.card .number { font-weight: 700; }
.card .name { margin-top: .1em; display: -webkit-box; -webkit-line-clamp: 3; -webkit-box-orient: vertical; overflow: hidden; }
.card dl { margin-top: .4em; display: grid; gap: .1em; }
.card dl div { display: grid; grid-template-columns: 5.2em minmax(0, 1fr); }
.card dt { color: var(--hd-quiet); }
.path { margin: .8em 0 0; font-size: .875em; color: var(--hd-quiet); display: grid; gap: .15em; }
.path li + li { padding-inline-start: .9em; }
.path li + li + li { padding-inline-start: 1.8em; }
.path li:last-child { color: var(--hd-ink); }
.source .finding { margin-top: .8em; }
.source .text { margin-top: .8em; border-top: 1px solid var(--hd-line); padding-top: .5em; line-height: 1.62; }
.source .text p { padding: .25em 0; white-space: pre-wrap; }
.source .scroller { margin: .4em 0; font-size: .875em; max-height: none; }
.source .heading { font-weight: 700; padding-top: .7em; }
.source .footnote { font-size: .875em; color: var(--hd-quiet); border-inline-start: 3px solid var(--hd-line); padding-inline-start: .8em; }
.source sup { font-weight: 700; color: var(--hd-link); line-height: 1; }
.source u { text-decoration: underline wavy var(--hd-warn-line) 1.5px; text-underline-offset: .2em; }
.source tr > th { font-weight: 600; background: var(--hd-surface-2); }
.source blockquote { margin-top: .3em; }
.source .fail { justify-content: flex-start; margin-bottom: 1em; }
mark { background: var(--hd-mark); color: var(--hd-mark-ink); border-radius: 3px; padding: .1em 0; box-decoration-break: clone; -webkit-box-decoration-break: clone; }

.sheet .panel { grid-template-columns: minmax(0, 1fr) !important; }
.sheet .source {
  position: absolute; inset: max(3em, 8%) 0 0; z-index: 5; border: 0; border-radius: 16px 16px 0 0; animation: sheet .18s ease-out;
  box-shadow: 0 0 0 100vmax rgb(8 15 30 / 50%); overflow: hidden;
}
.sheet .source-head { border-radius: 16px 16px 0 0; }
@keyframes sheet { from { transform: translateY(30px); opacity: 0; } }
`;
