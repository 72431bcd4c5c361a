/// The standard normal distribution's quantile: the `x` below which a share of it lies.
///
/// Three rational approximations, as scipy evaluates them (`scipy.special.ndtri`). Source: Moshier, Cephes
/// Mathematical Library, `ndtri.c`, whose coefficients these are; its relative error is below 1e-15.
///
/// - Parameter share: above 0 and below 1.
package func normalQuantile(_ share: Double) -> Double {
    precondition(share > 0 && share < 1)
    let tail = 0.135_335_283_236_612_7
    let isUpper = share > 1 - tail
    let share = isUpper ? 1 - share : share
    if share > tail {
        let offset = share - 0.5
        let square = offset * offset
        let ratio = square * polynomial(square, Central.numerator) / polynomial(square, Central.denominator)
        return (offset + offset * ratio) * 2.506_628_274_631_000_7
    }
    let x = (-2 * logarithm(share)).squareRoot()
    let start = x - logarithm(x) / x
    let z = 1 / x
    let correction =
        x < 8
        ? z * polynomial(z, Tail.numerator) / polynomial(z, Tail.denominator)
        : z * polynomial(z, FarTail.numerator) / polynomial(z, FarTail.denominator)
    return isUpper ? start - correction : correction - start
}

/// A polynomial by Horner's rule, the coefficient of the highest power first.
private func polynomial(_ x: Double, _ coefficients: [Double]) -> Double {
    coefficients.dropFirst().reduce(coefficients[0]) { $0 * x + $1 }
}

/// For shares at most 3/8 away from a half.
private enum Central {
    static let numerator = [
        -59.963_350_101_410_79, 98.001_075_418_599_97, -56.676_285_746_907_03, 13.931_260_938_727_968,
        -1.239_165_838_673_812_5,
    ]
    static let denominator = [
        1, 1.954_488_583_381_417_6, 4.676_279_128_988_815, 86.360_242_139_089_05, -225.462_687_854_119_37,
        200.260_212_380_060_66, -82.037_225_616_833_34, 15.905_622_512_621_17, -1.183_316_211_213_3,
    ]
}

/// For shares between exp(-32) and exp(-2).
private enum Tail {
    static let numerator = [
        4.055_448_923_059_624_5, 31.525_109_459_989_388, 57.162_819_224_642_13, 44.080_507_389_320_08,
        14.684_956_192_885_803, 2.186_633_068_507_902_5, -0.140_256_079_171_354_5, -0.035_042_462_682_784_82,
        -0.000_857_456_785_154_685_4,
    ]
    static let denominator = [
        1, 15.779_988_325_646_675, 45.390_763_512_887_92, 41.317_203_825_467_2, 15.042_538_569_290_75,
        2.504_649_462_083_094, -0.142_182_922_854_787_79, -0.038_080_640_769_157_83, -0.000_933_259_480_895_457_4,
    ]
}

/// For smaller shares still.
private enum FarTail {
    static let numerator = [
        3.237_748_917_769_460_3, 6.915_228_890_689_842, 3.938_810_252_924_744_4, 1.333_034_608_158_075_5,
        0.201_485_389_549_179_08, 0.012_371_663_481_782_003, 0.000_301_581_553_508_235_43, 2.658_069_746_867_375_5e-6,
        6.239_745_391_849_833e-9,
    ]
    static let denominator = [
        1, 6.024_270_393_647_42, 3.679_835_638_561_608_7, 1.377_020_994_890_813_2, 0.216_236_993_594_496_63,
        0.013_420_400_608_854_318, 0.000_328_014_464_682_127_74, 2.892_478_647_453_806_8e-6, 6.790_194_080_099_813e-9,
    ]
}
