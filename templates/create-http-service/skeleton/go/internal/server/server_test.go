package server_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptrace"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"${{ values.goModule }}/internal/server"
)

// running is a server in the test's process.
type running struct {
	address string
	stop    context.CancelFunc
	stopped chan error
}

func serve(t *testing.T, options server.Options) running {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if options.OnDrain == nil {
		options.OnDrain = func() {}
	}
	options.Log = slog.New(slog.DiscardHandler)
	ctx, stop := context.WithCancel(t.Context())
	stopped := make(chan error, 1)
	go func() { stopped <- server.Serve(ctx, listener, options) }()
	return running{listener.Addr().String(), stop, stopped}
}

// TestNoRequestIsLostUnderLoad stops the server while clients send requests
// without a pause, on connections that they keep open.
func TestNoRequestIsLostUnderLoad(t *testing.T) {
	const clients = 20
	for name, delay := range map[string]time.Duration{"at once": 0, "with delay": 200 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var received, answered, lost atomic.Int64
			s := serve(t, server.Options{
				Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					received.Add(1)
					if _, err := io.Copy(w, r.Body); err != nil {
						t.Error(err)
					}
				}),
				Delay: delay,
				Grace: 10 * time.Second,
			})

			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			var group sync.WaitGroup
			for range clients {
				group.Go(func() {
					client := &http.Client{Transport: &http.Transport{}}
					for ctx.Err() == nil {
						reused, err := post(ctx, client, "http://"+s.address)
						switch {
						case err == nil:
							answered.Add(1)
						case reused:
							// The server had this connection: it must not drop the request.
							lost.Add(1)
							t.Errorf("lost: %v", err)
						default:
							// No connection, or one that the server never accepted.
							time.Sleep(time.Millisecond)
						}
					}
				})
			}
			time.Sleep(300 * time.Millisecond)
			s.stop()
			if err := <-s.stopped; err != nil {
				t.Error(err)
			}
			cancel()
			group.Wait()
			if received.Load() == 0 || received.Load() != answered.Load() || lost.Load() != 0 {
				t.Errorf("received %d, answered %d, lost %d", received.Load(), answered.Load(), lost.Load())
			}
		})
	}
}

// post tells whether the connection was used before, and fails unless the
// whole answer comes back.
func post(ctx context.Context, client *http.Client, address string) (reused bool, err error) {
	const body = "hello"
	trace := &httptrace.ClientTrace{GotConn: func(info httptrace.GotConnInfo) { reused = info.Reused }}
	// The reader is hidden so that the client cannot send the body again by itself.
	request, err := http.NewRequestWithContext(
		httptrace.WithClientTrace(context.WithoutCancel(ctx), trace),
		http.MethodPost, address, io.NopCloser(strings.NewReader(body)),
	)
	if err != nil {
		return reused, err
	}
	request.ContentLength = int64(len(body))
	response, err := client.Do(request)
	if err != nil {
		return reused, err
	}
	answer, err := io.ReadAll(response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return reused, err
	}
	if response.StatusCode != http.StatusOK || string(answer) != body {
		return reused, errors.New("wrong answer: " + response.Status)
	}
	return reused, nil
}

func TestOrderOfStopping(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	drained := make(chan struct{})
	s := serve(t, server.Options{
		Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/slow" {
				close(entered)
				<-release
			}
		}),
		OnDrain: func() { close(drained) },
		Delay:   300 * time.Millisecond,
		Grace:   10 * time.Second,
	})

	slow := make(chan error, 1)
	go func() { slow <- get(t, s.address+"/slow", false) }()
	<-entered
	s.stop()
	<-drained

	if err := get(t, s.address+"/", true); err != nil {
		t.Errorf("new connections are to be served during the delay: %v", err)
	}
	for deadline := time.Now().Add(5 * time.Second); get(t, s.address+"/", true) == nil; {
		if time.Now().After(deadline) {
			t.Fatal("the server still accepts connections")
		}
		time.Sleep(20 * time.Millisecond)
	}
	select {
	case err := <-s.stopped:
		t.Fatalf("stopped before the request ended: %v", err)
	default:
	}
	close(release)
	if err := <-slow; err != nil {
		t.Errorf("the request that was under way: %v", err)
	}
	if err := <-s.stopped; err != nil {
		t.Error(err)
	}
}

func TestRequestsThatDoNotEndAreCutOffAfterGrace(t *testing.T) {
	entered := make(chan struct{})
	s := serve(t, server.Options{
		Handler: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			close(entered)
			<-r.Context().Done()
		}),
		Grace: 100 * time.Millisecond,
	})
	slow := make(chan error, 1)
	go func() { slow <- get(t, s.address+"/", false) }()
	<-entered
	s.stop()
	if err := <-s.stopped; !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if err := <-slow; err == nil {
		t.Error("the request was answered")
	}
}

// get uses a connection of its own, and fails unless the server says whether
// it will close it.
func get(t *testing.T, address string, wantClose bool) error {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+address, http.NoBody)
	if err != nil {
		return err
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	response, err := (&http.Client{Transport: transport}).Do(request)
	if err != nil {
		return err
	}
	if wantClose && !response.Close {
		t.Error("an answer while draining does not ask to close the connection")
	}
	return response.Body.Close()
}
