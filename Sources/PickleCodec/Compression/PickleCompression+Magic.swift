extension PickleCompression {
    /// How a file is compressed, by its first bytes.
    ///
    /// Source: joblib `compressor.py`, the prefixes of its compressors.
    init(magicOf bytes: [UInt8]) throws(PickleError) {
        if bytes.starts(with: Array("ZF".utf8)) {
            throw PickleError(
                .unsupported,
                "the file has joblib's old 'ZF' compression (before 0.10); store the model again",
                offset: 0
            )
        }
        let magics: [(PickleCompression, [UInt8])] = [
            (.gzip, [0x1F, 0x8B]), (.bz2, Array("BZh".utf8)), (.xz, [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
            (.lzma, [0x5D, 0x00]), (.lz4, [0x04, 0x22, 0x4D, 0x18]), (.zlib, [0x78]),
        ]
        self = magics.first { bytes.starts(with: $0.1) }?.0 ?? .none
    }
}
