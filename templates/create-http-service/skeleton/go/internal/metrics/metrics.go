// Package metrics holds the Prometheus metrics of the service.
package metrics

import (
	"runtime"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"${{ values.goModule }}/internal/service"
)

// HTTP measures the requests of one server.
type HTTP struct {
	// Registry is what /metrics shows; register your own metrics here.
	Registry *prometheus.Registry

	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	inFlight prometheus.Gauge
}

// New makes metrics in a registry of their own, so that tests can run several servers.
func New() *HTTP {
	labels := []string{"method", "route", "code"}
	m := &HTTP{
		Registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "http_requests_total",
			Help: "HTTP requests that ended.",
		}, labels),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "http_request_duration_seconds",
			Help:    "Time from the head of a request to the end of its answer.",
			Buckets: prometheus.DefBuckets,
		}, labels),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "http_requests_in_flight",
			Help: "HTTP requests being answered.",
		}),
	}
	build := prometheus.NewGaugeVec(prometheus.GaugeOpts{
		Name: "build_info",
		Help: "What is running; the value is always 1.",
	}, []string{"version", "revision", "runtime"})
	build.WithLabelValues(service.Version, service.Revision, runtime.Version()).Set(1)

	m.Registry.MustRegister(
		m.requests, m.duration, m.inFlight, build,
		collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
	)
	return m
}

// Begin counts a request as being answered, until the returned function is called.
func (m *HTTP) Begin() (end func()) {
	m.inFlight.Inc()
	return m.inFlight.Dec
}

// Observe counts a request that ended.
func (m *HTTP) Observe(method, route string, code int, took time.Duration) {
	labels := []string{method, route, strconv.Itoa(code)}
	m.requests.WithLabelValues(labels...).Inc()
	m.duration.WithLabelValues(labels...).Observe(took.Seconds())
}
