// The colours of both themes. Every pair of text and ground that is used has at least the contrast 4.5.

export const colours = `
.root {
  --hd-brand: #0061ec; --hd-brand-strong: #0050c5; --hd-on-brand: #fff; --hd-head: #0057d2; --hd-link: #0053c8; --hd-focus: #0061ec;
  --hd-ground: #eaeff6; --hd-surface: #fff; --hd-surface-2: #f4f7fb; --hd-line: #d5deea; --hd-field: #8391a8;
  --hd-ink: #14213a; --hd-quiet: #53627a; --hd-mine: #d9e9ff; --hd-mine-quiet: #45566f;
  --hd-warn-ground: #fff4dc; --hd-warn-line: #e6b34d; --hd-warn-ink: #6b4300;
  --hd-bad: #b3261e; --hd-mark: #ffe58a; --hd-mark-ink: #2d2400; --hd-shadow: 0 1px 2px rgb(20 33 58 / 12%);
  --hd-side: .75em;
  color-scheme: light;
}
@media not print { .root[data-theme="dark"] {
  --hd-brand: #2470e6; --hd-brand-strong: #1d63d2; --hd-head: #163a74; --hd-link: #8cbcff; --hd-focus: #8cbcff;
  --hd-ground: #0e1420; --hd-surface: #1a2333; --hd-surface-2: #141c2a; --hd-line: #2e3b50; --hd-field: #6d7d97;
  --hd-ink: #e7edf7; --hd-quiet: #a3b1c6; --hd-mine: #1c478a; --hd-mine-quiet: #c3d4ee;
  --hd-warn-ground: #392b0d; --hd-warn-line: #a77a22; --hd-warn-ink: #ffdf9b;
  --hd-bad: #ff9b92; --hd-mark: #6d5700; --hd-mark-ink: #fff3c4; --hd-shadow: 0 1px 2px rgb(0 0 0 / 40%);
  color-scheme: dark;
} }
`;
