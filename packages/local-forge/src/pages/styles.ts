import { createHash } from 'node:crypto';

/** The one style sheet of the pages. Colours meet WCAG AA on their backgrounds in both schemes. */
export const styles = `
:root {
  color-scheme: light dark;
  --bg: #ffffff; --fg: #1b2430; --muted: #55606f; --subtle: #f4f6f9; --border: #d3dae3;
  --link: #0b5cad; --accent: #0f665e; --on-accent: #ffffff; --control: #76828f;
  --good: #0a6b3d; --good-bg: #e3f5ea; --bad: #a11b2b; --bad-bg: #fdeaec;
  --warn: #7a4a00; --warn-bg: #fff3dc; --merged: #6b2fa0; --merged-bg: #f3eafc;
  --hl-comment: #5b6675; --hl-string: #0a6b3d; --hl-keyword: #8a1a8a; --hl-number: #8f4400;
  --hl-title: #0b5cad; --hl-attr: #7a3e00; --target: #fff3c4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #10161e; --fg: #e5eaf1; --muted: #a3b0c0; --subtle: #18212c; --border: #303c4b;
    --link: #84bcff; --accent: #7fd6ca; --on-accent: #08211e; --control: #7c8ba0;
    --good: #7fdc9f; --good-bg: #12301f; --bad: #ff9aa4; --bad-bg: #3b181d;
    --warn: #f4c46a; --warn-bg: #35270b; --merged: #d0a8ff; --merged-bg: #2a1b3d;
    --hl-comment: #9fadbe; --hl-string: #8ddb9f; --hl-keyword: #e6a3f1; --hl-number: #f3b57d;
    --hl-title: #90c4ff; --hl-attr: #f0cb8a; --target: #4a3d0d;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--bg); color: var(--fg);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: break-word;
}
a { color: var(--link); text-decoration: none; }
a:hover { text-decoration: underline; }
p a, .prose a, .notice a, dd a { text-decoration: underline; text-decoration-thickness: 1px; text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
h1, h2, h3 { line-height: 1.25; margin: 1.5rem 0 0.75rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; } h3 { font-size: 1.02rem; }
code, pre, .mono { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.875em; }
.banner { background: var(--warn-bg); color: var(--warn); text-align: center; font-size: 0.875rem; padding: 0.25rem 1rem; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--bg); padding: 0.5rem 1rem; z-index: 1; }
.top { border-bottom: 1px solid var(--border); background: var(--subtle); }
.top .wrap { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; align-items: center; padding-block: 0.6rem; }
.brand { font-weight: 700; color: var(--fg); display: inline-flex; gap: 0.5rem; align-items: center; }
.brand svg { color: var(--accent); }
.top form { flex: 1 1 12rem; max-width: 24rem; display: flex; }
.top form input { flex: 1; min-width: 0; }
.top nav { display: flex; gap: 1rem; margin-left: auto; }
.wrap { max-width: 74rem; margin: 0 auto; padding-inline: 1rem; }
main { padding-block: 1rem 4rem; }
main > h1:first-child { margin-top: 0.5rem; }
.crumbs ol { list-style: none; display: flex; flex-wrap: wrap; gap: 0.35rem; margin: 0.5rem 0; padding: 0; font-size: 1.05rem; }
.crumbs li { display: inline-flex; gap: 0.35rem; }
.crumbs li + li::before { content: "/"; color: var(--muted); }
.crumbs [aria-current] { font-weight: 600; }
.tabs { display: flex; gap: 0.25rem; border-bottom: 1px solid var(--border); margin: 0.75rem 0 1.25rem; overflow-x: auto; }
.tabs a { padding: 0.5rem 0.75rem; color: var(--fg); white-space: nowrap; border-bottom: 3px solid transparent; }
.tabs a:focus-visible { outline-offset: -3px; }
.tabs a[aria-current] { border-color: var(--accent); font-weight: 600; }
.count { background: var(--border); color: var(--fg); border-radius: 1rem; padding: 0 0.5rem; font-size: 0.8rem; margin-left: 0.25rem; }
.muted { color: var(--muted); } .small { font-size: 0.875rem; } .nowrap { white-space: nowrap; }
.box { border: 1px solid var(--border); border-radius: 8px; margin: 1rem 0; overflow: hidden; }
.box > .head { background: var(--subtle); border-bottom: 1px solid var(--border); padding: 0.6rem 1rem; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: center; }
.box > .head h2, .box > .head h3 { margin: 0; font-size: 1rem; overflow-wrap: anywhere; }
.box > .head .end { margin-left: auto; display: flex; gap: 1rem; align-items: center; flex-wrap: wrap; }
.box > .body { padding: 1rem; }
.box > .body > :first-child { margin-top: 0; } .box > .body > :last-child { margin-bottom: 0; }
.rows { list-style: none; margin: 0; padding: 0; }
.rows > li { padding: 0.75rem 1rem; display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: baseline; }
.rows > li + li { border-top: 1px solid var(--border); }
.rows .main { flex: 1 1 18rem; min-width: 0; overflow-wrap: anywhere; }
.rows h2, .rows h3 { margin: 0; font-size: 1rem; }
.rows p { margin: 0.15rem 0 0; }
table { border-collapse: collapse; }
table.list { width: 100%; }
table.list th { text-align: left; font-weight: 600; background: var(--subtle); font-size: 0.875rem; }
table.list th, table.list td { padding: 0.45rem 1rem; border-bottom: 1px solid var(--border); vertical-align: baseline; }
table.list tbody th { background: none; font-weight: 400; font-size: 1rem; overflow-wrap: anywhere; }
table.list tr:last-child > * { border-bottom: 0; }
.scroll { overflow-x: auto; }
.label { display: inline-block; border: 1px solid var(--control); border-radius: 1rem; padding: 0 0.6rem; font-size: 0.8rem; margin: 0 0.35rem 0.25rem 0; }
.state { display: inline-block; border-radius: 1rem; padding: 0.05rem 0.75rem; font-size: 0.875rem; font-weight: 600; white-space: nowrap; }
.state.open, .state.good { background: var(--good-bg); color: var(--good); }
.state.closed, .state.bad { background: var(--bad-bg); color: var(--bad); }
.state.merged { background: var(--merged-bg); color: var(--merged); }
.state.draft, .state.wait { background: var(--warn-bg); color: var(--warn); }
.state.plain { color: var(--muted); padding-inline: 0; font-weight: 400; }
.notice { border-left: 4px solid var(--warn); background: var(--warn-bg); color: var(--warn); padding: 0.75rem 1rem; border-radius: 4px; margin: 1rem 0; }
.notice.bad { border-color: var(--bad); background: var(--bad-bg); color: var(--bad); }
.notice.good { border-color: var(--good); background: var(--good-bg); color: var(--good); }
.notice ul { margin: 0.35rem 0 0; padding-left: 1.25rem; } .notice p { margin: 0; } .notice a { color: inherit; text-decoration: underline; }
.avatar { border-radius: 50%; vertical-align: middle; flex: none; }
.person { display: inline-flex; gap: 0.5rem; align-items: center; vertical-align: bottom; }
.line { display: flex; flex-wrap: wrap; gap: 0.35rem 0.6rem; align-items: center; }
.plain-list > li + li { margin-top: 0.4rem; }
details.refs { margin: 0.5rem 0; } .refs summary { display: inline-block; border: 1px solid var(--control); border-radius: 6px; padding: 0.25rem 0.75rem; cursor: pointer; }
.refs summary::before { content: "▾ "; } .refs h2 { margin: 0.75rem 0 0.25rem; } .refs ul { margin: 0.25rem 0; }
.columns { display: grid; grid-template-columns: minmax(0, 1fr) 17rem; gap: 0 2rem; align-items: start; }
.columns > aside h2 { margin: 1rem 0 0.25rem; font-size: 1rem; }
.columns > aside p, .columns > aside ul { margin: 0.25rem 0; }
.columns > aside > :first-child { margin-top: 1rem; }
.plain-list { list-style: none; padding: 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(20rem, 100%), 1fr)); gap: 1rem; padding: 0; list-style: none; }
.cards > li { border: 1px solid var(--border); border-radius: 8px; padding: 1rem; }
.cards h2, .cards h3 { margin: 0 0 0.25rem; font-size: 1.05rem; overflow-wrap: anywhere; } .cards p { margin: 0.25rem 0; }
button, .button, input, select, textarea { font: inherit; color: inherit; }
input, select, textarea { background: var(--bg); border: 1px solid var(--control); border-radius: 6px; padding: 0.4rem 0.6rem; max-width: 100%; }
input[type="radio"] { accent-color: var(--accent); margin-right: 0.4rem; }
textarea { width: 100%; display: block; }
button, .button { display: inline-block; background: var(--bg); border: 1px solid var(--control); border-radius: 6px; padding: 0.4rem 0.9rem; cursor: pointer; font-weight: 600; }
.button { color: var(--fg); font-size: 0.9rem; padding: 0.2rem 0.7rem; }
.button:hover { text-decoration: none; background: var(--subtle); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.fields { display: flex; flex-wrap: wrap; gap: 0.75rem 1rem; align-items: end; margin: 0.75rem 0 0; }
.fields label, .field label { display: block; font-weight: 600; font-size: 0.9rem; margin-bottom: 0.2rem; }
.field { margin: 0.75rem 0; } .field input[type="text"] { width: 100%; }
fieldset { border: 0; padding: 0; margin: 0.75rem 0; } legend { font-weight: 600; font-size: 0.9rem; padding: 0; } fieldset label { display: block; margin: 0.2rem 0; }
.code { width: 100%; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.82rem; line-height: 1.55; tab-size: 4; }
.code td { padding: 0 0.75rem; vertical-align: top; }
.code td.num { width: 1%; text-align: right; user-select: none; white-space: nowrap; padding-right: 0.5rem; }
.code td.num a { display: block; min-width: 24px; line-height: 24px; text-decoration: none; }
.code td.num a:hover { text-decoration: underline; }
.file td.text { line-height: 24px; }
.code td.num a, .code td.num { color: var(--muted); }
.code td.text { white-space: pre; }
.code tr:target td { background: var(--target); }
.diff td.text { white-space: pre-wrap; overflow-wrap: anywhere; }
.diff .add td { background: var(--good-bg); } .diff .del td { background: var(--bad-bg); }
.diff .add td.num, .diff .del td.num { color: var(--fg); }
.diff .hunk td { background: var(--subtle); color: var(--muted); }
.plus { color: var(--good); font-weight: 600; } .minus { color: var(--bad); font-weight: 600; }
.prose { overflow-wrap: anywhere; }
.prose > :first-child { margin-top: 0; } .prose > :last-child { margin-bottom: 0; }
.prose pre, pre.block { background: var(--subtle); border-radius: 6px; padding: 0.75rem 1rem; overflow-x: auto; }
.prose :not(pre) > code, p > code, li > code { background: var(--subtle); border-radius: 4px; padding: 0.1em 0.3em; }
.prose table th, .prose table td { border: 1px solid var(--border); padding: 0.35rem 0.7rem; }
.prose img, .preview img { max-width: 100%; height: auto; }
.prose blockquote { margin-inline: 0; padding-left: 1rem; border-left: 4px solid var(--border); color: var(--muted); }
.preview { text-align: center; padding: 1.5rem; }
.hljs-comment, .hljs-quote, .hljs-meta { color: var(--hl-comment); }
.hljs-string, .hljs-regexp, .hljs-addition, .hljs-symbol, .hljs-bullet { color: var(--hl-string); }
.hljs-keyword, .hljs-selector-tag, .hljs-type, .hljs-name { color: var(--hl-keyword); }
.hljs-number, .hljs-literal, .hljs-variable, .hljs-template-variable { color: var(--hl-number); }
.hljs-title, .hljs-section, .hljs-built_in, .hljs-link { color: var(--hl-title); }
.hljs-attr, .hljs-attribute, .hljs-property, .hljs-params { color: var(--hl-attr); }
.hljs-deletion { color: var(--bad); } .hljs-strong { font-weight: 700; } .hljs-emphasis { font-style: italic; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.pager { display: flex; justify-content: space-between; margin: 1rem 0; }
footer { border-top: 1px solid var(--border); color: var(--muted); font-size: 0.875rem; padding-block: 1rem; }
@media (max-width: 48rem) {
  .columns { grid-template-columns: minmax(0, 1fr); }
  .wide { display: none; }
  table.list th, table.list td { padding-inline: 0.75rem; }
  .top nav { margin-left: 0; }
}
@media print { .banner, .top, .tabs, form { display: none; } }
`;

/** Path of the style sheet; it changes with the content, so browsers may keep it for ever. */
export const stylesPath = `/_forge/pages.css?v=${createHash('sha256')
  .update(styles)
  .digest('hex')
  .slice(0, 12)}`;
