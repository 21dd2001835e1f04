import ArgumentParser
import Changes
import Dockerfile
import Git
import OCI
import Registry
import Release
import Tagging
import Versioning

/// What to tell about an error: what happened, what to do, and the exit code.
struct FailureReport {
    let description: String
    let hint: String?
    let status: ExitStatus

    /// `error:` one sentence, `hint:` one sentence.
    var text: String {
        "error: \(description)" + (hint.map { "\nhint: \($0)" } ?? "")
    }

    init(_ error: any Error) {
        switch error {
        case let error as RegistryError:
            self.init(error.description, error.hint, Self.status(of: error.kind))
        case let error as FileFailure:
            self.init(error.description, error.hint, .failed)
        case let error as GitError:
            self.init(error.description, error.hint, error.isAboutCutClone ? .refused : .failed)
        case let error as GitProgramError:
            self.init(error.description, error.hint, Self.status(of: error.kind))
        case let error as ProgramError:
            self.init(error.description, error.hint, .failed)
        case let error as SigningError:
            self.init(error.description, error.hint, .failed)
        case let error as HookError:
            self.init(error.description, error.hint, error.kind == .nested ? .usage : .failed)
        case let error as CommitIdentityError:
            self.init(error.description, error.hint, .usage)
        case let error as ProjectError:
            switch error {
            case .unknownRelease, .tagsIncomplete, .disagreement: self.init(error.description, error.hint, .refused)
            default: self.init(error.description, error.hint, .usage)
            }
        case let error as ReleaseRefusal:
            self.init(error.description, error.hint, .refused)
        case let error as WebhookError:
            self.init(error.description, error.hint, .failed)
        case let error as BumpRefusal:
            self.init(error.description, error.hint, .refused)
        case let error as UndoFailure:
            self.init(error.description, error.hint, .partlyApplied)
        case let error as Refusal:
            self.init(error.description, error.hint, .refused)
        case let error as DeletionRefusal:
            self.init(error.description, error.hint, .refused)
        case let error as BuilderFailure:
            self.init(error.description, error.hint, .failed)
        case let error as BuildRefusal:
            self.init(error.description, error.hint, .usage)
        case let error as DirtyRefusal:
            self.init(error.description, error.hint, .refused)
        case let error as IndexProblem:
            self.init(error.description, error.hint, .refused)
        case let error as TransferRefusal:
            self.init(error.description, error.hint, .refused)
        case let error as DiagnosisRefusal:
            self.init(error.description, error.hint, .refused)
        case let error as LostRace:
            self.init(error.description, error.hint, .refused)
        case let error as ConfigurationError:
            self.init(error.description, error.hint, .usage)
        case let error as TaggingError:
            self.init(error.description, error.hint, .usage)
        case let error as ChangelogError:
            self.init(error.description, error.hint, .usage)
        case let error as ReleaseHistoryError:
            self.init(error.description, error.hint, .usage)
        case let error as VersionFileError:
            self.init(error.description, error.hint, .usage)
        case let error as VersionedFilesError:
            if case .disagreement = error {
                self.init(error.description, error.hint, .refused)
            } else {
                self.init(error.description, error.hint, .usage)
            }
        case let error as DockerfileError:
            self.init(error.description, "correct the Dockerfile, or leave it out of the labels", .usage)
        case let error as LabelError:
            self.init(error.description, "change it under `labels:` in tagboat.yaml", .usage)
        case let error as TagRuleError:
            self.init(error.description, "docs/tag-rules.md says what each rule may hold", .usage)
        case let error as VersionError:
            self.init(error.description, "write one as `version:` in tagboat.yaml has it, such as 2.1.106", .usage)
        case let error as SemanticVersionError:
            self.init(error.description, "write a version such as 2.1.106", .usage)
        case let error as ListFilterError:
            self.init(error.description, error.hint, .usage)
        case let error as PlatformError:
            self.init(PlatformText.problem(error), PlatformText.hint(error), .failed)
        case let error as ManifestError:
            self.init(error.description, "check that the reference names an image", .failed)
        default:
            self.init(usage: error)
        }
    }

    private init(_ description: String, _ hint: String?, _ status: ExitStatus) {
        self.description = description
        self.hint = hint
        self.status = status
    }

    /// An error of the argument parser, or one that no other case knows.
    private init(usage error: any Error) {
        let message = Tagboat.message(for: error)
        let isUsage = Tagboat.exitCode(for: error) == .validationFailure
        self.init(
            message.isEmpty ? "\(error)" : message.split(separator: "\n").joined(separator: " "),
            isUsage ? "see `tagboat --help`, or --help behind a command" : nil,
            isUsage ? .usage : .failed
        )
    }

    private static func status(of kind: RegistryError.Kind) -> ExitStatus {
        switch kind {
        case .unauthorized, .denied: .denied
        case .immutable: .refused
        case .invalidFile: .usage
        case .notFound, .tooLarge, .rateLimited, .unsupported, .unreachable, .untrustedCertificate, .timedOut,
            .invalidResponse, .digestMismatch, .serverFailure, .unsafeAddress:
            .failed
        }
    }
}

extension FailureReport {
    fileprivate static func status(of kind: GitProgramError.Kind) -> ExitStatus {
        switch kind {
        case .outdated, .refused: .refused
        case .unauthorized: .denied
        case .unreachable, .noAtomicPush, .interrupted, .failed: .failed
        case .partlyPushed: .partlyApplied
        }
    }
}

/// A plan that must not be applied.
struct Refusal: Error, CustomStringConvertible {
    let description: String
    let hint: String

    /// The refusal that a plan holds; nil where it may be applied.
    init?(_ plan: ReleasePlan) {
        guard let reason = plan.refusal else { return nil }
        description = "nothing was touched: \(reason)"
        hint =
            reason.contains("of the same commit")
            ? "to let the commit replace its own image, run again with --rebuild"
            : "to release this image, raise the version with `tagboat bump`"
    }
}
