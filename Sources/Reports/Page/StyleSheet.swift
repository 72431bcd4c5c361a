/// How a page looks: one column of text width for reading, figures as wide as there is room, two schemes of colours
/// that differ in lightness as well as in hue, so that they can be told apart without seeing colours and on grey paper.
enum StyleSheet {
    static let text: StaticString = """

        :root {
          --page: #fbfbfa; --card: #fff; --ink: #1b1f24; --dim: #626b76; --rule: #dfe2e6; --faint: #eef0f2;
          --blue: #2a6db0; --orange: #c9510c; --teal: #0b7f76; --violet: #7a52b3; --grey: #8a929c; --fault: #f6d9c6;
          --good: #17703f; --good-back: #e5f4ea; --bad: #b3261e; --bad-back: #fbe9e7; --plain-back: #e9f0f8;
          --warn: #fff4e0; --warn-edge: #d99a2b; color-scheme: light dark;
        }
        @media screen and (prefers-color-scheme: dark) {
          :root {
            --page: #121518; --card: #191d21; --ink: #e3e7eb; --dim: #98a2ad; --rule: #2f363d; --faint: #23292f;
            --blue: #6fb0f0; --orange: #f5955a; --teal: #4fc4b8; --violet: #b79be8; --grey: #7d8791; --fault: #4a2f20;
            --good: #6cc790; --good-back: #16291e; --bad: #f2887e; --bad-back: #331b19; --plain-back: #182635;
            --warn: #2c2413; --warn-edge: #a87a24;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--page); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI",
          Roboto, "Helvetica Neue", Arial, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
        }
        header, main, footer { max-width: 70rem; margin: 0 auto; padding: 0 1.5rem; }
        header { padding-top: 2.5rem; }
        footer { color: var(--dim); font-size: .8rem; padding-top: .5rem; padding-bottom: 2.5rem; }
        h1 { font-size: 2rem; font-weight: 650; line-height: 1.2; letter-spacing: -.015em; margin: 0; }
        h2 { font-size: 1.05rem; font-weight: 650; margin: 0 0 .75rem; }
        h3 { font-size: .95rem; font-weight: 600; margin: 0 0 .25rem; }
        p, ul { margin: 0 0 .75rem; }
        .kicker { color: var(--dim); margin: 0 0 .25rem; font-size: .85rem; }
        .version { color: var(--dim); font-weight: 400; }
        .verdict {
          display: inline-block; margin: 1rem 0 .25rem; padding: .35rem .75rem; border-radius: 6px;
          background: var(--plain-back);
        }
        .verdict.promoted { background: var(--good-back); }
        .verdict.promoted strong { color: var(--good); }
        .verdict.rejected { background: var(--bad-back); }
        .verdict.rejected strong { color: var(--bad); }
        section { border-top: 1px solid var(--rule); padding: 1.5rem 0 1rem; }
        section > ul { padding-left: 1.1rem; max-width: 48rem; }
        section.warnings {
          border: 0; border-left: 4px solid var(--warn-edge); background: var(--warn); padding: .75rem 1rem;
          margin: 1rem 0 1.5rem; border-radius: 0 6px 6px 0;
        }
        .warnings ul { margin: 0; max-width: none; padding: 0; list-style: none; font-weight: 500; }
        .warnings li + li { margin-top: .4rem; }
        .split { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); gap: 0 3rem; }
        .pair { display: flex; flex-wrap: wrap; gap: 1rem 4rem; align-items: flex-start; }
        dl { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 1rem 0 1.25rem; }
        dt { color: var(--dim); font-size: .8rem; }
        dd { margin: 0; }

        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; font-size: .9rem; overflow-wrap: break-word; }
        caption, figcaption, .caption { color: var(--dim); font-size: .85rem; line-height: 1.45; }
        caption { text-align: left; padding-bottom: .35rem; }
        th, td {
          text-align: left; font-weight: 400; vertical-align: baseline; padding: .25rem 1.25rem .25rem 0;
          border-bottom: 1px solid var(--faint);
        }
        thead th { color: var(--dim); font-size: .8rem; border-bottom-color: var(--rule); white-space: nowrap; }
        .n { text-align: right; }
        td.n, td.good, td.bad { white-space: nowrap; }
        .best { font-weight: 650; }
        .dim { color: var(--dim); }
        .good { color: var(--good); }
        .bad { color: var(--bad); }
        abbr { text-decoration: none; }
        small { display: block; font-size: .78rem; font-weight: 400; line-height: 1.2; }
        code {
          display: block; min-width: 18rem; overflow-wrap: anywhere;
          font: .82rem/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
        }

        .figures { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1.25rem; }
        figure {
          margin: 0; min-width: 0; padding: 1rem 1.1rem; background: var(--card); border: 1px solid var(--rule);
          border-radius: 8px;
        }
        figure.wide { grid-column: 1 / -1; }
        figcaption { margin-top: .25rem; max-width: 48rem; }
        .legend {
          display: flex; flex-wrap: wrap; gap: .15rem 1.1rem; list-style: none; margin: 0 0 .4rem; padding: 0;
          font-size: .8rem; color: var(--dim);
        }
        .key { width: 22px; height: 12px; margin-right: .4rem; vertical-align: -1px; overflow: visible; }
        .frame { font-size: 12px; }
        .plot { display: block; width: 100%; overflow: visible; }
        svg text { fill: var(--dim); font-size: 12px; }
        svg text.y, svg text.end { text-anchor: end; }
        svg text.x { text-anchor: middle; }
        svg text.note { fill: var(--ink); }
        .grid { stroke: var(--rule); }
        .tick { stroke: var(--faint); }
        .line { fill: none; stroke-width: 1.5; stroke-linejoin: round; vector-effect: non-scaling-stroke; }
        .dots { fill: none; stroke-width: 6; stroke-linecap: round; vector-effect: non-scaling-stroke; }
        .actual { stroke: var(--ink); stroke-width: 1.2; }
        .candidate { stroke: var(--blue); }
        .champion { stroke: var(--violet); }
        .anomaly { stroke: var(--orange); }
        .naive { stroke: var(--teal); stroke-dasharray: 5 3; }
        .otherNaive { stroke: var(--grey); stroke-dasharray: 2 3; }
        .limit { stroke: var(--dim); stroke-dasharray: 4 3; stroke-width: 1; }
        .area { stroke: none; }
        .area.candidate { fill: var(--blue); }
        .area.anomaly, .gap { fill: var(--orange); }
        .area.fault { fill: var(--fault); }

        .bars { width: 100%; }
        .bars th, .bars td { border: 0; padding-top: .12rem; padding-bottom: .12rem; }
        .bars td:nth-child(2) { width: 70%; padding-right: .75rem; }
        .bars td:last-child { padding-right: 0; }
        .pair .bars { flex: 1 1 20rem; width: auto; }
        section > .pair .bars { max-width: 32rem; }
        figure .bars caption, details caption { display: none; }
        .bar { display: block; width: 100%; height: 11px; }
        .bar.labels { height: 16px; overflow: visible; }
        .coverage td:nth-child(2) { width: 80%; }
        .coverage .area.candidate { opacity: .55; }
        details { margin-top: .5rem; font-size: .85rem; }
        details .scroll { max-height: 20rem; overflow: auto; margin-top: .5rem; }
        summary { cursor: pointer; color: var(--dim); }
        :focus-visible { outline: 2px solid var(--blue); outline-offset: 2px; }

        @media (max-width: 64rem) {
          .split { grid-template-columns: minmax(0, 1fr); }
          figure:not(.wide) .minor { display: none; }
        }
        @media (max-width: 44rem) {
          .figures { grid-template-columns: minmax(0, 1fr); }
          header, main, footer { padding-left: 1rem; padding-right: 1rem; }
          h1 { font-size: 1.6rem; }
          figure { padding: .8rem; }
          .minor { display: none; }
          .bars td:nth-child(2) { width: 50%; }
        }
        @media print {
          body { font-size: 10pt; background: #fff; }
          header, main, footer { max-width: none; padding-left: 0; padding-right: 0; }
          figure, table, tr, .warnings { break-inside: avoid; }
          figure:not(.wide) .minor { display: none; }
          h2, h3 { break-after: avoid; }
          details { display: none; }
          * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        }

        """
}
