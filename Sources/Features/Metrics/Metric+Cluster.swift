/// What the schemas of a whole cluster are made of.
extension Metric {
    /// The share of all processors' time that is used, 0 to 1; the preferred query counts user mode alone.
    public static let cpuUsage = Metric(
        name: "cpu_usage", unit: "ratio",
        queries: [
            MetricQuery(.average, #"rate(node_cpu_seconds_total{mode="user"}[5m])"#),
            MetricQuery(.average, "cluster:node_cpu:ratio_rate5m"),
            MetricQuery(.average, #"1 - rate(node_cpu_seconds_total{mode="idle"}[5m])"#),
        ])

    /// The share of the nodes' memory that is not available, 0 to 1.
    public static let memoryUsage = Metric(
        name: "memory_usage", unit: "ratio",
        queries: [
            MetricQuery(.average, "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes"),
            MetricQuery(.average, "instance:node_memory_utilisation:ratio"),
            MetricQuery(.average, "node:node_memory_utilisation:"),
        ])

    /// The share of the nodes' file systems that is used, 0 to 1.
    public static let diskUsage = Metric(
        name: "disk_usage", unit: "ratio",
        queries: [
            MetricQuery(.average, "1 - sum(node_filesystem_avail_bytes) / sum(node_filesystem_size_bytes)"),
            MetricQuery(
                .average, #"sum(container_fs_usage_bytes{id="/"}) / sum(container_fs_limit_bytes{id="/"})"#),
        ])

    /// What all pods receive, in 10^6 bytes a second.
    public static let networkIn = network("network_in", "receive")

    /// What all pods send, in 10^6 bytes a second.
    public static let networkOut = network("network_out", "transmit")

    private static func network(_ name: String, _ direction: String) -> Metric {
        Metric(
            name: name, unit: "MB/s",
            queries: [
                MetricQuery(.sum, "rate(container_network_\(direction)_bytes_total[5m])", scale: 1e-6),
                MetricQuery(.sum, #"rate(node_network_\#(direction)_bytes_total{device!="lo"}[5m])"#, scale: 1e-6),
                MetricQuery(.sum, "instance:node_network_\(direction)_bytes_excluding_lo:rate5m", scale: 1e-6),
            ])
    }

    /// How often containers of any pod restart, per second.
    public static let podRestarts = Metric(
        name: "pod_restarts", unit: "1/s",
        queries: [MetricQuery(.sum, "rate(kube_pod_container_status_restarts_total[5m])")])

    /// The share of pods that are neither Running nor Succeeded, 0 to 1.
    public static let podsNotRunning = Metric(
        name: "pods_not_running", unit: "ratio",
        queries: [
            MetricQuery(
                .average,
                #"sum(kube_pod_status_phase{phase!~"Running|Succeeded"}) / sum(kube_pod_status_phase)"#)
        ])
}
