extension ImageConfiguration {
    /// How an image is to be run (image-spec, config.md, `config`).
    package struct Execution: Hashable, Sendable, Decodable {
        package var labels: [String: String] = [:]
        package var user: String?
        package var environment: [String] = []
        package var entrypoint: [String] = []
        package var command: [String] = []
        package var workingDirectory: String?
        /// The ports that it listens on, such as `80/tcp`, in order.
        package var ports: [String] = []
        /// The folders that hold what must outlive a container, in order.
        package var volumes: [String] = []
        package var stopSignal: String?
        /// The shell of the Dockerfile's commands; Docker's own addition.
        package var shell: [String] = []
        /// The command that tells whether a container is well; Docker's own addition.
        package var healthCheck: [String] = []
        /// The instructions for builds upon the image; Docker's own addition.
        package var onBuild: [String] = []

        /// An image of which nothing is said.
        init(labels: [String: String] = [:]) {
            self.labels = labels
        }

        package init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Keys.self)
            labels = try container.decodeIfPresent([String: String].self, forKey: .labels) ?? [:]
            user = Self.text(container.lenient(.user))
            environment = container.lenient(.environment) ?? []
            entrypoint = Self.words(container, .entrypoint)
            command = Self.words(container, .command)
            workingDirectory = Self.text(container.lenient(.workingDirectory))
            ports = Self.names(container, .ports)
            volumes = Self.names(container, .volumes)
            stopSignal = Self.text(container.lenient(.stopSignal))
            shell = Self.words(container, .shell)
            let check: HealthCheck? = container.lenient(.healthCheck)
            healthCheck = check?.test ?? []
            onBuild = container.lenient(.onBuild) ?? []
        }

        private enum Keys: String, CodingKey {
            case labels = "Labels"
            case user = "User"
            case environment = "Env"
            case entrypoint = "Entrypoint"
            case command = "Cmd"
            case workingDirectory = "WorkingDir"
            case ports = "ExposedPorts"
            case volumes = "Volumes"
            case stopSignal = "StopSignal"
            case shell = "Shell"
            case healthCheck = "Healthcheck"
            case onBuild = "OnBuild"
        }

        private struct HealthCheck: Decodable {
            let test: [String]?

            enum CodingKeys: String, CodingKey {
                case test = "Test"
            }
        }

        /// A set, which is written as an object of empty objects.
        private struct Member: Decodable {}

        private static func names(_ container: KeyedDecodingContainer<Keys>, _ key: Keys) -> [String] {
            let members: [String: Member]? = container.lenient(key)
            return (members ?? [:]).keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        }

        /// A command; builders of old wrote one text in place of a list.
        private static func words(_ container: KeyedDecodingContainer<Keys>, _ key: Keys) -> [String] {
            if let words: [String] = container.lenient(key) { return words }
            return text(container.lenient(key)).map { [$0] } ?? []
        }

        private static func text(_ value: String?) -> String? {
            value.flatMap { $0.isEmpty ? nil : $0 }
        }
    }
}
