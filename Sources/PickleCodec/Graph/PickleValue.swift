public import BigInt
public import Tensors

/// A Python value as data: what a pickle describes, of which nothing is ever executed.
///
/// Values refer to each other by ``PickleReference``, so shared and cyclic structures keep their shape.
public enum PickleValue: Hashable, Sendable {
    /// `None`.
    case none
    /// `True` or `False`.
    case bool(Bool)
    /// An `int` of up to 64 bits.
    case integer(Int)
    /// An `int` beyond 64 bits.
    indirect case bigInteger(BigInt)
    /// A `float`.
    case float(Double)
    /// A `complex`.
    case complex(real: Double, imaginary: Double)
    /// A `bytes`, as a slice of the input.
    case bytes(ArraySlice<UInt8>)
    /// A `bytearray`.
    case byteArray(ArraySlice<UInt8>)
    /// A `str`.
    case string(String)
    /// A `list`.
    case list([PickleReference])
    /// A `tuple`.
    case tuple([PickleReference])
    /// A `dict`, in insertion order.
    case dictionary([PickleEntry])
    /// A `set`.
    case set([PickleReference])
    /// A `frozenset`.
    case frozenSet([PickleReference])
    /// A class or function, by name.
    case global(PythonName)
    /// An instance, or a call recorded and not made.
    indirect case object(PickledObject)
    /// A `numpy.dtype`.
    indirect case dtype(DType)
    /// A numpy array of any type but object.
    indirect case array(NDArray)
    /// A numpy scalar, as an array without dimensions.
    indirect case scalar(NDArray)
    /// A numpy array of Python objects, elements in row-major order.
    case objectArray(shape: [Int], elements: [PickleReference])
    /// An object that the writer kept elsewhere, by its identifier.
    case persistent(PickleReference)
    /// A class by its number in the writer's `copyreg` extension registry.
    case extensionCode(Int)
}

extension PickleValue {
    /// The array or the scalar, if the value is one.
    public var numpyArray: NDArray? {
        switch self {
        case .array(let array), .scalar(let array): array
        default: nil
        }
    }
}

/// A key and a value of a `dict`, or of the items set on an object.
public struct PickleEntry: Hashable, Sendable {
    /// The key.
    public let key: PickleReference
    /// The value.
    public let value: PickleReference

    /// A key and its value.
    public init(key: PickleReference, value: PickleReference) {
        self.key = key
        self.value = value
    }
}

/// The qualified name of a class or a function.
public struct PythonName: Hashable, Sendable, CustomStringConvertible {
    /// The dotted module path, e.g. `sklearn.ensemble._forest`.
    public let module: String
    /// The name in it, e.g. `RandomForestClassifier`.
    public let name: String

    /// A name in a module.
    public init(module: String, name: String) {
        self.module = module
        self.name = name
    }

    /// `module.name`.
    public var description: String { "\(module).\(name)" }
}

/// An instance of a class, or a call that unpickling would have made: recorded, never executed.
public struct PickledObject: Hashable, Sendable {
    /// How Python would have made the object.
    public enum Construction: Hashable, Sendable {
        /// `callable.__new__(callable, *arguments, **keywordArguments)`: an instance of a class.
        case new
        /// `callable(*arguments)`: what `__reduce__` asked for.
        case call
    }

    /// How Python would have made the object.
    public let construction: Construction
    /// The class or function, normally a ``PickleValue/global(_:)``.
    public let callable: PickleReference
    /// The positional arguments: a tuple.
    public let arguments: PickleReference
    /// The keyword arguments (a dict), if there were any.
    public var keywordArguments: PickleReference?
    /// What `__setstate__` would receive, normally a dict of attributes.
    public var state: PickleReference?
    /// What would be appended, for subclasses of list.
    public var items: [PickleReference] = []
    /// What would be set by key, for subclasses of dict.
    public var entries: [PickleEntry] = []

    /// An object without state yet.
    public init(
        construction: Construction,
        callable: PickleReference,
        arguments: PickleReference,
        keywordArguments: PickleReference? = nil
    ) {
        self.construction = construction
        self.callable = callable
        self.arguments = arguments
        self.keywordArguments = keywordArguments
    }
}
