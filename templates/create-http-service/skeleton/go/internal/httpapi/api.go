// Package httpapi is the HTTP interface that openapi.yaml describes.
package httpapi

import (
	"log/slog"
	"net/http"
	"time"

	"go.opentelemetry.io/otel/trace"

	"${{ values.goModule }}/internal/item"
	"${{ values.goModule }}/internal/metrics"
	"${{ values.goModule }}/internal/readiness"
)

const requestTimeout = 10 * time.Second

// Options are what the API works with.
type Options struct {
	Log       *slog.Logger
	Tracers   trace.TracerProvider
	Metrics   *metrics.HTTP
	Readiness *readiness.Readiness
	Items     item.Store
	// OpenAPI is the document to serve.
	OpenAPI []byte
}

type api struct {
	log       *slog.Logger
	metrics   *metrics.HTTP
	readiness *readiness.Readiness
	items     item.Store
	openAPI   []byte
	timeout   time.Duration
}

// New makes the handler of every request.
func New(options Options) http.Handler {
	return newAPI(options).handler(options.Tracers)
}

func newAPI(options Options) *api {
	return &api{
		log:       options.Log,
		metrics:   options.Metrics,
		readiness: options.Readiness,
		items:     options.Items,
		openAPI:   options.OpenAPI,
		timeout:   requestTimeout,
	}
}

// routes are all there are; a test compares them with openapi.yaml.
func (a *api) routes() map[string]http.Handler {
	return map[string]http.Handler{
		"GET /v1/items":      a.resource(a.listItems),
		"POST /v1/items":     a.resource(a.createItem),
		"GET /v1/items/{id}": a.resource(a.getItem),

		"GET /healthz":      http.HandlerFunc(a.health),
		"GET /readyz":       http.HandlerFunc(a.ready),
		"GET /metrics":      a.showMetrics(),
		"GET /openapi.yaml": http.HandlerFunc(a.describe),
	}
}

func (a *api) handler(tracers trace.TracerProvider) http.Handler {
	mux := http.NewServeMux()
	for pattern, handler := range a.routes() {
		mux.Handle(pattern, handler)
	}
	routed := limited(a.timeout, a.unmatched(mux))
	return match(mux, traced(tracers, a.observed(routed)))
}

// resource answers with the error that a handler returns, and not at all
// before the service has started.
func (a *api) resource(handle func(http.ResponseWriter, *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !a.readiness.Started() {
			a.fail(w, r, newProblem(http.StatusServiceUnavailable, "The service is starting. Try again later."))
			return
		}
		if err := handle(w, r); err != nil {
			a.fail(w, r, err)
		}
	})
}

// unmatched turns the plain text that the mux answers to an unknown path or
// method into a problem.
func (a *api) unmatched(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		answer := discarded{http.Header{}}
		mux.ServeHTTP(answer, r)
		if allow := answer.header.Get("Allow"); allow != "" {
			w.Header().Set("Allow", allow)
			a.fail(w, r, newProblem(http.StatusMethodNotAllowed, "This path does not know the method."))
			return
		}
		a.fail(w, r, newProblem(http.StatusNotFound, "There is nothing at this path."))
	})
}

// discarded is an answer of which only the headers are of interest.
type discarded struct{ header http.Header }

func (d discarded) Header() http.Header            { return d.header }
func (d discarded) Write(body []byte) (int, error) { return len(body), nil }
func (d discarded) WriteHeader(int)                {}
