/// Why a token is not let through.
enum TokenRefusal: Error, CustomStringConvertible {
    case malformed, unknownKey, wrongSignature, noExpiry, expired, early, otherIssuer, otherAudience
    /// The provider's keys have not been read yet.
    case keysUnknown

    var description: String {
        switch self {
        case .malformed: "The token is no signed JSON Web Token."
        case .unknownKey: "The token is not signed with one of its issuer's keys."
        case .wrongSignature: "The token's signature is wrong."
        case .noExpiry: "The token does not say until when it counts."
        case .expired: "The token has expired."
        case .early: "The token does not count yet."
        case .otherIssuer: "The token is from another issuer."
        case .otherAudience: "The token is for another audience."
        case .keysUnknown: "The keys of the token's issuer are not known yet."
        }
    }
}
