// The conversation: turns, bubbles and what stands in them.

export const messages = `
.log { overflow-y: auto; overflow-x: hidden; padding: 1em var(--hd-side) .5em; overscroll-behavior: contain; overflow-anchor: none; position: relative; }
.log:focus-visible { outline-offset: -3px; border-radius: 0; }
.day { text-align: center; margin: .6em 0 .9em; }
.day span { display: inline-block; background: var(--hd-line); color: var(--hd-ink); border-radius: 999px; padding: .15em .9em; font-size: .75em; }
.turn { display: flex; gap: .5em; padding: 3px 3px .75em; align-items: flex-start; }
.turn:not(.last) { content-visibility: auto; contain-intrinsic-size: auto 9em; }
.turn .avatar { width: 2em; height: 2em; }
.turn.mine { justify-content: flex-end; }
.stack { display: grid; gap: .4em; max-width: min(40em, 100% - 2.5em); min-width: 0; justify-items: start; }
.mine .stack { justify-items: end; max-width: min(36em, 86%); }
.bubble { background: var(--hd-surface); border-radius: 4px 16px 16px; padding: .6em .875em .45em; box-shadow: var(--hd-shadow); max-width: 100%; min-width: 0; }
.mine .bubble { background: var(--hd-mine); border-radius: 16px 4px 16px 16px; }
.asked { border-inline-start: 3px solid var(--hd-brand); padding-inline-start: .6em; font-size: .875em; color: var(--hd-quiet); margin-bottom: .3em; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
.words p, p.words { white-space: pre-wrap; }
.words .gap { height: .6em; }
.words ul { padding-inline-start: 1.1em; display: grid; gap: .2em; margin: .15em 0; }
.words li { list-style: disc; }
.words li::marker { color: var(--hd-quiet); }
.words:focus { outline: 0; }
.folded { max-height: 18em; overflow: hidden; mask-image: linear-gradient(#000 75%, transparent); -webkit-mask-image: linear-gradient(#000 75%, transparent); }
.more { color: var(--hd-link); font-size: .875em; font-weight: 600; padding: .35em .6em; margin-inline-start: -.6em; border-radius: 8px; min-height: 2.3em; }
.more:hover { background: var(--hd-surface-2); }
.log > .more { display: block; margin: 0 auto .5em; }
.status { display: flex; align-items: center; gap: .4em; font-size: .8125em; font-weight: 700; color: var(--hd-quiet); margin-bottom: .25em; }
.bubble.not_found { background: transparent; border: 1.5px dashed var(--hd-field); box-shadow: none; }
.bubble.clarify { border-inline-start: 4px solid var(--hd-brand); }
.bubble.clarify .status { color: var(--hd-link); }
.meta { display: flex; flex-wrap: wrap; gap: 0 .6em; font-size: .75em; color: var(--hd-quiet); margin-top: .2em; }
.mine .meta { justify-content: flex-end; color: var(--hd-mine-quiet); }
.meta .delivered { display: none; align-items: center; gap: .15em; }
.meta .icon { width: 1.1em; height: 1.1em; }
.mine.sent:not(:has(~ .mine)) .delivered { display: inline-flex; }
.cite {
  display: inline-block; min-width: 1.75em; text-align: center; font-size: .75em; line-height: 1.6; font-weight: 700; text-decoration: none;
  vertical-align: .15em; border-radius: 6px; padding: 0 .3em; margin: 0 1px; background: color-mix(in srgb, var(--hd-brand) 13%, var(--hd-surface)); color: var(--hd-link);
}
[data-theme="dark"] .cite { background: color-mix(in srgb, var(--hd-brand) 30%, var(--hd-surface)); }
.cite[href]:hover, .cite[aria-current] { background: var(--hd-brand); color: #fff; }

.extra { border-top: 1px solid var(--hd-line); margin-top: .6em; padding-top: .5em; }
.extra .kicker { margin-bottom: .3em; }
.sources { display: grid; gap: .4em; }
.sources a {
  display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 1px .6em; font-size: .875em; text-decoration: none; color: inherit;
  background: var(--hd-surface-2); border: 1px solid var(--hd-line); border-radius: 10px; padding: .5em .7em;
}
.sources a[href]:hover, .sources a[aria-current] { border-color: var(--hd-brand); }
.sources a[aria-current] { box-shadow: inset 3px 0 0 var(--hd-brand); }
.sources .n { grid-row: span 2; align-self: start; font-weight: 700; color: var(--hd-link); }
.sources .where { font-weight: 600; }
.sources q { color: var(--hd-quiet); quotes: "“" "”"; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.computed { display: grid; gap: .35em; font-size: .9375em; }
.formula { font-variant-numeric: tabular-nums; }
.formula b { white-space: nowrap; }
.why { display: block; color: var(--hd-quiet); font-size: .9em; }
.finding { background: var(--hd-warn-ground); color: var(--hd-warn-ink); border: 1px solid var(--hd-warn-line); border-inline-start-width: 4px; border-radius: 8px; padding: .55em .8em; margin-top: .6em; font-size: .875em; }
.finding .kicker { display: flex; align-items: center; gap: .4em; color: inherit; font-size: .93em; font-weight: 700; margin-bottom: .15em; }
.finding dl { display: flex; gap: .3em 1.6em; flex-wrap: wrap; margin-top: .4em; }
.finding dt { font-size: .86em; }
.finding dd { font-weight: 700; font-variant-numeric: tabular-nums; }
.chart { margin-top: .6em; border-top: 1px solid var(--hd-line); padding-top: .6em; }
.chart img { display: block; width: 100%; height: auto; max-width: 32em; border-radius: 8px; background: var(--hd-surface); }
.chart img:not(.loaded) { min-height: 12em; opacity: .4; }
.chart figcaption { font-size: .8125em; color: var(--hd-quiet); margin-top: .3em; }
details.table { font-size: .875em; margin-top: .3em; }
summary { cursor: pointer; color: var(--hd-link); font-weight: 600; padding: .35em 0; }
.scroller { overflow-x: auto; border: 1px solid var(--hd-line); border-radius: 8px; max-height: 22em; overflow-y: auto; }
table { border-collapse: collapse; width: 100%; overflow-wrap: normal; }
th, td { text-align: start; vertical-align: top; padding: .4em .7em; border-bottom: 1px solid var(--hd-line); font-weight: 400; min-width: 5em; font-variant-numeric: tabular-nums; }
thead th { font-weight: 600; background: var(--hd-surface-2); }
tbody tr:last-child > * { border-bottom: 0; }

.tools { display: flex; flex-wrap: wrap; gap: 2px; }
.tools button, .source-foot button { display: inline-flex; align-items: center; gap: .35em; color: var(--hd-quiet); font-size: .8125em; padding: .3em .6em; border-radius: 8px; min-height: 2.5em; min-width: 2.5em; justify-content: center; }
.tools button:hover, .tools button[aria-pressed="true"] { color: var(--hd-link); background: color-mix(in srgb, var(--hd-brand) 14%, transparent); }
.tool-box .note { font-size: .8125em; color: var(--hd-quiet); padding-inline-start: .4em; }
.reason { background: var(--hd-surface); border-radius: 12px; padding: .7em .9em; box-shadow: var(--hd-shadow); display: grid; gap: .6em; margin-top: .3em; }
.reason legend { font-weight: 600; font-size: .875em; padding: 0; margin-bottom: .5em; }
.reason textarea { width: 100%; font-size: .9375em; border: 1px solid var(--hd-field); border-radius: 10px; background: var(--hd-surface-2); padding: .45em .7em; resize: vertical; display: block; }
.chips, .choices { display: flex; flex-wrap: wrap; gap: .4em; }
.row { display: flex; gap: .5em; justify-content: flex-end; flex-direction: row-reverse; }
.row button { font-size: .875em; border-radius: 999px; padding: .3em 1em; min-height: 2.5em; }
.primary { background: var(--hd-brand); color: #fff; font-weight: 600; }
.primary:hover { background: var(--hd-brand-strong); }
.chips button, .choices button { border: 1px solid var(--hd-brand); background: var(--hd-surface); color: var(--hd-link); border-radius: 1.2em; padding: .35em 1em; font-size: .9em; min-height: 2.4em; max-width: 100%; }
.chips button { font-size: .875em; border-color: var(--hd-field); }
.choices button:hover, .chips button[aria-pressed="true"] { background: var(--hd-brand); border-color: var(--hd-brand); color: #fff; }
.turn.theirs:not(.last):not(.welcome) .bubble:not(.clarify) ~ .choices { display: none; }
.fail { color: var(--hd-bad); font-size: .8125em; display: flex; gap: .6em; align-items: center; flex-wrap: wrap; justify-content: flex-end; }
.fail button { border: 1px solid currentcolor; border-radius: 999px; padding: .2em .9em; font-weight: 600; min-height: 2.4em; }
.sending .bubble { opacity: .85; }
.typing { padding: 0 0 .6em 2.9em; font-size: .8125em; color: var(--hd-quiet); display: flex; align-items: center; gap: .25em; }
.typing i { width: 6px; height: 6px; border-radius: 50%; background: var(--hd-quiet); animation: hop 1.1s infinite; }
.typing i:nth-child(2) { animation-delay: .15s; }
.typing i:nth-child(3) { animation-delay: .3s; }
.typing span { margin-inline-start: .3em; }
@keyframes hop { 0%, 60%, 100% { transform: none; } 30% { transform: translateY(-4px); } }
@container chat (min-width: 44em) {
  .log, .composer, .toast { --hd-side: max(1em, calc((100cqi - 50em) / 2)); }
}
@container chat (max-width: 26em) {
  .corner .panel:not(:modal) .compose { display: none; }
  .turn.theirs { gap: .35em; }
  .turn .avatar { width: 1.75em; height: 1.75em; }
  .stack { max-width: calc(100% - 2.1em); }
}
`;
