import OCI
import Registry
import SystemPackage
import Tagging

/// The values of the configuration that are mappings of their own.
extension ConfigurationNode {
    /// A variant: its name, or a mapping.
    func variant() throws(ConfigurationError) -> Variant {
        if isScalar { return Variant(name: try text()) }
        var name: String?
        var suffix: String?
        var prefix: String?
        var aliases: [String] = []
        var isDefault = false
        for (key, value) in try entries(known: ["name", "suffix", "prefix", "aliases", "default"]) {
            switch key {
            case "name": name = try value.text()
            case "suffix": suffix = try value.text()
            case "prefix": prefix = try value.text()
            case "aliases": aliases = try value.elements { text throws(ConfigurationError) in text }
            default: isDefault = try value.scalar(ConfigurationValue.boolean)
            }
        }
        guard let name = name ?? suffix ?? prefix else {
            throw error("a variant needs a name", hint: "write - { name: slim, suffix: slim-bookworm }")
        }
        return Variant(name: name, suffix: suffix, prefix: prefix, aliases: aliases, isDefault: isDefault)
    }

    func registries(
        folder: FilePath
    ) throws(ConfigurationError) -> [RegistryHost: PartialConfiguration.RegistrySettings] {
        var registries: [RegistryHost: PartialConfiguration.RegistrySettings] = [:]
        for (name, value) in try entries(known: nil) {
            let settings = try value.registrySettings(folder: folder)
            let host = try located { () throws(ConfigurationError) in try ConfigurationValue.registry(name) }
            registries[host] = settings
        }
        return registries
    }

    private func registrySettings(
        folder: FilePath
    ) throws(ConfigurationError) -> PartialConfiguration.RegistrySettings {
        var settings = PartialConfiguration.RegistrySettings()
        for (key, setting) in try entries(known: ["plain-http", "ca", "cert", "key", "insecure", "mirrors"]) {
            switch key {
            case "ca": settings.certificateAuthority = folder.pushing(FilePath(try setting.text()))
            case "cert": settings.clientCertificate = folder.pushing(FilePath(try setting.text()))
            case "key": settings.clientKey = folder.pushing(FilePath(try setting.text()))
            case "insecure": settings.isInsecure = try setting.scalar(ConfigurationValue.boolean)
            case "mirrors": settings.mirrors = try setting.elements(ConfigurationValue.registry)
            default: settings.plainHTTP = try setting.scalar(ConfigurationValue.boolean)
            }
        }
        if settings.clientKey != nil, settings.clientCertificate == nil {
            throw error("a key needs the certificate that it belongs to", hint: "write cert: FILE beside key:")
        }
        return settings
    }
}
