package httpapi

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"${{ values.goModule }}/internal/item"
	"${{ values.goModule }}/internal/item/itemtest"
	"${{ values.goModule }}/internal/memory"
	"${{ values.goModule }}/internal/metrics"
	"${{ values.goModule }}/internal/readiness"
)

// fixture is a running server, whose store can be made to fail.
type fixture struct {
	*httptest.Server

	api     *api
	store   *brittleStore
	metrics *metrics.HTTP
	ready   *readiness.Readiness
	logs    *bytes.Buffer
	spans   *spanRecorder
}

// brittleStore works until it is told what to do instead.
type brittleStore struct {
	item.Store

	instead func(ctx context.Context) error
}

func (s *brittleStore) Add(ctx context.Context, added item.Item) error {
	if s.instead != nil {
		return s.instead(ctx)
	}
	return s.Store.Add(ctx, added)
}

func (s *brittleStore) Get(ctx context.Context, id uuid.UUID) (item.Item, error) {
	if s.instead != nil {
		return item.Item{}, s.instead(ctx)
	}
	return s.Store.Get(ctx, id)
}

func (s *brittleStore) List(ctx context.Context, after uuid.UUID, limit int) ([]item.Item, error) {
	if s.instead != nil {
		return nil, s.instead(ctx)
	}
	return s.Store.List(ctx, after, limit)
}

func unavailable(context.Context) error { return fmt.Errorf("no answer: %w", item.ErrUnavailable) }

func start(t *testing.T) *fixture {
	t.Helper()
	openAPI, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	f := &fixture{
		store:   &brittleStore{Store: memory.NewStore()},
		metrics: metrics.New(),
		ready:   readiness.New(slog.New(slog.DiscardHandler), nil),
		logs:    &bytes.Buffer{},
		spans:   &spanRecorder{},
	}
	f.ready.Start()
	f.api = newAPI(Options{
		Log:       slog.New(slog.NewJSONHandler(f.logs, nil)),
		Metrics:   f.metrics,
		Readiness: f.ready,
		Items:     f.store,
		OpenAPI:   openAPI,
	})
	f.api.timeout = time.Second
	tracers := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(f.spans))
	f.Server = httptest.NewServer(f.api.handler(tracers))
	t.Cleanup(f.Close)
	return f
}

func (f *fixture) send(t *testing.T, method, path, contentType, body string) (*http.Request, *http.Response, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, f.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	response, answer := do(t, request)
	return request, response, answer
}

func do(t *testing.T, request *http.Request) (*http.Response, string) {
	t.Helper()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := response.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return response, string(answer)
}

func TestDocumentAndRoutesAreTheSame(t *testing.T) {
	var documented, served []string
	for path, operations := range load(t).Paths {
		for method := range operations {
			documented = append(documented, strings.ToUpper(method)+" "+path)
		}
	}
	for pattern := range start(t).api.routes() {
		served = append(served, pattern)
	}
	slices.Sort(documented)
	slices.Sort(served)
	if !slices.Equal(documented, served) {
		t.Errorf("documented: %v\nserved:     %v", documented, served)
	}
}

// TestEveryDocumentedAnswer asks the running server for each answer that the
// document promises, and checks it against the document.
func TestEveryDocumentedAnswer(t *testing.T) {
	doc := load(t)
	left := doc.answers()

	mux := http.NewServeMux()
	for pattern, handler := range start(t).api.routes() {
		mux.Handle(pattern, handler)
	}

	const kind = "application/json"
	known := itemtest.New(t, "known")
	starting := readiness.New(slog.New(slog.DiscardHandler), nil)
	for _, test := range []struct {
		name                            string
		method, path, contentType, body string
		prepare                         func(*fixture)
		status                          int
	}{
		{"empty list", "GET", "/v1/items", "", "", func(f *fixture) { f.store.Store = memory.NewStore() }, 200},
		{"list", "GET", "/v1/items?limit=100", "", "", nil, 200},
		{"limit 0", "GET", "/v1/items?limit=0", "", "", nil, 400},
		{"limit 101", "GET", "/v1/items?limit=101", "", "", nil, 400},
		{"limit is text", "GET", "/v1/items?limit=all", "", "", nil, 400},
		{"foreign cursor", "GET", "/v1/items?cursor=x", "", "", nil, 400},
		{"empty cursor", "GET", "/v1/items?cursor=", "", "", nil, 400},
		{"list, store down", "GET", "/v1/items", "", "", func(f *fixture) { f.store.instead = unavailable }, 503},
		{"list, starting", "GET", "/v1/items", "", "", func(f *fixture) { f.api.readiness = starting }, 503},

		{"create", "POST", "/v1/items", kind, `{"name":"日本 <b>'\"\\"}`, nil, 201},
		{"create, charset", "POST", "/v1/items", kind + "; charset=utf-8", `{"name":"x"}`, nil, 201},
		{"no body", "POST", "/v1/items", kind, "", nil, 400},
		{"cut body", "POST", "/v1/items", kind, `{"name":"x`, nil, 400},
		{"two values", "POST", "/v1/items", kind, `{"name":"x"}{}`, nil, 400},
		{"rubbish after", "POST", "/v1/items", kind, `{"name":"x"} x`, nil, 400},
		{"unknown field", "POST", "/v1/items", kind, `{"name":"x","price":1}`, nil, 400},
		{"wrong type", "POST", "/v1/items", kind, `{"name":1}`, nil, 400},
		{"no object", "POST", "/v1/items", kind, `[]`, nil, 400},
		{"null", "POST", "/v1/items", kind, `null`, nil, 400},
		{"no name", "POST", "/v1/items", kind, `{}`, nil, 400},
		{"control character", "POST", "/v1/items", kind, `{"name":"\u0000"}`, nil, 400},
		{"large body", "POST", "/v1/items", kind, `{"name":"` + strings.Repeat("x", maxBodyBytes) + `"}`, nil, 413},
		{"large after", "POST", "/v1/items", kind, `{"name":"x"}` + strings.Repeat(" ", maxBodyBytes), nil, 413},
		{"form", "POST", "/v1/items", "application/x-www-form-urlencoded", "name=x", nil, 415},
		{"no type", "POST", "/v1/items", "", `{"name":"x"}`, nil, 415},
		{"create, store down", "POST", "/v1/items", kind, `{"name":"x"}`, func(f *fixture) { f.store.instead = unavailable }, 503},

		{"read", "GET", "/v1/items/" + known.ID.String(), "", "", nil, 200},
		{"unknown id", "GET", "/v1/items/" + uuid.NewString(), "", "", nil, 404},
		{"no id", "GET", "/v1/items/..%2F..%2Fx", "", "", nil, 404},
		{"read, store slow", "GET", "/v1/items/" + uuid.NewString(), "", "", func(f *fixture) {
			f.store.instead = func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
		}, 503},

		{"alive", "GET", "/healthz", "", "", nil, 200},
		{"ready", "GET", "/readyz", "", "", nil, 200},
		{"starting", "GET", "/readyz", "", "", func(f *fixture) { f.api.readiness = starting }, 503},
		{"metrics", "GET", "/metrics", "", "", nil, 200},
		{"document", "GET", "/openapi.yaml", "", "", nil, 200},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := start(t)
			if err := f.store.Add(t.Context(), known); err != nil {
				t.Fatal(err)
			}
			if test.prepare != nil {
				test.prepare(f)
			}
			request, response, body := f.send(t, test.method, test.path, test.contentType, test.body)
			if response.StatusCode != test.status {
				t.Fatalf("status %d, want %d: %s", response.StatusCode, test.status, body)
			}
			_, route := mux.Handler(request)
			if err := doc.check(route, response, body); err != nil {
				t.Error(err)
			}
			delete(left, route+" "+strconv.Itoa(test.status))
		})
	}
	for answer := range left {
		t.Errorf("documented, but not tested: %s", answer)
	}
}
