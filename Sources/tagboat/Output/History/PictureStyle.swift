/// How a history's picture looks: its colours for light and dark surroundings, and its fonts.
enum PictureStyle {
    /// How many colours there are for the widest lines.
    static let colours = 6

    private static let light = """
        --paper:#ffffff;--ink:#1b2530;--soft:#5b6875;--rule:#d9dfe6;--band:#fff1dc;--accent:#a34a00;--bad:#b3261e;\
        --f0:#cfe2ff;--s0:#7ea9e8;--f1:#cdeed3;--s1:#74b884;--f2:#e6d8fb;--s2:#ab8bdc;--f3:#ffe0c4;--s3:#dd9a55;\
        --f4:#ffd7df;--s4:#dd8799;--f5:#c9ecee;--s5:#66b0b6;
        """
    private static let dark = """
        --paper:#11161c;--ink:#e8eef4;--soft:#9aa8b6;--rule:#2b3540;--band:#33240f;--accent:#ffb86b;--bad:#ff8a80;\
        --f0:#1c3f6e;--s0:#4a80c9;--f1:#1d4a2c;--s1:#4a935f;--f2:#45306a;--s2:#8463bd;--f3:#5c3a14;--s3:#b57731;\
        --f4:#632736;--s4:#b85a70;--f5:#134a51;--s5:#3f8f97;
        """

    /// The style sheet; every rule is for the picture alone, also where it stands in a page.
    static let sheet: String = {
        var lines = [
            ".tagboat-history{\(light)}",
            "@media (prefers-color-scheme:dark){.tagboat-history{\(dark)}}",
            "@media print{.tagboat-history{\(light)}}",
            ".tagboat-history text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:var(--ink)}",
            ".tagboat-history .name{font:600 16px system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}",
            ".tagboat-history .word{font:12px system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif;fill:var(--soft)}",
            ".tagboat-history .tag{font-weight:700;text-anchor:end}",
            ".tagboat-history .version{font-weight:600}",
            ".tagboat-history .date{font-size:10px;fill:var(--soft)}",
            ".tagboat-history .late,.tagboat-history .late text{fill:var(--accent)}",
            ".tagboat-history .wrong{fill:var(--bad);font-weight:600}",
            ".tagboat-history .paper{fill:var(--paper);stroke:var(--rule)}",
            ".tagboat-history .rule{stroke:var(--rule);fill:none}",
            ".tagboat-history .band{fill:var(--band)}",
            ".tagboat-history .stay{fill:var(--paper);stroke:var(--accent);stroke-width:1.5}",
            ".tagboat-history .check{fill:none;stroke:var(--s1);stroke-width:2;stroke-linecap:round;stroke-linejoin:round}",
            ".tagboat-history .hatch{stroke:var(--bad);stroke-width:1.5;stroke-opacity:.55}",
        ]
        for colour in 0..<colours {
            lines.append(".tagboat-history .c\(colour){fill:var(--f\(colour));stroke:var(--s\(colour))}")
        }
        return lines.joined(separator: "\n")
    }()
}
