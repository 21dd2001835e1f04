internal import CLibgit2

/// A signature of libgit2, freed when its owner goes.
@safe struct SignatureHandle: ~Copyable {
    let typed: UnsafeMutablePointer<git_signature>

    deinit {
        unsafe git_signature_free(typed)
    }

    /// The signature as a commit or tag object has it: name, address, seconds, zone.
    var line: String {
        unsafe "\(String(cString: typed.pointee.name)) <\(String(cString: typed.pointee.email))> "
            + "\(typed.pointee.when.time) \(Self.zone(Int(typed.pointee.when.offset)))"
    }

    private static func zone(_ minutes: Int) -> String {
        func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
        return (minutes < 0 ? "-" : "+") + two(abs(minutes) / 60) + two(abs(minutes) % 60)
    }
}

extension Signature {
    func handle() throws(GitError) -> SignatureHandle {
        var pointer: UnsafeMutablePointer<git_signature>?
        let status = unsafe git_signature_new(
            &pointer,
            identity.name,
            identity.email,
            date.secondsSinceEpoch,
            Int32(date.offsetMinutes)
        )
        guard status == 0, let signature = unsafe pointer else {
            throw GitError(function: "git_signature_new", code: status)
        }
        return unsafe SignatureHandle(typed: signature)
    }
}
