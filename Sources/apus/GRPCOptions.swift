import ArgumentParser
import ServingGRPC
import ServingHTTP

/// The flags of `apus serve` for gRPC, in KServe's spelling and with its defaults.
struct GRPCOptions: ParsableArguments {
    @Option(name: .kserve("enable_grpc"), help: "Serve the Open Inference Protocol over gRPC (y/n).")
    var enableGRPC = KServeBool(true)

    @Option(
        name: .kserve("grpc_port"), parsing: .unconditional,
        help: "The port to listen on for gRPC; 0 takes a free one, -1 serves none.")
    var grpcPort = GRPCSettings().port

    @Option(name: .kserve("grpc_max_receive_message_length"), help: "The longest gRPC message that is read, in bytes.")
    var grpcMaxReceiveMessageLength = GRPCSettings().maximumReceiveBytes

    @Option(name: .kserve("grpc_max_send_message_length"), help: "The longest gRPC message that is sent, in bytes.")
    var grpcMaxSendMessageLength = GRPCSettings().maximumSendBytes

    func validate() throws {
        guard -1...65_535 ~= grpcPort else { throw ValidationError("--grpc-port must be from -1 to 65535") }
        guard 1...Int(Int32.max) ~= grpcMaxReceiveMessageLength, 1...Int(Int32.max) ~= grpcMaxSendMessageLength else {
            throw ValidationError("the limits of gRPC messages must be from 1 to 2147483647")
        }
    }

    /// The gRPC server beside an HTTP server; none if it is not wanted.
    func servers(beside parts: ModelServer.Parts, host: String) -> [GRPCModelServer] {
        guard enableGRPC.value, grpcPort >= 0 else { return [] }
        var settings = GRPCSettings()
        settings.host = host
        settings.port = grpcPort
        settings.maximumReceiveBytes = grpcMaxReceiveMessageLength
        settings.maximumSendBytes = grpcMaxSendMessageLength
        let server = GRPCModelServer(
            v2: parts.v2, catalog: parts.catalog, meter: parts.meter, gate: parts.gate, identity: parts.identity,
            observer: parts.observer, settings: settings, logger: parts.logger)
        return [server]
    }
}
