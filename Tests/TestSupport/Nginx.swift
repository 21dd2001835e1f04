import NIOCore
import NIOPosix
import Subprocess
package import SystemPackage

/// A real nginx before a registry: it ends TLS, offers HTTP/2, and may limit the size of requests.
package struct Nginx: Sendable {
    /// The host and port, as in `127.0.0.1:43210`.
    package let address: String
    /// The certificate that a client must trust.
    package let certificateAuthority: FilePath
    /// The requests it answered so far, a line each: `METHOD PATH PROTOCOL STATUS`.
    package let accessLog: FilePath
}

/// Runs a body with an nginx before a registry; it is stopped afterwards.
///
/// - Parameters:
///   - registry: the registry, without TLS of its own.
///   - bodyLimit: the longest request that it lets through, as nginx writes sizes; `0` means any.
///   - body: what needs it.
/// - Returns: what the body returns.
/// - Throws: what the body throws, or the failure to start it.
package func withNginx<Value: Sendable>(
    before registry: DockerRegistry,
    bodyLimit: String = "0",
    _ body: (_ nginx: Nginx) async throws -> Value
) async throws -> Value {
    try await withTemporaryDirectory { folder in
        let authority = try await CertificateAuthority(name: "Test Authority", in: folder)
        let leaf = try await authority.issueLoopbackCertificate()
        return try await withNginx(in: folder, authority, leaf, bodyLimit, "", "http://\(registry.address)", body)
    }
}

/// Runs a body with an nginx that serves several hosts, each by a server of its own; it is stopped afterwards.
///
/// - Parameters:
///   - servers: the addresses of the servers, without TLS, by the names of the hosts.
///   - body: what needs it.
/// - Returns: what the body returns.
/// - Throws: what the body throws, or the failure to start it.
package func withNginx<Value: Sendable>(
    hosts servers: [String: String],
    _ body: (_ nginx: Nginx) async throws -> Value
) async throws -> Value {
    try await withTemporaryDirectory { folder in
        let authority = try await CertificateAuthority(name: "Test Authority", in: folder)
        let hosts = servers.keys.sorted()
        let leaf = try await authority.issueCertificate(for: hosts)
        let routes = hosts.map { "\($0) \(servers[$0] ?? "");" }.joined(separator: " ")
        let maps = """
            map_hash_bucket_size 256;
            map $host $server { \(routes) }
            # A server that does not know of the TLS before it names itself by http.
            map $upstream_http_www_authenticate $challenge {
                '~^(?<front>.*realm=")http://(?<rest>.*)$' '${front}https://$rest';
                default $upstream_http_www_authenticate;
            }
            """
        return try await withNginx(in: folder, authority, leaf, "0", maps, "http://$server", body)
    }
}

/// Runs a body with an nginx that passes on to a server, which may be a variable of the maps.
private func withNginx<Value: Sendable>(
    in folder: FilePath,
    _ authority: CertificateAuthority,
    _ leaf: CertifiedKey,
    _ bodyLimit: String,
    _ maps: String,
    _ server: String,
    _ body: (_ nginx: Nginx) async throws -> Value
) async throws -> Value {
    let log = folder.appending("access.log")
    let rewriting =
        maps.isEmpty
        ? ""
        : """
        proxy_redirect http:// https://;
        proxy_hide_header WWW-Authenticate;
        add_header WWW-Authenticate $challenge always;
        """
    for _ in 0..<5 {
        // nginx does not tell which port the kernel would choose, so a free one is found first.
        let port = try await freePort()
        let configuration = try folder.write(
            "nginx.conf",
            """
            daemon off;
            pid \(folder)/nginx.pid;
            worker_processes 1;
            events { worker_connections 512; }
            http {
                \(maps)
                log_format short '$request_method $uri $server_protocol $status';
                access_log \(log) short;
                client_body_temp_path \(folder)/body;
                proxy_temp_path \(folder)/proxy;
                fastcgi_temp_path \(folder)/fastcgi;
                uwsgi_temp_path \(folder)/uwsgi;
                scgi_temp_path \(folder)/scgi;
                client_max_body_size \(bodyLimit);
                server {
                    listen 127.0.0.1:\(port) ssl http2;
                    ssl_certificate \(leaf.certificate);
                    ssl_certificate_key \(leaf.key);
                    location / {
                        proxy_pass \(server);
                        proxy_http_version 1.1;
                        proxy_request_buffering off;
                        proxy_set_header Host $http_host;
                        proxy_set_header X-Forwarded-Proto https;
                        \(rewriting)
                    }
                }
            }
            """
        )
        let nginx = Nginx(
            address: "127.0.0.1:\(port)",
            certificateAuthority: authority.root.certificate,
            accessLog: log
        )
        if let value = try await serve(configuration, folder, port, { try await body(nginx) }) { return value }
    }
    let report = (try? folder.appending("error.log").readText()) ?? ""
    throw DockerRegistryError(reason: "nginx did not start", log: report)
}

/// Runs nginx for the length of a body; nil where it does not listen.
private func serve<Value: Sendable>(
    _ configuration: FilePath,
    _ folder: FilePath,
    _ port: Int,
    _ body: () async throws -> Value
) async throws -> Value? {
    // The other end of the pipe is ours: should this process crash, nginx is killed all the same.
    let launcher = """
        exec 3<&0
        nginx -c "$0" -e "$1" 3<&- </dev/null &
        nginx=$!
        { cat <&3; kill -TERM "$nginx"; } >/dev/null 2>&1 &
        exec 3<&-
        wait "$nginx"
        """
    return try await Subprocess.run(
        .name("sh"),
        arguments: ["-c", launcher, configuration.string, folder.appending("error.log").string],
        platformOptions: .ownSession,
        input: .inputWriter,
        output: .discarded,
        error: .discarded
    ) { execution in
        let outcome: Result<Value?, any Error>
        do {
            outcome = .success(try await isListening(port) ? try await body() : nil)
        } catch {
            outcome = .failure(error)
        }
        await execution.teardown(using: [TeardownStep].killGroup)
        return try outcome.get()
    }.closureResult
}

private func freePort() async throws -> Int {
    let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .bind(host: "127.0.0.1", port: 0).get()
    defer { listener.close(promise: nil) }
    return listener.localAddress?.port ?? 0
}

private func isListening(_ port: Int) async throws -> Bool {
    for _ in 0..<500 {
        if let channel = try? await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port).get()
        {
            try? await channel.close()
            return true
        }
        try await Task.sleep(for: .milliseconds(10))
    }
    return false
}
