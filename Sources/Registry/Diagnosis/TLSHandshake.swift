import FoundationEssentials
import NIOCore
import NIOPosix
import NIOSSL

/// What a TLS connection agreed upon, which the HTTP client does not tell.
struct TLSHandshake {
    /// The version, such as `TLS 1.3`.
    let version: String
    /// When the server's certificate expires.
    let expires: Date?

    /// Connects once more, sends a request that holds nothing, and looks at the connection.
    ///
    /// The certificate is not checked here: that was done when the registry was asked, and nothing secret is sent.
    ///
    /// - Parameter url: the address to connect to.
    /// - Returns: what was agreed; nil where no such connection came about, as behind a proxy.
    static func measure(_ url: URL) async -> TLSHandshake? {
        guard let host = url.host(), let port = url.effectivePort else { return nil }
        let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        // Addresses are no names that a certificate is asked for by.
        let isAddress = name.contains(":") || name.utf8.allSatisfy { $0 == 0x2E || ($0 >= 0x30 && $0 <= 0x39) }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.certificateVerification = .none
        configuration.applicationProtocols = ["http/1.1"]
        guard let context = try? NIOSSLContext(configuration: configuration) else { return nil }
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(5))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : name)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        guard let channel = try? await bootstrap.connect(host: name, port: port).get() else { return nil }
        // Kept open: a connection that is closed tells nothing any more.
        let request = "HEAD /v2/ HTTP/1.1\r\nHost: \(url.authority)\r\n\r\n"
        // What is written goes out only when the handshake is done.
        let deadline = channel.eventLoop.scheduleTask(in: .seconds(5)) { channel.close(promise: nil) }
        defer {
            deadline.cancel()
            channel.close(promise: nil)
        }
        guard (try? await channel.writeAndFlush(ByteBuffer(string: request)).get()) != nil,
            let version = try? await channel.nioSSL_tlsVersion().get()
        else { return nil }
        let certificate = try? await channel.nioSSL_peerCertificate().get()
        let expires = certificate.map { Date(timeIntervalSince1970: TimeInterval($0.notValidAfter)) }
        return TLSHandshake(version: Self.words(version), expires: expires)
    }

    private static func words(_ version: TLSVersion) -> String {
        switch version {
        case .tlsv1: "TLS 1.0"
        case .tlsv11: "TLS 1.1"
        case .tlsv12: "TLS 1.2"
        case .tlsv13: "TLS 1.3"
        }
    }
}
