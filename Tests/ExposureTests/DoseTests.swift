import Exposure
import Foundation
import Moderation
import Testing

struct DoseTests {
    private let limits = Limits.standard

    @Test func aFullDoseIsFourHoursOfSevere() {
        #expect(Dose.full.units == 489_600_000)
        #expect(Dose.charge(hazard: .severe, visible: .hours(4), limits: limits) == .full)
        #expect(Dose.charge(hazard: .extreme, visible: .hours(2), limits: limits) == .full)
        #expect(Dose.charge(hazard: .mild, visible: .hours(8), limits: limits) == .full)
        #expect(Dose.charge(hazard: .moderate, visible: .minutes(340), limits: limits) == .full)
        #expect(Dose.charge(hazard: .none, visible: .hours(1000), limits: limits) == .zero)
    }

    @Test func aGlimpseIsChargedTenSeconds() {
        let floor = Dose.charge(hazard: .severe, visible: .seconds(10), limits: limits)
        #expect(Dose.charge(hazard: .severe, visible: .zero, limits: limits) == floor)
        #expect(Dose.charge(hazard: .severe, visible: .seconds(-5), limits: limits) == floor)
        #expect(Dose.charge(hazard: .severe, visible: .milliseconds(10_001), limits: limits) > floor)
    }

    @Test func partsOfAMillisecondAreChargedAsAWholeOne() {
        let charged = Dose.charge(hazard: .mild, visible: .nanoseconds(10_000_000_001), limits: limits)
        #expect(charged.units == 17 * 10_001)
    }

    @Test func percentRoundsDown() {
        #expect(Dose(units: Dose.full.units - 1).percent == 99)
        #expect(Dose.full.percent == 100)
        #expect(Dose(37).percent.description == "37 %")
    }

    @Test func doseNeverWrapsRound() {
        let most = Dose(units: .max)
        #expect(most + most == most)
        #expect(Dose.zero - most == .zero)
        #expect(Dose(units: -5) == .zero)
        #expect(Dose(Percent(.max)) == most)
        #expect(Dose.charge(hazard: .extreme, visible: .seconds(Int64.max), limits: limits) == most)
    }

    @Test func doseAndPercentAreBareNumbersInJSON() throws {
        #expect(String(decoding: try JSONEncoder().encode([Dose.full]), as: UTF8.self) == "[489600000]")
        #expect(try JSONDecoder().decode([Dose].self, from: Data("[-3]".utf8)) == [.zero])
        #expect(try JSONDecoder().decode([Percent].self, from: Data("[80]".utf8)) == [80])
    }

    @Test func chargeGrowsWithTimeAndHazard() {
        var random = Seeded(1)
        for _ in 0..<2000 {
            let (a, b) = (
                Int64.random(in: 0...50_000, using: &random), Int64.random(in: 0...50_000, using: &random)
            )
            for (lower, higher) in zip(Hazard.allCases, Hazard.allCases.dropFirst()) {
                let less = Dose.charge(hazard: lower, visible: .milliseconds(min(a, b)), limits: limits)
                let more = Dose.charge(hazard: lower, visible: .milliseconds(max(a, b)), limits: limits)
                #expect(less <= more)
                #expect(less < Dose.charge(hazard: higher, visible: .milliseconds(min(a, b)), limits: limits))
            }
        }
    }

    @Test func splittingALookNeverLowersTheCharge() {
        var random = Seeded(2)
        for _ in 0..<5000 {
            let whole = Int64.random(in: 0...100_000_000, using: &random)
            let cut = Int64.random(in: 0...whole, using: &random)
            let hazard = Hazard.allCases[Int.random(in: 0..<5, using: &random)]
            func charge(_ time: Int64) -> Dose {
                .charge(hazard: hazard, visible: .microseconds(time), limits: limits)
            }
            #expect(charge(cut) + charge(whole - cut) >= charge(whole))
        }
    }
}
