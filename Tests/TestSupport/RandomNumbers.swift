/// Random numbers that a seed decides, so that a failure can be replayed (SplitMix64).
package struct RandomNumbers: RandomNumberGenerator {
    private var state: UInt64

    /// Starts a sequence; neighbouring seeds have nothing in common.
    package init(seed: Int) {
        state = UInt64(bitPattern: Int64(seed)) &* 0x2545_F491_4F6C_DD1D
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number from nothing up to, but without, a bound.
    package mutating func below(_ bound: Int) -> Int { bound > 1 ? Int(next() % UInt64(bound)) : 0 }

    /// True once in so many times.
    package mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &self) == 0 }

    /// One of several, which must not be empty.
    package mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
