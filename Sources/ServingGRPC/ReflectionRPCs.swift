import FoundationEssentials
import GRPCCore
import SwiftProtobuf

/// gRPC's server reflection: the services, and the files that describe them, for clients that have none.
struct ReflectionRPCs: RegistrableRPCService {
    private typealias Request = Grpc_Reflection_V1_ServerReflectionRequest
    private typealias Response = Grpc_Reflection_V1_ServerReflectionResponse

    /// The service's full names: clients ask by the older one, too, with the same messages.
    static let names = ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection"]

    /// What the methods of each name have in common.
    private let families: [RPCFamily]
    private let index: DescriptorIndex

    /// - Parameter family: what methods of a service of a name have in common.
    init(family: (String) -> RPCFamily) {
        families = Self.names.map(family)
        index = DescriptorIndex(Data(base64Encoded: GeneratedDescriptors.base64, options: .ignoreUnknownCharacters))
    }

    func registerMethods<Transport: ServerTransport>(with router: inout RPCRouter<Transport>) {
        for family in families {
            router.registerStream("ServerReflectionInfo", of: family) { (request: StreamingServerRequest<Request>, _) in
                StreamingServerResponse<Response> { writer in
                    for try await message in request.messages { try await writer.write(answer(message)) }
                    return [:]
                }
            }
        }
    }

    private func answer(_ request: Request) -> Response {
        var response = Response()
        response.validHost = request.host
        response.originalRequest = request
        switch request.messageRequest {
        case .listServices:
            response.listServicesResponse.service = index.services.map { name in .with { $0.name = name } }
        case .fileByFilename(let name): response.describe(index.file(named: name), name)
        case .fileContainingSymbol(let name): response.describe(index.file(declaring: name), name)
        case .fileContainingExtension, .allExtensionNumbersOfType: response.refuse(.notFound, "there are no extensions")
        case nil: response.refuse(.invalidArgument, "the request asks for nothing")
        }
        return response
    }
}

extension Grpc_Reflection_V1_ServerReflectionResponse {
    fileprivate mutating func describe(_ file: Data?, _ name: String) {
        guard let file else { return refuse(.notFound, "\(name.prefix(80)) is not described") }
        fileDescriptorResponse.fileDescriptorProto = [file]
    }

    fileprivate mutating func refuse(_ code: RPCError.Code, _ message: String) {
        errorResponse.errorCode = Int32(code.rawValue)
        errorResponse.errorMessage = message
    }
}

/// The files that describe the server's messages and services, found by their names and by what they declare.
struct DescriptorIndex: Sendable {
    /// The full names of all services, sorted.
    private(set) var services: [String] = []
    private var files: [String: Data] = [:]
    private var declaring: [String: String] = [:]

    /// An index of the files of a `FileDescriptorSet`; none in what is not one.
    init(_ bytes: Data?) {
        guard let bytes, let set = try? Google_Protobuf_FileDescriptorSet(serializedBytes: bytes) else { return }
        for file in set.file {
            files[file.name] = try? file.serializedData()
            for service in file.service {
                let name = "\(file.package).\(service.name)"
                services.append(name)
                declaring[name] = file.name
                for method in service.method { declaring["\(name).\(method.name)"] = file.name }
            }
            for message in file.messageType { add(message, in: file.package, of: file.name) }
        }
        services.sort()
    }

    private mutating func add(_ message: Google_Protobuf_DescriptorProto, in scope: String, of file: String) {
        let name = "\(scope).\(message.name)"
        declaring[name] = file
        for enumeration in message.enumType { declaring["\(name).\(enumeration.name)"] = file }
        for nested in message.nestedType { add(nested, in: name, of: file) }
    }

    /// The file of a name, a `FileDescriptorProto`.
    func file(named name: String) -> Data? { files[name] }

    /// The file that declares a message, a service, a method or an enumeration by its full name.
    func file(declaring name: String) -> Data? { declaring[name].flatMap { files[$0] } }
}
