/// What the coordination engine's vector of 45 is made of, under the engine's names.
///
/// Where the engine takes an arbitrary one of several series, the average over pods or nodes stands here.
extension Metric {
    static let nodeCPUUtilization = Metric(
        name: "node_cpu_utilization", unit: "ratio",
        queries: [
            MetricQuery(.average, #"1 - rate(node_cpu_seconds_total{mode="idle"}[5m])"#),
            MetricQuery(.average, "instance:node_cpu:ratio"),
        ])

    static let nodeMemoryUtilization = Metric(
        name: "node_memory_utilization", unit: "ratio",
        queries: [
            MetricQuery(.average, "1 - node_memory_MemAvailable_bytes / node_memory_MemTotal_bytes"),
            MetricQuery(.average, "instance:node_memory_utilisation:ratio"),
        ])

    static let podCPUUsage = Metric(
        name: "pod_cpu_usage", unit: "cores",
        queries: [
            MetricQuery(
                .average,
                #"sum by (namespace, pod) (rate(container_cpu_usage_seconds_total{container!=""}[5m]))"#),
            MetricQuery(.average, "pod:container_cpu_usage:rate5m"),
        ])

    static let podMemoryUsage = Metric(
        name: "pod_memory_usage", unit: "ratio",
        queries: [
            MetricQuery(
                .average,
                #"sum by (namespace, pod) (container_memory_working_set_bytes{container!=""}) / "#
                    + #"sum by (namespace, pod) (kube_pod_container_resource_limits{resource="memory"})"#)
        ])

    /// The engine sends the counter itself, which grows for ever and takes a model away from what it was fitted to.
    static let containerRestartCount = Metric(
        name: "container_restart_count", unit: "restarts in 5 minutes",
        queries: [MetricQuery(.sum, "rate(kube_pod_container_status_restarts_total[5m])", scale: 300)])
}
