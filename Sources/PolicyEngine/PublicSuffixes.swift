import CPSL

/// Mozilla's list of public suffixes, as the system's libpsl has it.
///
/// What it said is recorded with the findings, so that a newer list changes no recorded answer.
enum PublicSuffixes {
    /// The part of a host that somebody registered, such as `example.co.uk`; `nil` for addresses and bare suffixes.
    static func registrableDomain(of host: String) -> String? {
        let isAddress = host.contains(":") || host.split(separator: ".").last?.allSatisfy(\.isNumber) ?? true
        guard !isAddress, host.utf8.count <= 253, !host.utf8.contains(0), let list = psl_builtin() else {
            return nil
        }
        return host.withCString { bytes in
            psl_registrable_domain(list, bytes).map { String(cString: $0) }
        }
    }
}
