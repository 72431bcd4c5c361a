import Testing

@testable import PickleCodec

@Suite("Instructions")
struct OpcodeTests {
    /// A name of CPython's `pickletools`, a pickle that uses it, and what the pickle stands for.
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let pickle: String
        let value: String

        init(_ name: String, _ pickle: String, _ value: String) {
            self.name = name
            self.pickle = pickle
            self.value = value
        }

        var testDescription: String { "\(name): \(value)" }
    }

    static let atoms = [
        Example("NONE", "N.", "None"),
        Example("NEWTRUE", "\u{88}.", "True"),
        Example("NEWFALSE", "\u{89}.", "False"),
        Example("INT", "I42\n.", "42"),
        Example("INT", "I01\n.", "True"),
        Example("INT", "I00\n.", "False"),
        Example("INT", "I18446744073709551616\n.", "18446744073709551616 (big)"),
        Example("BININT", "J\u{FE}\u{FF}\u{FF}\u{FF}.", "-2"),
        Example("BININT1", "K\u{FF}.", "255"),
        Example("BININT2", "M\u{01}\u{02}.", "513"),
        Example("LONG", "L-7L\n.", "-7"),
        Example("LONG", "L7\n.", "7"),
        Example("LONG", "L-99999999999999999999L\n.", "-99999999999999999999 (big)"),
        Example("LONG1", "\u{8A}\u{00}.", "0"),
        Example("LONG1", "\u{8A}\u{02}\u{00}\u{80}.", "-32768"),
        Example("LONG1", "\u{8A}\u{09}\u{05}\0\0\0\0\0\0\0\0.", "5"),
        Example("LONG1", "\u{8A}\u{09}\0\0\0\0\0\0\0\u{80}\0.", "9223372036854775808 (big)"),
        Example("LONG4", "\u{8B}\u{01}\0\0\0\u{FF}.", "-1"),
        Example("FLOAT", "F-1.5e3\n.", "-1500.0"),
        Example("FLOAT", "Fnan\n.", "nan"),
        Example("BINFLOAT", "G\u{3F}\u{F8}\0\0\0\0\0\0.", "1.5"),
        Example("PROTO", "\u{80}\u{05}N.", "None"),
        Example("FRAME", "\u{80}\u{04}\u{95}\u{02}\0\0\0\0\0\0\0N.", "None"),
    ]

    static let texts = [
        Example("STRING", "S'a\\x41\\n\\t\\r\\\\\\'\\\"'\n.", "aA\n\t\r\\'\"".debugDescription),
        Example("STRING", "S\"\\101\\7\\a\\b\\f\\v\\q\"\n.", "A\u{07}\u{07}\u{08}\u{0C}\u{0B}\\q".debugDescription),
        Example("BINSTRING", "T\u{02}\0\0\0a\u{FC}.", "\"aü\""),
        Example("SHORT_BINSTRING", "U\u{01}\u{E9}.", "\"é\""),
        Example("UNICODE", "V\\u20ac\\U0001f600\u{FC}\\x\n.", "€😀ü\\x".debugDescription),
        Example("UNICODE", "V\\\\u0041\n.", "\\\\u0041".debugDescription),
        Example("BINUNICODE", "X\u{02}\0\0\0\u{C3}\u{BC}.", "\"ü\""),
        Example("SHORT_BINUNICODE", "\u{8C}\u{01}a.", "\"a\""),
        Example("BINUNICODE8", "\u{8D}\u{01}\0\0\0\0\0\0\0a.", "\"a\""),
        Example("BINBYTES", "B\u{01}\0\0\0\u{FF}.", "bytes[255]"),
        Example("SHORT_BINBYTES", "C\u{01}\u{FF}.", "bytes[255]"),
        Example("BINBYTES8", "\u{8E}\u{01}\0\0\0\0\0\0\0\u{FF}.", "bytes[255]"),
        Example("BYTEARRAY8", "\u{96}\u{01}\0\0\0\0\0\0\0\u{FF}.", "bytearray[255]"),
    ]

    static let containers = [
        Example("EMPTY_LIST", "].", "[]"),
        Example("LIST", "(K\u{01}K\u{02}l.", "[1, 2]"),
        Example("APPEND", "]K\u{01}a.", "[1]"),
        Example("APPENDS", "](K\u{01}K\u{02}e.", "[1, 2]"),
        Example("EMPTY_TUPLE", ").", "()"),
        Example("TUPLE", "(K\u{01}t.", "(1)"),
        Example("TUPLE1", "K\u{01}\u{85}.", "(1)"),
        Example("TUPLE2", "K\u{01}K\u{02}\u{86}.", "(1, 2)"),
        Example("TUPLE3", "K\u{01}K\u{02}K\u{03}\u{87}.", "(1, 2, 3)"),
        Example("EMPTY_DICT", "}.", "{}"),
        Example("DICT", "(K\u{01}Nd.", "{1: None}"),
        Example("SETITEM", "}K\u{01}Ns.", "{1: None}"),
        Example("SETITEMS", "}(K\u{01}NK\u{02}Nu.", "{1: None, 2: None}"),
        Example("EMPTY_SET", "\u{8F}.", "{}"),
        Example("ADDITEMS", "\u{8F}(K\u{01}\u{90}.", "{1}"),
        Example("FROZENSET", "(K\u{01}\u{91}.", "frozenset(1)"),
    ]

    static let objects = [
        Example("GLOBAL", "cos.path\njoin\n.", "os.path.join"),
        Example("STACK_GLOBAL", "Vos\nVsystem\n\u{93}.", "os.system"),
        Example("REDUCE", "cm\nf\n(K\u{01}tR.", "<call m.f (1)>"),
        Example("BUILD", "cm\nC\n)\u{81}}b.", "<new m.C () state: {}>"),
        Example("BUILD", "cm\nf\n)R(N}tb.", "<call m.f () state: (None, {})>"),
        Example(
            "BUILD",
            "ccopyreg\n_reconstructor\n(cm\nC\nc__builtin__\nobject\nNtRK\u{01}b.",
            "<new m.C () state: 1>"
        ),
        Example("INST", "(K\u{01}im\nC\n.", "<new m.C (1)>"),
        Example("OBJ", "(cm\nC\nK\u{01}o.", "<new m.C (1)>"),
        Example("NEWOBJ", "cm\nC\n)\u{81}.", "<new m.C ()>"),
        Example("NEWOBJ_EX", "cm\nC\n)}Va\nNs\u{92}.", "<new m.C () keywords: {\"a\": None}>"),
        Example("APPENDS", "cm\nL\n)\u{81}(K\u{01}K\u{02}e.", "<new m.L () items: 1, 2>"),
        Example("SETITEMS", "cm\nD\n)R(K\u{01}Nu.", "<call m.D () entries: 1: None>"),
        Example("PERSID", "Pid 7\n.", "persistent(\"id 7\")"),
        Example("BINPERSID", "K\u{07}Q.", "persistent(7)"),
        Example("EXT1", "\u{82}\u{05}.", "extension(5)"),
        Example("EXT2", "\u{83}\u{05}\u{01}.", "extension(261)"),
        Example("EXT4", "\u{84}\u{05}\0\0\u{01}.", "extension(16777221)"),
        Example("REDUCE", "\u{82}\u{05})R.", "<call extension(5) ()>"),
    ]

    static let stack = [
        Example("POP", "K\u{01}K\u{02}0.", "1"),
        Example("POP", "K\u{01}(0.", "1"),
        Example("POP_MARK", "K\u{01}(K\u{02}K\u{03}1.", "1"),
        Example("DUP", "K\u{01}2\u{86}.", "(1, 1)"),
        Example("GET", "K\u{01}p7\n0g7\n.", "1"),
        Example("BINGET", "K\u{01}q\u{07}0h\u{07}.", "1"),
        Example("LONG_BINGET", "K\u{01}r\u{07}\0\0\0" + "0j\u{07}\0\0\0.", "1"),
        Example("MEMOIZE", "K\u{01}\u{94}0h\0.", "1"),
        Example("PUT", "K\u{01}q\u{01}0K\u{02}q\u{01}0h\u{01}.", "2"),
    ]

    @Test("Each instruction does what CPython says", arguments: atoms + texts + containers + objects + stack)
    func instruction(example: Example) throws {
        #expect(try PickleReader.read(bytes(example.pickle)).text == example.value)
    }

    @Test("All 68 instructions of CPython 3.14 are known")
    func count() {
        #expect((0...UInt8.max).count { Opcode(rawValue: $0) != nil } == 68)
    }

    @Test(
        "What no pickler writes is refused",
        arguments: [
            (".", PickleError.Code.malformed), ("0.", .malformed), ("(.", .malformed), ("K\u{01}K\u{02}a.", .malformed),
            ("(K\u{01}d.", .malformed), ("}(K\u{01}u.", .malformed), ("K\u{01}(K\u{02}K\u{03}u.", .malformed),
            ("g5\n.", .malformed), ("gx\n.", .malformed), ("q\u{01}.", .malformed), ("\u{FF}.", .malformed),
            ("S'a\n.", .malformed), ("S'\n.", .malformed), ("S'\\x4'\n.", .malformed), ("S'\\'\n.", .malformed),
            ("V\\ud800\n.", .malformed), ("V\\u12\n.", .malformed), ("Fx\n.", .malformed), ("F\n.", .malformed),
            ("I\n.", .malformed), ("I-\n.", .malformed), ("L1_0\n.", .malformed), ("(o.", .malformed),
            ("NN\u{93}.", .malformed), ("K\u{01}Nb.", .malformed), ("]Nb.", .malformed), ("e.", .malformed),
            ("\u{8C}\u{01}\u{FF}.", .malformed), ("\u{80}\u{06}N.", .unsupported), ("\u{97}.", .unsupported),
            ("N\u{98}.", .unsupported), ("ZF0x10", .unsupported), ("", .truncated), ("K", .truncated),
            ("I1", .truncated), ("N", .truncated), ("cos\nsystem", .truncated),
            ("\u{95}\u{02}\0\0\0\0\0\0\0.", .truncated),
        ]
    )
    func refusal(pickle: String, code: PickleError.Code) {
        #expect(failure(bytes(pickle)) == code)
    }

    @Test("Decimal numbers have a limit, as in CPython")
    func digits() {
        #expect(failure(bytes("L" + String(repeating: "9", count: 4_299) + "L\n.")) == nil)
        #expect(failure(bytes("L" + String(repeating: "9", count: 5_000) + "L\n.")) == .malformed)
    }
}
