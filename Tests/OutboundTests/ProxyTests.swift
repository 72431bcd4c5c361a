import NetworkTestSupport
import Outbound
import Testing

@Suite("Proxies")
struct ProxyTests {
    private static let rules = [
        "HTTPS_PROXY": "http://name:pass%40word@proxy:3128", "http_proxy": "plain:8080",
        "NO_PROXY": ".below.example, example.org,10.128.0.0/14 192.168.7.9,fd00::/8,host.example:8443,*.star.example",
    ]

    @Test(
        "The environment says what goes through a proxy",
        arguments: [
            ("https://else.where/", true), ("http://else.where/", true), ("https://localhost/", false),
            ("https://127.8.9.1/", false), ("https://[::1]:8443/", false), ("https://below.example/", true),
            ("https://x.below.example/", false), ("https://example.org/", false), ("https://a.b.EXAMPLE.org/", false),
            ("https://notexample.org/", true), ("https://10.131.255.255/", false), ("https://10.132.0.0/", true),
            ("https://192.168.7.9/", false), ("https://192.168.7.10/", true), ("https://[fd12::1]/", false),
            ("https://[fe80::1]/", true), ("https://host.example:8443/", false), ("https://host.example/", true),
            ("https://star.example/", true), ("https://a.star.example/", false),
        ])
    func rules(url: String, isProxied: Bool) throws {
        let rules = try ProxyRules(environment: Self.rules)
        #expect(try rules.appliesTo(OutboundRequest(.get, url)) == isProxied)
        #expect(try !ProxyRules.none.appliesTo(OutboundRequest(.get, url)))
        let never = try ProxyRules(environment: ["ALL_PROXY": "proxy:1", "no_proxy": "*"])
        #expect(try !never.appliesTo(OutboundRequest(.get, url)))
    }

    @Test("A proxy that is none is refused by the variable's name", arguments: ["socks5://proxy:1", "http://", "//"])
    func refused(text: String) {
        let error = #expect(throws: OutboundError.self) { _ = try ProxyRules(environment: ["HTTPS_PROXY": text]) }
        #expect(error?.message == "HTTPS_PROXY is not the URL of a proxy, such as http://proxy:3128")
    }

    @Test("A request goes through the proxy, with the credentials for it")
    func tunnel() async throws {
        let proxy = try await ScriptedServer { request in
            request.method == "CONNECT"
                ? [.send(Array("HTTP/1.1 200 OK\r\n\r\n".utf8))] : [.answer(200, text: "through")]
        }
        var settings = hasty()
        settings.proxies = try ProxyRules(environment: ["http_proxy": "http://a:b@127.0.0.1:\(proxy.port)"])
        let answer = try await OutboundClient(settings).answer(to: OutboundRequest(.get, "http://far.away:81/x"))
        #expect(answer.body == Array("through".utf8))
        #expect(proxy.requests.map(\.target) == ["far.away:81", "/x"])
        #expect(proxy.requests[0].headers["proxy-authorization"] == "Basic YTpi")
    }

    @Test("A proxy that refuses is named as the reason")
    func refusing() async throws {
        let proxy = try await ScriptedServer { _ in [.answer(403)] }
        var settings = hasty(attempts: 1)
        settings.proxies = try ProxyRules(environment: ["http_proxy": "127.0.0.1:\(proxy.port)"])
        let error = try await failure(of: OutboundRequest(.get, "http://far.away/"), settings)
        #expect(error?.message.hasPrefix("GET http://far.away/: the proxy ") == true, "\(String(describing: error))")
    }
}
