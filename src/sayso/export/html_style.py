"""How the page of `html_page` looks: on a desk, on a phone, in the dark and on paper."""

from __future__ import annotations

STYLE = """\
:root{color-scheme:light dark;--ground:#fff;--ink:#1b1b1b;--soft:#565656;--line:#cfcfca;--link:#1f4e79;
--mark:#fbefc4;--panel:#f5f5f2}
@media (prefers-color-scheme:dark){
:root{--ground:#15171a;--ink:#ececea;--soft:#b4b4b0;--line:#43474b;--link:#9cc7f0;
--mark:#4d4316;--panel:#1f2226}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:780px;padding:1.5rem 1.25rem 3rem;background:var(--ground);color:var(--ink);
font:16px/1.55 system-ui,sans-serif}
h1{font-size:1.7rem;line-height:1.25;margin:0 0 .5rem}h2{font-size:1.45rem;line-height:1.25;margin:0 0 .75rem}
h3{font-size:1.1rem;margin:2rem 0 .5rem}h4{font-size:1rem;margin:1.5rem 0 .25rem}
header p,footer p{color:var(--soft);font-size:.9rem}footer{border-top:1px solid var(--line);margin-top:3rem}
a{color:var(--link)}a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
section{margin-top:2.5rem}section+section{border-top:3px double var(--line);padding-top:2rem}
.alone h2{font-size:1.1rem;margin:2rem 0 .5rem}.alone h3{font-size:1rem;margin:1.5rem 0 .25rem}
.soft{color:var(--soft)}
dl.facts{display:grid;grid-template-columns:9rem 1fr;gap:.25rem 1rem;margin:0}
dl.facts dt{color:var(--soft)}dl.facts dd{margin:0;overflow-wrap:anywhere}
figure{margin:1rem 0;padding:0}figure svg{display:block;width:100%;height:auto}
figcaption{color:var(--soft);font-size:.85rem;margin-top:.4rem}.narrow{display:none}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
ul.said{list-style:none;margin:0;padding:0}
ul.said>li{padding:.6rem 0 .7rem;border-bottom:1px solid var(--line);break-inside:avoid}
blockquote{margin:.3rem 0;padding:.1rem 0 .1rem .9rem;border-left:3px solid var(--line);overflow-wrap:anywhere}
mark{background:var(--mark);color:inherit;font-weight:600;padding:0 .12em}
.about{color:var(--soft);font-size:.86rem;overflow-wrap:anywhere}.figure{font-weight:600}
code{font:.85em ui-monospace,monospace;overflow-wrap:anywhere}
.tag{border:1px solid currentColor;border-radius:3px;padding:0 .35em;font-size:.8rem}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--panel);padding:1rem;font:inherit}
@media (max-width:560px){body{padding:1rem .9rem 2rem}.wide{display:none}.narrow{display:block}
dl.facts{grid-template-columns:1fr;gap:0}dl.facts dd{margin:0 0 .5rem}}
@media print{:root{--ground:#fff;--ink:#000;--soft:#333;--line:#999;--link:#000;--mark:#e8e8e8}
body{max-width:none;padding:0;font-size:10.5pt}figure,table,dl.facts,.tolls{break-inside:avoid}h2,h3,h4{break-after:avoid;break-inside:avoid}
nav+section,section+section{break-before:page;border:0}.wide{display:block}.narrow{display:none}mark{text-decoration:underline}
a{text-decoration:none}
a.page::after{content:" <" attr(href) ">";font-size:.8em;overflow-wrap:anywhere}}
"""
