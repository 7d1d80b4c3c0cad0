package telemetry

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cenkalti/backoff/v5"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
)

// exportTo counts the attempts, with hardly a pause between them.
func exportTo(t *testing.T, timeout time.Duration, handle func(attempt int64, w http.ResponseWriter, r *http.Request)) (*otlpClient, *atomic.Int64) {
	t.Helper()
	var attempts atomic.Int64
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Only then does the server notice that the client went away.
		if _, err := io.Copy(io.Discard, r.Body); err != nil {
			t.Error(err)
		}
		handle(attempts.Add(1), w, r)
	}))
	t.Cleanup(collector.Close)
	client := newOTLPClient(Export{Endpoint: collector.URL, Timeout: timeout})
	client.backOff = func() backoff.BackOff { return backoff.NewConstantBackOff(time.Millisecond) }
	return client, &attempts
}

func TestCollectorThatIsBusyIsAskedAgain(t *testing.T) {
	for name, busy := range map[string]func(http.ResponseWriter, *http.Request){
		"429": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) },
		"503": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) },
		"503 with the time": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
		},
		"silence": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client, attempts := exportTo(t, 200*time.Millisecond, func(attempt int64, w http.ResponseWriter, r *http.Request) {
				if attempt == 1 {
					busy(w, r)
				}
			})
			start := time.Now()
			if err := client.UploadTraces(t.Context(), []*tracepb.ResourceSpans{{}}); err != nil {
				t.Error(err)
			}
			if attempts.Load() != 2 {
				t.Errorf("%d attempts", attempts.Load())
			}
			if name == "503 with the time" && time.Since(start) < time.Second {
				t.Error("did not wait as long as the collector asked for")
			}
		})
	}
}

func TestRefusalIsAnErrorAtOnce(t *testing.T) {
	for name, test := range map[string]struct {
		answer func(http.ResponseWriter)
		want   string
	}{
		"status": {
			func(w http.ResponseWriter) { http.Error(w, "who are you?", http.StatusUnauthorized) },
			`401 Unauthorized: "who are you?"`,
		},
		"part of the spans": {
			func(w http.ResponseWriter) {
				w.Header().Set("Content-Type", contentType)
				// partial_success { rejected_spans: 3 error_message: "full" }
				_, _ = w.Write([]byte("\x0a\x08\x08\x03\x12\x04full"))
			},
			`rejected 3 spans: "full"`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			client, attempts := exportTo(t, time.Second, func(_ int64, w http.ResponseWriter, _ *http.Request) { test.answer(w) })
			err := client.UploadTraces(t.Context(), nil)
			if err == nil || !strings.Contains(err.Error(), test.want) || attempts.Load() != 1 {
				t.Errorf("got %v after %d attempts, want %s", err, attempts.Load(), test.want)
			}
		})
	}
	for name, answer := range map[string]string{"empty": "", "rubbish": "\xff\xff", "nothing rejected": "\x0a\x00"} {
		if err := rejected([]byte(answer)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestStopEndsAnExportThatIsUnderWay(t *testing.T) {
	entered := make(chan struct{})
	client, _ := exportTo(t, 10*time.Second, func(_ int64, _ http.ResponseWriter, r *http.Request) {
		close(entered)
		<-r.Context().Done()
	})
	result := make(chan error, 1)
	go func() { result <- client.UploadTraces(t.Context(), nil) }()
	<-entered
	if err := client.Stop(t.Context()); err != nil {
		t.Error(err)
	}
	select {
	case err := <-result:
		if !errors.Is(err, context.Canceled) && !errors.Is(err, errStopped) {
			t.Errorf("got %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("does not stop")
	}
}
