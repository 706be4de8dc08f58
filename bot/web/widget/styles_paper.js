// The conversation on paper: all of it, unfolded, in the light colours, without what can only be clicked.

export const paper = `
@media print {
  .corner { display: none; }
  .head .tool, .composer, .toast, .down, .tools, .choices, .source, .log > .more, .chart summary { display: none !important; }
  .root.page, .page .panel, .chat { display: block; height: auto; overflow: visible; background: none; }
  .chat { container: none; }
  .chat > .log { overflow: visible; padding: 0; }
  .turn, .turn:not(.last) { content-visibility: visible; }
  .stack, .bubble { display: block; }
  .finding, .sources li, .computed li, .turn.mine { break-inside: avoid; }
  .chart img { width: auto; max-width: 100%; max-height: 90vh; }
  .page .head { background: none; color: inherit; border-bottom: 1px solid; padding-inline: 0; }
  .bubble { box-shadow: none; border: 1px solid var(--hd-line); }
  .folded { max-height: none; mask-image: none; -webkit-mask-image: none; }
  .folded + .more, .extra > .more { display: none; }
  .sources li[hidden] { display: list-item !important; }
  .sources q { -webkit-line-clamp: none; }
  .root[data-theme="dark"] .chart img { filter: invert(1) hue-rotate(180deg); }
}
`;
