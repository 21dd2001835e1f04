import OCI
import Registry

/// What a registry supports, as people read it: a table by area, then what it means.
struct DoctorText {
    let style: Style

    /// How wide a line may be.
    private static let width = 80
    private static let indent = "  "

    func render(_ diagnosis: RegistryDiagnosis) -> String {
        var lines = [style.strong("\(diagnosis.repository.registry), measured with \(diagnosis.repository.path)")]
        if diagnosis.isReadOnly { lines.append(style.faint("nothing was written")) }
        lines += table(diagnosis)
        lines += list("what this means for tagboat", diagnosis.consequences)
        lines += list("what remains", diagnosis.remains, isWrapped: false)
        return lines.joined(separator: "\n") + "\n"
    }

    private func table(_ diagnosis: RegistryDiagnosis) -> [String] {
        let features = RegistryFeature.allCases
        let titleWidth = features.map(\.title.count).max() ?? 0
        let verdictWidth = RegistryDiagnosis.Verdict.allCases.map(\.rawValue.count).max() ?? 0
        let room = Self.width - Self.indent.count - titleWidth - verdictWidth - 4
        return RegistryFeature.Area.allCases.flatMap { area in
            var lines = ["", area.rawValue]
            for feature in features where feature.area == area {
                let finding = diagnosis[feature]
                let details = Self.wrapped(finding.detail, to: room)
                for (index, detail) in details.enumerated() {
                    let title = Self.padded(index == 0 ? feature.title : "", to: titleWidth)
                    let verdict = Self.padded(index == 0 ? finding.verdict.rawValue : "", to: verdictWidth)
                    lines.append("\(Self.indent)\(title)  \(paint(finding.verdict)(verdict))  \(detail)")
                }
            }
            return lines
        }
    }

    private func list(_ heading: String, _ sentences: [String], isWrapped: Bool = true) -> [String] {
        guard !sentences.isEmpty else { return [] }
        let items = sentences.flatMap { sentence in
            let lines = isWrapped ? Self.wrapped(sentence, to: Self.width - 4) : [sentence]
            return lines.enumerated().map { ($0.offset == 0 ? "  - " : "    ") + $0.element }
        }
        return ["", heading] + items
    }

    private func paint(_ verdict: RegistryDiagnosis.Verdict) -> (String) -> String {
        switch verdict {
        case .yes: style.good
        case .no, .partly: style.notable
        case .notAllowed: style.bad
        case .unknown: style.faint
        }
    }

    private static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// Breaks a text at spaces; a word that is too long stands alone.
    static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.isEmpty ? [""] : lines
    }
}
