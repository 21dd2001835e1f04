import SystemPackage
import TestSupport

/// The place that the pages download tagboat from: what it gives starts the program under test.
enum ReleaseDownloads {
    /// Runs a body while the downloads are served.
    static func serving<Value: Sendable>(_ body: (_ address: String) async throws -> Value) async throws -> Value {
        try await withTemporaryDirectory { folder in
            try folder.write(
                "tagboat/bin/tagboat",
                "#!/bin/sh\nexec '\(Program.path)' \"$@\"\n",
                permissions: [.ownerReadWriteExecute, .groupReadExecute, .otherReadExecute]
            )
            try await run("tar", ["-czf", "tagboat.tar.gz", "tagboat"], in: folder).requireSuccess()
            let archive = try folder.appending("tagboat.tar.gz").readBytes()
            return try await withTestServer { request in
                guard request.path.hasPrefix("/tagboat/tagboat/releases/download/v"),
                    let name = request.path.split(separator: "/").last, name.hasPrefix("tagboat-"),
                    name.hasSuffix(".tar.gz")
                else { return TestResponse(404) }
                return TestResponse(200, body: archive)
            } _: { server in
                try await body(server.address)
            }
        }
    }
}
