import OCI
import Registry

/// The JSON form of what a registry supports: docs/json.md, schema `tagboat.doctor/1`.
struct DoctorDocument: Encodable {
    let schema = "tagboat.doctor/1"
    let registry: String
    let repository: String
    let readOnly: Bool
    let clockSkew: Int?
    let findings: [Entry]
    let consequences: [String]
    let remains: [String]
    let traffic: Traffic.Document?

    enum CodingKeys: CodingKey {
        case schema, registry, repository, readOnly, clockSkew, findings, consequences, remains, traffic
    }

    func encode(to encoder: any Encoder) throws {
        // Every key is always there, so that a reader need not ask.
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(schema, forKey: .schema)
        try container.encode(registry, forKey: .registry)
        try container.encode(repository, forKey: .repository)
        try container.encode(readOnly, forKey: .readOnly)
        try container.encode(clockSkew, forKey: .clockSkew)
        try container.encode(findings, forKey: .findings)
        try container.encode(consequences, forKey: .consequences)
        try container.encode(remains, forKey: .remains)
        try container.encode(traffic, forKey: .traffic)
    }

    struct Entry: Encodable {
        let feature: String
        let area: String
        let title: String
        let verdict: String
        let detail: String
        let status: Int?

        enum CodingKeys: CodingKey {
            case feature, area, title, verdict, detail, status
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(feature, forKey: .feature)
            try container.encode(area, forKey: .area)
            try container.encode(title, forKey: .title)
            try container.encode(verdict, forKey: .verdict)
            try container.encode(detail, forKey: .detail)
            try container.encode(status, forKey: .status)
        }
    }

    init(_ diagnosis: RegistryDiagnosis, traffic: Traffic.Document?) {
        registry = diagnosis.repository.registry.name
        repository = diagnosis.repository.path
        readOnly = diagnosis.isReadOnly
        clockSkew = diagnosis.clockSkew
        findings = RegistryFeature.allCases.map { feature in
            let finding = diagnosis[feature]
            return Entry(
                feature: feature.rawValue,
                area: feature.area.rawValue,
                title: feature.title,
                verdict: finding.verdict.rawValue,
                detail: finding.detail,
                status: finding.status
            )
        }
        consequences = diagnosis.consequences
        remains = diagnosis.remains
        self.traffic = traffic
    }
}
