/** Colours for light and for dark. Printed pages are light whatever the screen is. */
const COLOURS = `
:root {
  color-scheme: light dark;
  --page: #fff; --panel: #f4f6f8; --ink: #1c2127; --soft: #55606b; --line: #d3d9df; --link: #0a58a6;
  --absolute: #a8071a; --relative: #8a5200; --precaution: #1f6f43; --seen: #1f6f43; --check: #a8071a;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #14181d; --panel: #1d232a; --ink: #e4e8ec; --soft: #a3aeb9; --line: #39434d; --link: #79b8ff;
    --absolute: #ff9a94; --relative: #f0b862; --precaution: #7fd6a3; --seen: #7fd6a3; --check: #ff9a94;
  }
}
@media print { :root { color-scheme: light; } }
`;

const TEXT = `
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body {
  margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 50rem; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere;
}
h1 { font-size: 2rem; line-height: 1.2; margin: .25rem 0 1rem; }
h2 { font-size: 1.5rem; line-height: 1.25; margin: 3rem 0 1rem; padding-top: 1rem; border-top: 3px solid var(--line); }
h3 { font-size: 1.2rem; line-height: 1.3; margin: 2rem 0 .5rem; }
h4 { font-size: .95rem; margin: 1.1rem 0 .25rem; }
p { margin: .35rem 0; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: .15em; }
h3 > a, h4 > a, nav a { color: inherit; text-decoration: none; }
h3 > a:hover, h4 > a:hover, nav a:hover { text-decoration: underline; }
:target > :is(h2, h3, h4, .where):first-child { background: var(--panel); outline: .3rem solid var(--panel); }
code { font: .9em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
small { font-size: .82em; color: var(--soft); }
ul { margin: .35rem 0; padding-left: 1.3rem; }
dl { margin: .75rem 0; }
dl > div { display: grid; grid-template-columns: 10rem minmax(0, 1fr); gap: 0 1rem; padding: .3rem 0; border-top: 1px solid var(--line); }
dt { font-weight: 600; color: var(--soft); }
dd { margin: 0; grid-column: 2; }
table { border-collapse: collapse; width: 100%; margin: .75rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-top: 1px solid var(--line); }
tbody th { font-weight: 700; white-space: nowrap; }
.prose { white-space: pre-line; }
.kind { color: var(--soft); letter-spacing: .04em; text-transform: uppercase; font-size: .8rem; }
.lede { font-size: 1.08rem; }
.notice { margin-top: 1rem; padding: .75rem 1rem; border: 2px solid var(--relative); border-radius: 6px; }
.help, .reference, .address { color: var(--soft); }
.reference cite { color: var(--ink); }
.meta { display: flex; flex-wrap: wrap; gap: .3rem 1rem; align-items: baseline; color: var(--soft); font-size: .88rem; }
.counted { display: inline-block; margin-right: 1rem; white-space: nowrap; }
.unplaced { color: var(--relative); }
.hash { overflow-wrap: anywhere; }
`;

const PARTS = `
.mark {
  display: inline-block; padding: 0 .5em; border: 1.5px solid currentColor; border-radius: 1em; font-size: .8rem; line-height: 1.5;
  font-weight: 600; white-space: nowrap; color: var(--soft);
}
.mark.severity-absolute { background: var(--absolute); border-color: var(--absolute); color: var(--page); border-radius: 3px; }
.mark.severity-relative { color: var(--relative); border-radius: 3px; border-width: 2px; }
.mark.severity-precaution { color: var(--precaution); border-style: dashed; border-radius: 3px; }
.letter { display: inline-block; width: 1.35em; font-weight: 700; text-indent: 0; text-decoration: none; }
.letter.severity-absolute { color: var(--absolute); }
.letter.severity-relative { color: var(--relative); }
.letter.severity-precaution { color: var(--precaution); }
.basis-seen { color: var(--seen); }
.basis-general-knowledge { border-style: dashed; }
.basis-policy { border-style: double; border-width: 3px; }
.basis-to-check { color: var(--check); border-style: dotted; border-width: 2px; }
.number { margin-left: .35em; border: 1px solid var(--line); border-radius: 3px; padding: 0 .35em; white-space: nowrap; }
.rule { margin: 2.25rem 0; padding-left: 1rem; border-left: 5px solid var(--line); }
.rule > h3 { margin-top: 0; }
.edge-absolute { border-left-color: var(--absolute); }
.edge-relative { border-left-color: var(--relative); }
.edge-precaution { border-left-color: var(--precaution); border-left-style: dashed; }
.criterion { background: var(--panel); border-radius: 6px; padding: .6rem .9rem; margin: .35rem 0; }
.tree { list-style: none; margin: .25rem 0 .25rem .2rem; padding-left: .85rem; border-left: 2px solid var(--line); }
.tree > li { margin: .35rem 0; }
.lead { font-style: italic; color: var(--soft); }
.by { font-size: .85em; white-space: nowrap; }
.citations, .codes { list-style: none; padding: 0; }
.citations > li { padding: .35rem 0; border-top: 1px solid var(--line); }
.citations p { margin: .1rem 0; }
.where, .cited { color: var(--soft); }
.cited { font-size: .88rem; }
.where .source { font-weight: 600; }
.codes > li { padding: .1rem 0; }
.system { font-weight: 600; margin: 0; }
.fact, .entry, .uses { margin: 1.5rem 0; }
.fact { border-top: 2px solid var(--line); padding-top: .25rem; }
.fact > h4 { font-size: 1.15rem; margin-top: .5rem; }
.question { font-size: 1.05rem; font-weight: 600; }
.entry > h3 { font-size: 1rem; margin: 0; }
.notes > li { margin: .4rem 0; }
nav { font-size: .92rem; }
nav ul { list-style: none; padding-left: 0; }
nav ul ul { padding-left: .75rem; font-weight: 400; }
.key { color: var(--soft); }
nav > ul > li { font-weight: 600; margin: .5rem 0; }
nav li li { margin: .2rem 0; padding-left: 1.35em; text-indent: -1.35em; }
.back {
  position: fixed; right: 1rem; bottom: 1rem; margin: 0; padding: .4rem .9rem; background: var(--panel); border: 1px solid var(--line);
  border-radius: 1.2em;
}
`;

const SIZES = `
@media (max-width: 34rem) {
  h1 { font-size: 1.6rem; }
  dl > div { grid-template-columns: 1fr; }
  dd { grid-column: 1; }
  .rule { padding-left: .7rem; }
  .criterion { padding: .5rem .6rem; }
}
@media screen and (min-width: 72rem) {
  body { display: grid; grid-template-columns: 19rem minmax(0, 50rem); gap: 0 3rem; max-width: 74rem; }
  header, main { grid-column: 2; }
  nav { grid-column: 1; grid-row: 1 / span 2; position: sticky; top: 0; max-height: 100vh; overflow-y: auto; padding: 0 1rem 2rem 0; align-self: start; }
  nav h2 { margin-top: 0; border: 0; font-size: 1.1rem; }
  .back { display: none; }
}
`;

const PAPER = `
@page { margin: 18mm 16mm; @bottom-right { content: counter(page); } }
@media print {
  html { font-size: 10pt; }
  body { max-width: none; padding: 0; }
  a { color: inherit; text-decoration: none; }
  .back { display: none; }
  nav, .domain, main > section { break-before: page; }
  h2 { border: 0; margin-top: 0; }
  h2, h3, h4, .meta, .lead { break-after: avoid; }
  .citations > li, .entry, .uses, dl > div, tr, .tree > li { break-inside: avoid; }
  .mark.severity-absolute { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  p, li { orphans: 3; widows: 3; }
}
`;

/** The style of a book: for a desk, a phone and paper, in light and dark. It loads nothing and holds nothing of a rule set. */
export const BOOK_STYLE = [COLOURS, TEXT, PARTS, SIZES, PAPER].join('');
