/** The look of a report: light and dark, narrow and wide, on screen and on paper. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#f8f4ea;--surface:#fffdf7;--ink:#1d1a15;--quiet:#5d564a;--line:#dacfba;--strong:#8d8371;--accent:#1f4d3a;--on-accent:#fdfaf3;--bar:#c9b98f;--good:#2a6041;--warn:#7d5200;--bad:#a1261c;--held:#efe6d0}
@media (prefers-color-scheme:dark){:root{--ground:#171512;--surface:#201d19;--ink:#efe8da;--quiet:#b3a998;--line:#3b362e;--strong:#7d7464;--accent:#8fc4a8;--on-accent:#12241b;--bar:#6f634a;--good:#93c9a5;--warn:#e2b65f;--bad:#f2917f;--held:#2a261f}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.55 system-ui,"Helvetica Neue",Arial,sans-serif}
main{max-width:1180px;margin:0 auto;padding:clamp(20px,4vw,56px) clamp(16px,4vw,48px)}
h1,h2,h3{font-family:Georgia,"Times New Roman",serif;font-weight:600;line-height:1.2;margin:0;text-wrap:balance}
h1{font-size:clamp(1.9rem,1.4rem + 2vw,2.9rem)}
h2{font-size:1.55rem;margin:56px 0 6px;padding-top:20px;border-top:1px solid var(--line)}
h3{font-size:1.08rem}
p{margin:.5em 0;max-width:72ch}
.lead{font-size:1.12rem;margin:18px 0 0}
.quiet,figcaption p,.tile small{color:var(--quiet)}
.quiet{font-size:.94rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(215px,1fr));gap:14px;margin:28px 0 8px;padding:0;list-style:none}
.tile{background:var(--surface);border:1px solid var(--line);border-top:3px solid var(--accent);border-radius:3px;padding:16px 18px}
.tile span{display:block;font-size:.9rem;color:var(--quiet)}
.tile b{display:block;font:600 2rem/1.2 Georgia,"Times New Roman",serif;margin:4px 0;font-variant-numeric:tabular-nums}
.tile em{display:block;font-style:normal;font-size:.94rem;margin:0 0 6px}.tile small{display:block;font-size:.86rem;line-height:1.4}
nav ul{display:flex;flex-wrap:wrap;gap:6px 22px;margin:22px 0 0;padding:0;list-style:none;font-size:.94rem}
a{color:var(--accent);text-underline-offset:3px}a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:3px}
.grid{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,430px),1fr));gap:18px;margin-top:18px}
.grid.top{align-items:start}
figure{margin:0;background:var(--surface);border:1px solid var(--line);border-radius:3px;padding:18px 18px 12px;display:flex;flex-direction:column;min-width:0}
.panel{min-width:0}.panel p{margin:4px 0 0}details{margin-top:8px;font-size:.9rem}summary{cursor:pointer;color:var(--quiet);width:max-content}
figcaption p{font-size:.9rem;margin:4px 0 8px}
svg{overflow:visible;display:block;width:100%;height:auto;margin-top:auto;font:12.5px system-ui,"Helvetica Neue",Arial,sans-serif}
svg text{fill:var(--ink)}
svg .tick,svg .axis-title{fill:var(--quiet)}
svg .note{fill:var(--quiet);font-style:italic}
.grid line,line.grid{stroke:var(--line);stroke-width:1}
line.axis{stroke:var(--strong);stroke-width:1}
.line{fill:none;stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round}
.line.actual{stroke:var(--bar);stroke-width:4.5}
.line.expected{stroke:var(--accent)}
.line.even{stroke:var(--strong);stroke-width:1.5;stroke-dasharray:5 5}
.bar.actual{fill:var(--bar)}
.bar.expected{fill:var(--accent)}.bar.soft{fill:var(--accent);fill-opacity:.5}
.dot.expected{fill:var(--accent);stroke:var(--surface);stroke-width:1.5}
line.whisker{stroke:var(--ink);stroke-width:1.2}
.held{fill:var(--held)}
.heat{fill:var(--accent)}
svg .on-heat{fill:var(--on-accent);paint-order:stroke;stroke:var(--accent);stroke-width:3px;stroke-linejoin:round}
.legend{display:flex;flex-wrap:wrap;gap:4px 18px;margin:0 0 8px;padding:0;list-style:none;font-size:.88rem}
.key{display:inline-block;width:18px;height:10px;margin-right:7px;border-radius:2px;vertical-align:baseline}
.key.actual{background:var(--bar)}
.key.expected{background:var(--accent)}
.key.soft{background:var(--accent);opacity:.5}
.key.range{width:0;height:14px;margin:0 14px 0 6px;border-left:2px solid var(--ink);vertical-align:middle}
.key.even{height:0;border-top:2px dashed var(--strong);vertical-align:middle}
.scroll{overflow-x:auto;margin-top:10px}.scroll:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.94rem;font-variant-numeric:tabular-nums;background:var(--surface);border:1px solid var(--line)}
.lists p{margin:0}.lists>div{min-width:0}
th,td{padding:8px 12px;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap;vertical-align:top}
th{font-weight:600;color:var(--quiet);font-size:.88rem;vertical-align:bottom}
th:first-child,td:first-child{text-align:left}
td.words{text-align:left;white-space:normal;min-width:19ch}
th.words{text-align:left}
.grid table{font-size:.9rem}.grid th,.grid td{padding:7px 8px}
tbody tr:last-child td,tbody tr:last-child th{border-bottom:0}thead th{white-space:normal}
tbody th{color:var(--ink);font-size:.94rem;vertical-align:top}
.tag{display:inline-block;width:10px;height:10px;border-radius:50%;margin-right:8px}
.tag.keep{background:var(--good)}.tag.active{background:var(--accent);opacity:.45}.tag.risk{background:var(--warn)}.tag.gone{background:var(--strong)}
.verdict{border-left:3px solid var(--accent);padding:2px 0 2px 16px;margin:16px 0}
.verdict.doubt{border-color:var(--warn)}
dl{display:grid;grid-template-columns:minmax(120px,max-content) 1fr;gap:6px 22px;margin:14px 0}
dt{color:var(--quiet)}dd{margin:0;min-width:0;overflow-wrap:anywhere}
ul.plain{padding-left:1.2em;max-width:74ch}ul.plain li{margin:.35em 0}
footer{margin-top:48px;padding-top:16px;border-top:1px solid var(--line);color:var(--quiet);font-size:.88rem}
@media (max-width:520px){svg{font-size:14.5px}dl{grid-template-columns:1fr}dt{margin-top:8px}th,td{padding:7px 9px}figure{padding:14px 10px 8px}}
@media print{:root{color-scheme:light;--ground:#fff;--surface:#fff;--ink:#000;--quiet:#444;--line:#ccc;--strong:#777;--accent:#1f4d3a;--on-accent:#fff;--bar:#c9b98f;--good:#2a6041;--warn:#7d5200;--bad:#a1261c;--held:#f3eedf}
@page{margin:14mm}body{font-size:10.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}main{padding:0;max-width:none}h2{margin-top:26px}.grid{grid-template-columns:1fr 1fr}.lists,.grid.top{grid-template-columns:1fr}.grid.top figure{max-width:62%}nav,details{display:none}svg{font-size:14.5px}figure,tr,.tile,.verdict,.panel{break-inside:avoid}h2,h3{break-after:avoid}.tiles{grid-template-columns:repeat(4,1fr)}.tile b{font-size:1.4rem}.scroll{overflow:visible}table,.grid table{font-size:9pt}th,tbody th{font-size:inherit}th,td,.grid th,.grid td{padding:3px 7px}.tile{padding:10px 12px}.tile em,.tile small,.tile span{font-size:8.5pt}.lead{font-size:11.5pt}}
`;
