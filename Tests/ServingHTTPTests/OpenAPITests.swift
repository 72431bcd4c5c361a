import Foundation
import Hummingbird
import HummingbirdTesting
import Testing

@testable import ServingHTTP

@Suite("The description of the server")
struct OpenAPITests {
    private func document() throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(OpenAPIDocument.bytes))
        return try #require(object as? [String: Any])
    }

    @Test("Every path of every route is in it, under its method, and is served as that route")
    func paths() throws {
        let paths = try #require(try document()["paths"] as? [String: [String: Any]])
        #expect(paths.count == ServedRoute.allCases.reduce(0) { $0 + $1.paths.count })
        for route in ServedRoute.allCases {
            for path in route.paths {
                #expect(paths[path]?.keys.map(\.self) == [route.isPost ? "post" : "get"], "\(path)")
                let filled = path.replacing("{model_name}", with: "m").replacing("{model_version}", with: "3")
                #expect(RequestTarget(filled)?.served == route, "\(path)")
            }
        }
    }

    @Test("Operations have different names, and every schema that is named is there, and no other")
    func references() throws {
        let document = try document()
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        let names = paths.values.flatMap(\.values).compactMap { $0["operationId"] as? String }
        #expect(Set(names).count == paths.count)
        let components = try #require(document["components"] as? [String: [String: Any]])
        let schemas = try #require(components["schemas"])
        let text = String(decoding: OpenAPIDocument.bytes, as: UTF8.self)
        let named = text.matches(of: /#\/components\/schemas\/([A-Za-z0-9]+)/).map { String($0.output.1) }
        #expect(Set(named) == Set(schemas.keys))
    }

    @Test("It is served", arguments: Depth.allCases)
    func served(depth: Depth) async throws {
        try await TestServer.withModel().test(depth.setup) { client in
            try await client.execute(uri: "/openapi.json", method: .get) { response in
                #expect(response.status == .ok)
                #expect(Array(buffer: response.body) == OpenAPIDocument.bytes)
            }
        }
    }
}
