// Package server serves HTTP, and stops without losing a request.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 15 * time.Second
	writeTimeout      = 30 * time.Second
	idleTimeout       = 2 * time.Minute
	maxHeaderBytes    = 64 << 10

	// farewell is how long open connections that are idle may still be used
	// after the last new one was accepted.
	farewell     = time.Second
	pollInterval = 5 * time.Millisecond
)

// Options say how to serve.
type Options struct {
	Log     *slog.Logger
	Handler http.Handler
	// OnDrain is called when the server is asked to stop, before Delay.
	OnDrain func()
	// Delay is how long to go on accepting connections after that.
	Delay time.Duration
	// Grace is how long requests may take to end after Delay.
	Grace time.Duration
}

// Serve answers requests until ctx is done, then stops in the order that loses
// none of them:
//
//  1. OnDrain, and from now on each answer asks the client to close its connection;
//  2. go on for Delay, while load balancers stop sending new connections;
//  3. accept no more connections;
//  4. let clients use the connections that are idle once more: closing one
//     while a request is on its way would lose that request;
//  5. wait for requests to end, all in all for Grace.
//
// It returns an error if requests had to be cut off.
func Serve(ctx context.Context, listener net.Listener, options Options) error {
	var (
		draining    atomic.Bool
		connections atomic.Int64
	)
	server := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if draining.Load() {
				w.Header().Set("Connection", "close")
			}
			options.Handler.ServeHTTP(w, r)
		}),
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeaderBytes,
		ErrorLog:          slog.NewLogLogger(options.Log.Handler(), slog.LevelWarn),
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				connections.Add(1)
			case http.StateClosed, http.StateHijacked:
				connections.Add(-1)
			case http.StateActive, http.StateIdle:
			}
		},
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	options.Log.InfoContext(ctx, "listening", "address", listener.Addr().String())

	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	// From here on nothing may be cut short by the context that ended.
	ctx = context.WithoutCancel(ctx)

	options.Log.InfoContext(ctx, "draining", "delay", options.Delay.String())
	draining.Store(true)
	options.OnDrain()
	time.Sleep(options.Delay)

	ctx, cancel := context.WithTimeout(ctx, options.Grace)
	defer cancel()
	if err := listener.Close(); err != nil {
		options.Log.WarnContext(ctx, "listener not closed", "error", err)
	}
	<-served
	options.Log.InfoContext(ctx, "accepting no more connections", "open", connections.Load())
	waitForNone(ctx, &connections, farewell)

	if err := server.Shutdown(ctx); err != nil {
		open := connections.Load()
		return errors.Join(fmt.Errorf("%d connections cut off after %s: %w", open, options.Grace, err), server.Close())
	}
	return nil
}

func waitForNone(ctx context.Context, connections *atomic.Int64, atMost time.Duration) {
	ctx, cancel := context.WithTimeout(ctx, atMost)
	defer cancel()
	tick := time.NewTicker(pollInterval)
	defer tick.Stop()
	for connections.Load() > 0 {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
