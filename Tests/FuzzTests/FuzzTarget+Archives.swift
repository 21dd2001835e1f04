import OCI
import Synchronization

@testable import Dockerfile
@testable import Registry

extension FuzzTarget {
    static let tarHeader = FuzzTarget(name: "tar-header", count: 4_000) { input in
        let name = input.memberName()
        let original = TarHeader(name: name, kind: .file, size: Int64(input.below(1 << 30)))
        var block = original.block
        let isWhole = !input.isDamaged()
        if !isWhole {
            block = input.damaged(block)
            if input.oneIn(2) { FuzzInput.putChecksum(&block) }
        }
        input.shown = block
        do throws(TarError) {
            let header = try TarHeader(parsing: block)
            if isWhole, !header.name.hasSuffix("/"), header != original { return "it is \(header)" }
            return header.size >= 0 && block.count == 512 ? nil : "it is accepted"
        } catch {
            return isWhole ? "it is refused: \(error)" : FuzzInput.isOneLine(error.description) ? nil : "\(error)"
        }
    }

    static let paxRecords = FuzzTarget(name: "pax-records", count: 15_000) { input in
        var wanted: [String: String] = [:]
        var whole: [UInt8] = []
        for _ in 0...input.below(2) {
            let key = input.pick(["path", "linkpath", "size", "mtime", "GNU.sparse.major"])
            let value = key == "size" ? input.word(.digits, upTo: 20) : input.memberName()
            whole += PaxRecords.record(key, value)
            if key != "mtime" { wanted[key] = value }
        }
        input.shown = input.isDamaged() ? input.damaged(whole) : whole
        do throws(TarError) {
            let records = try PaxRecords(parsing: input.shown)
            if input.shown == whole, records.values != wanted { return "it is \(records.values)" }
            let size = try records.size()
            return size.map { $0 >= 0 } ?? true ? nil : "the size is negative"
        } catch {
            return FuzzInput.isOneLine(error.description) && error.description.utf8.count < 1000
                ? nil : "the error is \(error.description.debugDescription)"
        }
    }

    static let tarIndex = FuzzTarget(name: "tar-index", count: 1_500) { input in
        var archive = input.archive()
        if input.isDamaged() { archive = input.damaged(archive) }
        input.shown = archive
        let content = MeteredContent(archive)
        let limits = TarIndex.Limits(headers: 64, headerBytes: 4096)
        do {
            let index = try TarIndex(reading: content, limits: limits)
            guard index.members.count <= limits.headers else { return "there are \(index.members.count) members" }
            guard index.members.keys.reduce(0, { $0 + $1.utf8.count }) <= limits.headerBytes else {
                return "the names are too long"
            }
            for (name, member) in index.members {
                guard FuzzInput.staysInside(name) else { return "\(name.debugDescription) leads out of the archive" }
                switch member {
                case .file(let offset, let size):
                    guard offset >= 512, size >= 0, offset + size <= Int64(archive.count) else {
                        return "\(name) lies at \(offset), \(size) bytes long"
                    }
                case .link(let target):
                    guard FuzzInput.staysInside(target) else {
                        return "the link \(name) leads to \(target.debugDescription)"
                    }
                case .directory, .special: break
                }
                // It must come to an end, whatever links there are.
                if let found = (try? index.file(name)) ?? nil, found.offset + found.size > Int64(archive.count) {
                    return "\(name) lies beyond the end"
                }
            }
        } catch let error as TarError {
            guard FuzzInput.isOneLine(error.description), error.description.utf8.count < 2000 else {
                return "the error is \(error.description.debugDescription)"
            }
        } catch {
            return "\(error)"
        }
        return content.largest.withLock { $0 } <= 1 << 20 ? nil : "more than 1 MiB was asked for at once"
    }

    static let dockerfile = FuzzTarget(name: "dockerfile", count: 2_000) { input in
        let isWindows = input.oneIn(4)
        let escape = isWindows ? "`" : "\\"
        var lines = isWindows ? ["# escape=`"] : []
        if input.oneIn(2) { lines.append("ARG V=\(input.word(.tag, upTo: 5))") }
        var stages = 0
        for _ in 0...input.below(2) {
            stages += 1
            lines.append(
                "FROM \(input.oneIn(3) ? "--platform=linux/arm64 " : "")\(input.pick(["alpine:${V:-3}", "scratch", "a/b@sha256:00"])) AS s\(stages)"
            )
            lines.append(
                input.pick([
                    "RUN echo \(escape)\n  # comment\n  x", "COPY <<EOF /x\n$A\nEOF", "RUN [\"a\", \"b\"]",
                    "LABEL a=\"b c\"",
                ])
            )
        }
        let whole = lines.joined(separator: input.pick(["\n", "\r\n"]))
        let text = input.kept(whole)
        do throws(DockerfileError) {
            let file = try Dockerfile(parsing: input.shown, path: "Dockerfile")
            let count = input.shown.count { $0 == 0x0A } + 1
            guard file.instructions.allSatisfy({ $0.lines.lowerBound >= 1 && $0.lines.upperBound <= count }) else {
                return "an instruction lies beyond the last line"
            }
            let stageCount = file.instructions.count { $0.keyword == "FROM" }
            return file.stages.count == stageCount && (text != whole || stageCount == stages)
                ? nil : "there are \(stageCount) stages"
        } catch {
            return text == whole
                ? "it is refused: \(error)"
                : FuzzInput.isOneLine(error.description) ? nil : "the error is \(error.description.debugDescription)"
        }
    }
}

/// Bytes in memory that tell how many of them were asked for at once.
private final class MeteredContent: RandomAccessContent {
    let largest = Mutex(0)
    private let content: MemoryContent

    init(_ bytes: [UInt8]) { content = MemoryContent(bytes) }

    var size: Int64 { content.size }

    func read(at offset: Int64, count: Int) -> [UInt8] {
        largest.withLock { $0 = max($0, count) }
        return content.read(at: offset, count: count)
    }
}

extension FuzzInput {
    /// Whether a member's name, or a link's target, is one below the archive's top.
    static func staysInside(_ name: String) -> Bool {
        !name.utf8.starts(with: "/".utf8)
            && name.utf8.split(separator: 0x2F).allSatisfy {
                !$0.elementsEqual("..".utf8) && !$0.elementsEqual(".".utf8)
            }
    }

    mutating func memberName() -> String {
        if oneIn(6) {
            return pick(["../x", "/etc/passwd", "a/../../x", "a/./b", "./", "..", "a//b", "a/..", "\u{1B}[31m"])
        }
        return word(.lower, upTo: 6) + (oneIn(3) ? "/" + word(.lower, upTo: 6) : "")
    }

    /// An archive of a few members of every kind, with links among them.
    mutating func archive() -> [UInt8] {
        var bytes: [UInt8] = []
        var names: [String] = ["a"]
        for _ in 0...below(4) {
            let name = oneIn(3) ? pick(names) : memberName()
            names.append(name)
            let target = oneIn(2) ? pick(names) : memberName()
            if oneIn(5) { bytes += member("pax", "x", PaxRecords.record(pick(["path", "linkpath"]), memberName())) }
            if oneIn(12) {
                bytes += member(
                    "pax",
                    "x",
                    PaxRecords.record("size", pick(["0", "3", "9223372036854775807", "x\u{1B}[2J"]))
                )
            }
            if oneIn(12) { bytes += member("././@LongLink", pick(["L", "K"]), Array(memberName().utf8) + [0]) }
            switch below(8) {
            case 0: bytes += member(name, "2", link: target)
            case 1: bytes += member(name, "1", link: target)
            case 2: bytes += member(name + "/", "5")
            case 3: bytes += member(name, pick(["3", "6", "S", "g", "V"]))
            case 4: bytes += member(name, "0", Array("abc".utf8), size: pick(["77777777777", "00000002000"]))
            default: bytes += member(name, "0", Array(word(.text, upTo: oneIn(3) ? 700 : 20).utf8))
            }
        }
        return oneIn(6) ? bytes : bytes + [UInt8](repeating: 0, count: 1024)
    }

    private func member(_ name: String, _ type: String, _ content: [UInt8] = [], link: String = "", size: String? = nil)
        -> [UInt8]
    {
        var block = TarHeader(name: name, kind: .file, size: Int64(content.count)).block
        block[156] = Array(type.utf8)[0]
        if let size { block.replaceSubrange(124..<135, with: size.utf8) }
        let target = Array(link.utf8.prefix(99))
        block.replaceSubrange(157..<(157 + target.count), with: target)
        Self.putChecksum(&block)
        return block + content + [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    static func putChecksum(_ block: inout [UInt8]) {
        guard block.count >= 156 else { return }
        block.replaceSubrange(148..<156, with: "        ".utf8)
        let digits = String(block.prefix(512).reduce(0) { $0 + Int($1) }, radix: 8)
        block.replaceSubrange(148..<154, with: (String(repeating: "0", count: 6 - digits.utf8.count) + digits).utf8)
        block[154] = 0
    }
}
