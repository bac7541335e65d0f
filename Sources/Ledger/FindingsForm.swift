import Foundation
public import Moderation

/// Findings as they are kept: canonical JSON with short names, written by hand because every post taken in
/// writes it.
public enum FindingsForm {
    /// Their canonical bytes.
    public static func bytes(of findings: [Finding]) -> [UInt8] {
        var json = CanonicalJSON(reserving: 256 * findings.count)
        write(findings, to: &json)
        return json.bytes
    }

    static func write(_ findings: [Finding], to json: inout CanonicalJSON) {
        json.raw("[")
        for (index, finding) in findings.enumerated() {
            if index > 0 { json.raw(",") }
            json.raw("{\"e\":[")
            for (index, evidence) in finding.evidence.enumerated() {
                if index > 0 { json.raw(",") }
                write(evidence, to: &json)
            }
            json.raw("],\"h\":")
            json.write(Int64(finding.hazard.level))
            json.raw(",\"p\":")
            json.write(finding.policy.rawValue)
            json.raw(",\"r\":")
            json.write(finding.rule.rawValue)
            if let action = finding.recommends {
                json.raw(",\"s\":")
                json.write(action.rawValue)
            }
            json.raw("}")
        }
        json.raw("]")
    }

    private static func write(_ evidence: Evidence, to json: inout CanonicalJSON) {
        json.raw("{\"f\":")
        json.write(evidence.field)
        json.raw(",\"n\":")
        json.write(Int64(evidence.element))
        json.raw(",\"s\":")
        json.write(evidence.selection)
        json.raw(",\"t\":")
        json.write(evidence.test)
        if let range = evidence.range {
            json.raw(",\"x\":[")
            json.write(Int64(range.lowerBound))
            json.raw(",")
            json.write(Int64(range.upperBound))
            json.raw("]")
        }
        json.raw("}")
    }

    /// Reads them.
    public static func findings(from bytes: [UInt8]) throws(LedgerError) -> [Finding] {
        guard let forms = try? JSONDecoder().decode([FindingForm].self, from: Data(bytes)) else {
            throw .notAnEvaluation
        }
        return forms.map(\.finding)
    }

    struct FindingForm: Decodable {
        let e: [EvidenceForm]
        let h: Int
        let p: String
        let r: String
        let s: Action?

        var finding: Finding {
            Finding(
                rule: RuleID(r), policy: PolicyID(p), recommends: s, hazard: Hazard(level: h) ?? .extreme,
                evidence: e.map(\.evidence))
        }
    }

    struct EvidenceForm: Decodable {
        let f: String
        let n: Int
        let s: String
        let t: String
        let x: [Int]?

        var evidence: Evidence {
            let range = x.flatMap { $0.count == 2 && $0[0] <= $0[1] ? $0[0]..<$0[1] : nil }
            return Evidence(field: f, selection: s, test: t, range: range, element: n)
        }
    }
}
