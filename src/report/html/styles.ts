/** Colours of the light theme, which printing keeps. One meaning of hue: vermilion is an open way, ochre weakened, indigo a change. */
const LIGHT = `--paper:#f7f5f0;--surface:#fff;--sunk:#efece4;--line:#e0dcd2;--line-strong:#8b8476;--ink:#1f1d1a;--ink-2:#544f47;--ink-3:#6b655b;--wall:#3b372f;--field:#ece8de;--ai:#2b4a8f;--ai-soft:#e6ebf6;--shu:#b02a18;--shu-fill:#b5240f;--shu-soft:#fbeae5;--ki:#765000;--ki-fill:#b0780a`;

const DARK = `--paper:#161513;--surface:#1e1d1a;--sunk:#11100f;--line:#35322d;--line-strong:#7d776c;--ink:#ece8df;--ink-2:#b9b3a7;--ink-3:#9c958a;--wall:#c9c2b4;--field:#1a1917;--ai:#a9bdf2;--ai-soft:#242c42;--shu:#ff9a82;--shu-fill:#e65a40;--shu-soft:#391f19;--ki:#e9be68;--ki-fill:#e6bd5e`;

/** Everything that a report page needs, for screens from 320 px and for A4. Nothing is fetched. */
export const REPORT_STYLES = `
:root{color-scheme:light dark;${LIGHT};
--sans:Inter,"Segoe UI",-apple-system,BlinkMacSystemFont,"Noto Sans","Hiragino Sans","Noto Sans CJK JP",sans-serif;
--mono:ui-monospace,"SF Mono","Cascadia Mono","Noto Sans Mono CJK JP","DejaVu Sans Mono",monospace;--lh:1.5;--tight:1.25}
:root:lang(ja){--lh:1.75;--tight:1.45;--sans:Inter,"Hiragino Sans","Noto Sans CJK JP","Noto Sans JP","Yu Gothic Medium",Meiryo,sans-serif}
@media (prefers-color-scheme:dark){:root:not([data-theme="light"]){${DARK}}}
:root[data-theme="dark"]{${DARK}}
*,*::before,*::after{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:400 14px/var(--lh) var(--sans);font-variant-numeric:tabular-nums;overflow-wrap:anywhere;line-break:strict}
h1,h2,h3,p,ul,ol,table{margin:0;padding:0}ul,ol{list-style:none}
h1{font-size:30px;line-height:var(--tight);font-weight:600}:lang(ja) h1{font-size:26px}:lang(ja) :is(h1,h2,h3){word-break:auto-phrase}
h2{font-size:20px;line-height:var(--tight);font-weight:600}h3{font-size:14px;font-weight:600;margin-bottom:8px}
a{color:inherit}svg{display:block}.mono{font-family:var(--mono);font-size:.93em}
.muted{color:var(--ink-2)}.small{font-size:13px}.tiny{font-size:12px}.shu{color:var(--shu)}.ki{color:var(--ki)}
.doc{max-width:920px;margin:0 auto;padding:44px 32px 72px}
.doc>header{display:flex;gap:12px;align-items:center;color:var(--ink-2);font-size:13px;padding-bottom:14px;border-bottom:1px solid var(--line);margin-bottom:28px}
.doc>header b{color:var(--ink);font-size:16px}.doc>header .push{margin-left:auto;text-align:right}
.sum{display:grid;grid-template-columns:repeat(4,1fr);gap:1px;background:var(--line);border:1px solid var(--line);border-radius:10px;overflow:hidden;margin:24px 0 32px}
.sum div{background:var(--surface);padding:14px 16px}.sum b{display:block;font-size:20px;line-height:1.3;font-weight:600}.sum span{font-size:13px;color:var(--ink-2)}
.legend{display:flex;flex-wrap:wrap;gap:6px 18px;font-size:12px;color:var(--ink-2)}.legend span{display:inline-flex;gap:7px;align-items:center}
.wk{border-top:2px solid var(--ink);padding-top:16px;margin-top:36px}
.hd{display:grid;grid-template-columns:108px minmax(0,1fr);gap:20px;align-items:start}
.cols{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:28px;margin-top:18px}
.pt>li{padding:6px 0;border-top:1px solid var(--line);font-size:13px;display:grid;grid-template-columns:16px 1fr;gap:8px}.pt>li:first-child{border:0}.pt svg{margin-top:5px}.pt small{display:block;color:var(--ink-2);font-size:12px}
.diff{font:400 12.5px/1.65 var(--mono);background:var(--sunk);border-radius:6px;padding:10px 0;white-space:pre-wrap}
.diff span{display:block;padding:0 14px 0 10px;border-left:3px solid transparent}.diff .d{background:var(--shu-soft);border-color:var(--shu-fill)}.diff .a{background:var(--ai-soft);border-color:var(--ai)}.diff .c{color:var(--ink-3)}
details{margin-top:16px}summary{cursor:pointer;color:var(--ai);font-size:13px}summary:focus-visible{outline:2px solid var(--ai);outline-offset:2px}
.pictures{margin-top:12px;display:grid;gap:16px}.scroll{overflow-x:auto}
.wl{columns:11em;column-gap:20px}.iso{width:100%;max-width:720px;height:auto}.graph{width:100%;min-width:640px;height:auto}
table.all{width:100%;border-collapse:collapse;font-size:13px;margin-top:8px}.all th{text-align:left;font-weight:400;color:var(--ink-3);font-size:12px;padding:6px 10px 6px 0}.all td{border-top:1px solid var(--line);padding:7px 10px 7px 0;vertical-align:middle}
.w-holds{stroke:var(--wall)}.w-absent{stroke:var(--line-strong)}.w-weakened{stroke:var(--ki-fill)}.w-open{stroke:var(--shu-fill)}.w-unknown{stroke:var(--ink-3)}
.f-open{fill:var(--shu-fill)}.f-holds{fill:var(--wall)}
.iso text,.graph text{fill:var(--ink);font:500 13px var(--sans)}.iso .sub,.graph .s{fill:var(--ink-2);font-weight:400;font-size:12px}.iso .m,.graph .m{font-family:var(--mono);font-size:12px}
.iso .who{font-size:16px}.iso .t-open{fill:var(--shu)}.iso .t-weakened{fill:var(--ki)}
.iso .field{fill:var(--field)}.iso .yard{fill:var(--paper)}.iso .room{fill:var(--surface)}.iso .tower{fill:var(--wall)}.iso .breach{fill:var(--shu-soft)}
.iso .plate{fill:var(--surface);stroke:var(--line-strong)}.iso .plate.open{stroke:var(--shu-fill);stroke-width:1.5}.iso .plate.weakened{stroke:var(--ki-fill);stroke-width:1.5}
.iso .road-open{fill:var(--shu-fill)}.iso .road-weakened{fill:var(--ki-fill)}
.graph .hd{fill:var(--ink-3);font-size:12px;font-weight:400}.graph .e{fill:none;stroke:var(--shu-fill);stroke-width:1.6}
.graph .n rect{fill:var(--surface);stroke:var(--shu-fill);stroke-width:1.3}.graph .goal rect{fill:var(--shu-soft)}
@media (max-width:760px){.doc{padding:20px 16px 48px}.doc>header{flex-wrap:wrap}.doc>header .push{margin-left:0;text-align:left;flex-basis:100%}h1,:lang(ja) h1{font-size:24px}.sum{grid-template-columns:1fr 1fr}.cols{grid-template-columns:minmax(0,1fr)}.hd{grid-template-columns:72px minmax(0,1fr);gap:14px}.hd>.plan{width:72px;height:72px}.hide-m,.scroll{display:none}}
@media (forced-colors:active){.w-open,.f-open{stroke:Highlight;fill:Highlight}}
@media print{:root,:root:lang(ja),:root:not([data-theme="light"]),:root[data-theme="dark"]{color-scheme:light;${LIGHT};--paper:#fff}.doc{padding:0;max-width:none}.hd,.cols,.diff,.pt>li,.all tr{break-inside:avoid}summary{list-style:none;color:var(--ink)}}
`;
