/// Lines of columns, each column as wide as its widest cell; the last one runs free.
struct Table {
    /// A cell: its text, and how the text is painted once it has its width.
    struct Cell {
        let text: String
        var paint: (String) -> String = { $0 }
    }

    private var rows: [[Cell]] = []
    let indent: String

    init(indent: String = "") {
        self.indent = indent
    }

    mutating func add(_ cells: [Cell]) {
        rows.append(cells)
    }

    /// The lines, without white space at their ends.
    var lines: [String] {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.filter { $0.count > column + 1 }.map { $0[column].text.count }.max() ?? 0
        }
        return rows.map { row in
            var line = indent
            for (column, cell) in row.enumerated() {
                let isLast = column == row.count - 1
                let padding = isLast ? "" : String(repeating: " ", count: widths[column] - cell.text.count + 2)
                line += cell.paint(cell.text) + padding
            }
            return String(line.reversed().drop { $0 == " " }.reversed())
        }
    }
}
