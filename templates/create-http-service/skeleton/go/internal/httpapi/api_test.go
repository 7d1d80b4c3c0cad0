package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"${{ values.goModule }}/internal/item"
)

// spanRecorder keeps the spans that ended.
type spanRecorder struct {
	sdktrace.SpanProcessor

	mu    sync.Mutex
	ended []sdktrace.ReadOnlySpan
}

func (s *spanRecorder) OnStart(context.Context, sdktrace.ReadWriteSpan) {}

func (s *spanRecorder) OnEnd(span sdktrace.ReadOnlySpan) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ended = append(s.ended, span)
}

func TestCreatedItemIsAtItsLocation(t *testing.T) {
	f := start(t)
	_, created, body := f.send(t, http.MethodPost, "/v1/items", "application/json", `{"name":"x"}`)
	_, read, again := f.send(t, http.MethodGet, created.Header.Get("Location"), "", "")
	if read.StatusCode != http.StatusOK || body != again {
		t.Errorf("created %s, read %d %s", body, read.StatusCode, again)
	}
}

func TestListIsWalkedByItsCursor(t *testing.T) {
	f := start(t)
	for range 5 {
		f.send(t, http.MethodPost, "/v1/items", "application/json", `{"name":"x"}`)
	}
	var pages []int
	for path := "/v1/items?limit=2"; path != ""; {
		_, _, body := f.send(t, http.MethodGet, path, "", "")
		var page item.Page
		if err := json.Unmarshal([]byte(body), &page); err != nil {
			t.Fatal(err)
		}
		pages = append(pages, len(page.Items))
		if path = ""; page.NextCursor != "" {
			path = "/v1/items?limit=2&cursor=" + page.NextCursor
		}
	}
	if len(pages) != 3 || pages[2] != 1 {
		t.Errorf("pages of %v items", pages)
	}
}

func TestUnknownPathsAndMethods(t *testing.T) {
	f := start(t)
	for _, test := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"GET", "/", 404, ""},
		{"GET", "/v1", 404, ""},
		{"GET", "/v1/items/x/y", 404, ""},
		{"DELETE", "/v1/items", 405, "GET, HEAD, POST"},
		{"POST", "/readyz", 405, "GET, HEAD"},
		{"BREW", "/v1/items", 405, "GET, HEAD, POST"},
	} {
		_, response, body := f.send(t, test.method, test.path, "", "")
		if response.StatusCode != test.status || response.Header.Get("Allow") != test.allow {
			t.Errorf("%s %s: %d, Allow %q", test.method, test.path, response.StatusCode, response.Header.Get("Allow"))
		}
		if kind := response.Header.Get("Content-Type"); kind != "application/problem+json" {
			t.Errorf("%s %s: %s %s", test.method, test.path, kind, body)
		}
	}
	_, _, metrics := f.send(t, http.MethodGet, "/metrics", "", "")
	for _, want := range []string{
		`http_requests_total{code="404",method="GET",route="unmatched"} 3`,
		`http_requests_total{code="405",method="other",route="unmatched"} 1`,
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("metrics lack %s", want)
		}
	}
}

func TestUnexpectedErrorsTellClientsNothing(t *testing.T) {
	for name, instead := range map[string]func(context.Context) error{
		"error": func(context.Context) error { return errors.New("s3cret") },
		"panic": func(context.Context) error { panic("s3cret") },
	} {
		t.Run(name, func(t *testing.T) {
			f := start(t)
			f.store.instead = instead
			_, response, body := f.send(t, http.MethodGet, "/v1/items", "", "")
			if response.StatusCode != http.StatusInternalServerError {
				t.Errorf("status %d", response.StatusCode)
			}
			if strings.Contains(body, "s3cret") {
				t.Errorf("the answer tells the error: %s", body)
			}
			if !strings.Contains(f.logs.String(), "s3cret") {
				t.Error("the log does not tell the error")
			}
			if _, again, _ := f.send(t, http.MethodGet, "/healthz", "", ""); again.StatusCode != http.StatusOK {
				t.Error("the server does not go on")
			}
		})
	}
}

func TestRequestIsSeenInMetricsLogsAndTraces(t *testing.T) {
	const (
		traceID     = "0af7651916cd43dd8448eb211c80319c"
		traceParent = "00-" + traceID + "-b7ad6b7169203331-01"
		path        = "/v1/items/0198c5f6-0000-7000-8000-000000000000"
	)
	f := start(t)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, f.URL+path, http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Traceparent", traceParent)
	request.Header.Set("X-Request-Id", "request-1")
	response, body := do(t, request)
	if id := response.Header.Get("X-Request-Id"); id != "request-1" || !strings.Contains(body, `"requestId":"request-1"`) {
		t.Errorf("request id %q in %s", id, body)
	}

	_, _, metrics := f.send(t, http.MethodGet, "/metrics", "", "")
	const labels = `{code="404",method="GET",route="/v1/items/{id}"`
	for _, want := range []string{
		"http_requests_total" + labels + "} 1",
		"http_request_duration_seconds_bucket" + labels + `,le="0.005"}`,
		"http_request_duration_seconds_bucket" + labels + `,le="10"} 1`,
		"http_requests_in_flight 1",
		"go_goroutines ",
		"process_start_time_seconds ",
		`build_info{revision="unknown",runtime="go1.`,
	} {
		if !strings.Contains(metrics, want) {
			t.Errorf("metrics lack %s", want)
		}
	}

	var line map[string]any
	if err := json.Unmarshal(f.logs.Bytes(), &line); err != nil {
		t.Fatalf("want one line: %v in %s", err, f.logs)
	}
	for key, want := range map[string]any{
		"msg": "request", "method": "GET", "route": "/v1/items/{id}", "status": 404.0,
	} {
		if line[key] != want {
			t.Errorf("log: %s is %v, want %v", key, line[key], want)
		}
	}

	if len(f.spans.ended) != 1 {
		t.Fatalf("%d spans", len(f.spans.ended))
	}
	span := f.spans.ended[0]
	if span.Name() != "GET /v1/items/{id}" || span.SpanContext().TraceID().String() != traceID {
		t.Errorf("span %q of trace %s", span.Name(), span.SpanContext().TraceID())
	}
}

func TestHostileRequestIdIsReplaced(t *testing.T) {
	f := start(t)
	for _, id := range []string{"", "a b", "<script>", strings.Repeat("x", 129)} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, f.URL+"/healthz", http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("X-Request-Id", id)
		response, _ := do(t, request)
		if got := response.Header.Get("X-Request-Id"); got == id || !requestIDPattern.MatchString(got) {
			t.Errorf("%q became %q", id, got)
		}
	}
}

func TestClientThatWentAwayIsNotAnError(t *testing.T) {
	f := start(t)
	ctx, cancel := context.WithCancel(t.Context())
	f.store.instead = func(ctx context.Context) error {
		cancel()
		<-ctx.Done()
		return ctx.Err()
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, f.URL+"/v1/items", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	if response, err := http.DefaultClient.Do(request); err == nil {
		t.Errorf("answered %s %v", response.Status, response.Body.Close())
	}
	const want = `http_requests_total{code="499",method="GET",route="/v1/items"} 1`
	for deadline := time.Now().Add(5 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		_, _, metrics := f.send(t, http.MethodGet, "/metrics", "", "")
		if strings.Contains(metrics, want) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("metrics lack %s", want)
		}
	}
}
