/** The parts of ui/decoy that the other reports do not have. */
export const SESSION_STYLES = `
.decoy{max-width:1240px}.decoy h1{font-size:1.875rem;line-height:1.25;font-weight:600;letter-spacing:-.012em;margin:0}:lang(ja) .decoy h1{letter-spacing:0;font-size:1.625rem;line-height:1.45}
.visit{margin-top:28px}.visit+.visit{border-top:1px solid var(--line);padding-top:28px}.crumb{margin-bottom:14px}
.dg{display:grid;grid-template-columns:minmax(0,1fr) 372px;gap:40px;align-items:start}
.story{max-width:68ch;font-size:16px;line-height:1.65;margin:10px 0 22px}:lang(ja) .story{line-height:1.9;max-width:40em}
.verdict{display:inline-flex;align-items:center;gap:6px;font-weight:500;white-space:nowrap}.shu{color:var(--shu)}.ki{color:var(--ki)}
.tl{position:relative;list-style:none;margin:0;padding:0}.tl>li{display:grid;grid-template-columns:70px 22px minmax(0,1fr);gap:0 12px;padding-bottom:20px;position:relative}
.tl time{font:400 12px/22px var(--mono);color:var(--ink-3);text-align:right}.tl .k{width:22px;height:22px;border-radius:50%;border:1.5px solid var(--line-strong);background:var(--paper);z-index:1}
.tl .k.hot{border-color:var(--shu-fill);background:var(--shu-fill)}.tl .k.warm{border-color:var(--ki-fill);background:linear-gradient(var(--ki-fill) 50%,var(--paper) 50%)}
.tl>li:not(:last-child)::after{content:"";position:absolute;left:92px;top:22px;bottom:0;border-left:1.5px solid var(--line)}
.tl h3{font-size:14px;line-height:22px;font-weight:600;margin:0}.tl p{margin:0}.tl pre{background:var(--sunk);border-radius:6px;padding:9px 12px;margin:7px 0 0;font:400 12px/1.6 var(--mono);white-space:pre-wrap;overflow-wrap:anywhere}
.tl .tag{display:inline-flex;align-items:center;height:20px;padding:0 7px;margin-left:6px;border-radius:3px;border:1px solid var(--line);font-size:12px;font-weight:400;color:var(--ink-2);background:var(--surface);white-space:nowrap}
.tl mark{background:var(--shu-soft);color:var(--shu);font-weight:600;border-radius:2px;padding:1px 3px}
.aside{display:grid;gap:16px;min-width:0}.panel{background:var(--surface);border:1px solid var(--line);border-radius:10px}.pad{padding:20px}.panel h2{font-size:16px;line-height:1.25;font-weight:600;margin:0 0 6px}
.rows{list-style:none;margin:0;padding:0}.rows>li{border-top:1px solid var(--line);padding:8px 0;display:grid;gap:4px 14px;align-items:baseline;font-size:13px}.rows>li:first-child{border-top:0}.rows p{margin:0}
.ind>li{grid-template-columns:84px minmax(0,1fr)}.ind .faint:first-child,.ind code{font-size:12px}.att>li{grid-template-columns:76px minmax(0,1fr)}.att b{font-weight:500}.att code{font-size:12px}
.sep{border-top:1px solid var(--line);padding-top:10px;margin-top:6px}.list>li{grid-template-columns:150px 150px 110px minmax(0,1fr)}.list time{font:400 12px/1.5 var(--mono);color:var(--ink-3)}
.decoy code{font-family:var(--mono);font-size:.93em;overflow-wrap:anywhere}.faint{color:var(--ink-3)}.muted{color:var(--ink-2)}.small{font-size:13px}.tiny{font-size:12px}.foot{margin-top:28px}.link{color:var(--ai);text-decoration:underline;text-underline-offset:3px}
@media(max-width:1100px){.dg{grid-template-columns:minmax(0,1fr)}}
@media(max-width:760px){.tl>li{grid-template-columns:22px minmax(0,1fr)}.tl time{grid-column:2;order:-1;text-align:left;line-height:1.4}.tl .k{grid-row:1/3}.tl>li:not(:last-child)::after{left:10px}.story{font-size:15px}.list>li{grid-template-columns:minmax(0,1fr)}}
@media print{.dg{grid-template-columns:minmax(0,1fr)}.tl>li,.panel{break-inside:avoid}}
`;
