/// How a report looks: by day, by night, on paper, on a telephone.
enum ReportStyle {
    static let css = """
        :root {
          --ink: #1b1f24; --muted: #57606a; --paper: #fdfdfb; --line: #d5d9de; --track: #eceef1;
          --first: #1f5f8b; --second: #d98e32; --stripe: #a85f10;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --ink: #e7eaee; --muted: #a4adb8; --paper: #14171b; --line: #3a4149; --track: #252a31;
            --first: #6cb2e0; --second: #e0a458; --stripe: #9c6318;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--paper); color: var(--ink); overflow-wrap: break-word;
          font: 1rem/1.55 system-ui, "Segoe UI", "Helvetica Neue", "DejaVu Sans", Arial, sans-serif;
        }
        .defs { position: absolute; }
        main { max-width: 70rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
        h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem; }
        h2 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .6rem; }
        p { max-width: 44rem; margin: .5rem 0; }
        .subtitle { color: var(--muted); }
        .highlights {
          display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 1px; margin: 1.5rem 1px 0;
        }
        .highlights div { display: flex; flex-direction: column-reverse; justify-content: flex-end; padding: .8rem 1rem;
          box-shadow: 0 0 0 1px var(--line); }
        .highlights dt { color: var(--muted); font-size: .875rem; line-height: 1.35; }
        .highlights dd { margin: 0; font-size: 1.6rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
        section { margin-top: 2.2rem; padding-top: 1.5rem; border-top: 1px solid var(--line); }
        .block { display: grid; gap: 1.5rem 2.5rem; margin-top: 1.2rem; }
        figure { margin: 0; min-width: 0; }
        figcaption, caption { text-align: left; font-weight: 600; margin: 0; padding: 0 0 .5rem; font-size: 1rem; }
        .legend { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: 0 0 .6rem; font-size: .875rem; }
        .legend span { display: inline-flex; align-items: center; gap: .45rem; }
        .bars { display: grid; grid-template-columns: minmax(6rem, 13rem) minmax(5rem, 1fr) auto; gap: .45rem .8rem;
          align-items: center; font-size: .9rem; line-height: 1.3; }
        .bar svg { display: block; width: 100%; height: 1.1rem; }
        .value { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
        .first { fill: var(--first); }
        .second { fill: var(--second); }
        .stripe { fill: var(--stripe); }
        .track { fill: var(--track); }
        .scroll { overflow-x: auto; min-width: 0; }
        .scroll:focus-visible { outline: 2px solid var(--first); outline-offset: 3px; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.35; }
        th, td { padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
        thead th { color: var(--muted); font-weight: 500; vertical-align: bottom; }
        tbody th { font-weight: 400; }
        th { text-align: left; }
        td, thead th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; padding-left: .6rem; }
        th:last-child, td:last-child { padding-right: 0; }
        tfoot th, tfoot td { font-weight: 600; border-bottom: 0; }
        footer { margin-top: 2.5rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--muted);
          font-size: .875rem; }
        @media (min-width: 60rem) {
          .block { grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); align-items: start; }
          .alone { grid-template-columns: minmax(0, 1fr); }
        }
        @media (max-width: 30rem) {
          .bars { grid-template-columns: minmax(0, 1fr) auto; gap: .1rem .8rem; }
          .bars .label { grid-column: 1 / -1; margin-top: .45rem; }
        }
        @media print {
          :root { --ink: #000; --muted: #333; --paper: #fff; --line: #999; --track: #eee; --first: #1f5f8b;
            --second: #d98e32; --stripe: #a85f10; }
          body { font-size: 10pt; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
          main { max-width: none; padding: 0; }
          h2 { break-after: avoid; }
          figure, tr, .highlights div { break-inside: avoid; }
          thead { display: table-header-group; }
          .scroll { overflow: visible; }
        }
        """
}
