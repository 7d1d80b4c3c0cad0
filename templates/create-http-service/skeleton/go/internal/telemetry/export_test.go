package telemetry_test

import (
	"compress/gzip"
	"context"
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.opentelemetry.io/otel/trace"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"${{ values.goModule }}/internal/config"
	"${{ values.goModule }}/internal/service"
	"${{ values.goModule }}/internal/telemetry"
)

func readExport(variables map[string]string) (telemetry.Export, error) {
	env := config.NewEnv(func(name string) (string, bool) {
		value, ok := variables[name]
		return value, ok
	})
	export := telemetry.ReadExport(env)
	return export, env.Err()
}

// received is one request that a collector got.
type received struct {
	path   string
	header http.Header
	traces *tracepb.TracesData
}

// collect answers each request in turn, the last one for ever.
func collect(t *testing.T, answers ...http.HandlerFunc) (http.Handler, <-chan received) {
	t.Helper()
	requests := make(chan received, 10)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := io.Reader(r.Body)
		if r.Header.Get("Content-Encoding") == "gzip" {
			unpacked, err := gzip.NewReader(body)
			if err != nil {
				t.Error(err)
				return
			}
			body = unpacked
		}
		text, err := io.ReadAll(body)
		if err != nil {
			t.Error(err)
		}
		traces := &tracepb.TracesData{}
		if err := proto.Unmarshal(text, traces); err != nil {
			t.Error(err)
		}
		requests <- received{r.URL.Path, r.Header, traces}
		if len(answers) > 0 {
			answers[0](w, r)
			answers = answers[min(1, len(answers)-1):]
		}
	}), requests
}

// exportSpan ends a span and stops the exporter, which sends what is left.
func exportSpan(t *testing.T, export telemetry.Export) trace.SpanContext {
	t.Helper()
	provider, err := telemetry.NewTracerProvider(t.Context(), service.Name, export)
	if err != nil {
		t.Fatal(err)
	}
	_, span := provider.Tracer("test").Start(t.Context(), "work")
	span.End()
	if err := provider.Shutdown(context.Background()); err != nil {
		t.Error(err)
	}
	return span.SpanContext()
}

func next(t *testing.T, requests <-chan received) received {
	t.Helper()
	select {
	case request := <-requests:
		return request
	default:
		t.Fatal("nothing was exported")
		return received{}
	}
}

func TestShutdownExportsTheSpansThatAreLeft(t *testing.T) {
	handler, requests := collect(t)
	collector := httptest.NewServer(handler)
	defer collector.Close()
	for name, variables := range map[string]map[string]string{
		"plain":      {},
		"compressed": {"OTEL_EXPORTER_OTLP_COMPRESSION": "gzip"},
	} {
		t.Run(name, func(t *testing.T) {
			variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.URL
			variables["OTEL_EXPORTER_OTLP_HEADERS"] = "authorization=Bearer%20x, x-tenant=a"
			export, err := readExport(variables)
			if err != nil {
				t.Fatal(err)
			}
			sent := exportSpan(t, export)

			got := next(t, requests)
			if got.path != "/v1/traces" {
				t.Errorf("exported to %s", got.path)
			}
			for name, want := range map[string]string{
				"Content-Type":  "application/x-protobuf",
				"Authorization": "Bearer x",
				"X-Tenant":      "a",
			} {
				if value := got.header.Get(name); value != want {
					t.Errorf("%s is %q, want %q", name, value, want)
				}
			}
			if len(got.traces.GetResourceSpans()) != 1 {
				t.Fatalf("exported %v", got.traces)
			}
			resource := got.traces.GetResourceSpans()[0]
			span := resource.GetScopeSpans()[0].GetSpans()[0]
			id := sent.TraceID()
			if span.GetName() != "work" || string(span.GetTraceId()) != string(id[:]) {
				t.Errorf("exported %v", span)
			}
			if described := resource.GetResource().String(); !strings.Contains(described, service.Name) {
				t.Errorf("the resource does not name the service: %s", described)
			}
		})
	}
}

func TestCollectorWithACertificateOfItsOwn(t *testing.T) {
	handler, requests := collect(t)
	collector := httptest.NewTLSServer(handler)
	defer collector.Close()
	file := filepath.Join(t.TempDir(), "ca.pem")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: collector.Certificate().Raw})
	if err := os.WriteFile(file, certificate, 0o600); err != nil {
		t.Fatal(err)
	}
	export, err := readExport(map[string]string{
		"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": collector.URL + "/traces",
		"OTEL_EXPORTER_OTLP_CERTIFICATE":     file,
	})
	if err != nil {
		t.Fatal(err)
	}
	exportSpan(t, export)
	if got := next(t, requests); got.path != "/traces" {
		t.Errorf("exported to %s", got.path)
	}
}

func TestExportSettings(t *testing.T) {
	export, err := readExport(map[string]string{
		"OTEL_EXPORTER_OTLP_ENDPOINT":        "http://general:4318/base/",
		"OTEL_EXPORTER_OTLP_TIMEOUT":         "1000",
		"OTEL_EXPORTER_OTLP_COMPRESSION":     "gzip",
		"OTEL_EXPORTER_OTLP_HEADERS":         "a=1",
		"OTEL_EXPORTER_OTLP_TRACES_TIMEOUT":  "2000",
		"OTEL_EXPORTER_OTLP_TRACES_HEADERS":  "b=2",
		"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "",
	})
	if err != nil {
		t.Fatal(err)
	}
	if export.Endpoint != "http://general:4318/base/v1/traces" || export.Timeout != 2*time.Second || !export.Gzip ||
		len(export.Header) != 1 || export.Header.Get("b") != "2" || export.TLS != nil {
		t.Errorf("got %+v", export)
	}
	if export, err := readExport(nil); err != nil || export.Endpoint != "" || export.Timeout != 10*time.Second {
		t.Errorf("nothing set: %+v, %v", export, err)
	}
}

func TestWrongExportSettings(t *testing.T) {
	for _, test := range []struct{ name, value string }{
		{"ENDPOINT", "collector:4318"},
		{"ENDPOINT", "ftp://collector"},
		{"TRACES_ENDPOINT", "collector"},
		{"HEADERS", "s3cret"},
		{"HEADERS", "a b=s3cret"},
		{"TRACES_HEADERS", "a=s3cret%0Ab"},
		{"TIMEOUT", "10s"},
		{"TIMEOUT", "0"},
		{"COMPRESSION", "zstd"},
		{"CERTIFICATE", "/none/s3cret"},
	} {
		t.Run(test.name+"="+test.value, func(t *testing.T) {
			name := "OTEL_EXPORTER_OTLP_" + test.name
			_, err := readExport(map[string]string{name: test.value})
			if err == nil {
				t.Fatal("no error")
			}
			if !strings.HasPrefix(err.Error(), name+": must ") || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("the error does not name the variable and the rule, and no value: %v", err)
			}
		})
	}
}
