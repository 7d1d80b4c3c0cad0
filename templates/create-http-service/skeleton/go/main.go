// Command ${{ values.name }} serves the API that openapi.yaml describes.
package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"${{ values.goModule }}/internal/backend"
	"${{ values.goModule }}/internal/config"
	"${{ values.goModule }}/internal/httpapi"
	"${{ values.goModule }}/internal/metrics"
	"${{ values.goModule }}/internal/readiness"
	"${{ values.goModule }}/internal/server"
	"${{ values.goModule }}/internal/service"
	"${{ values.goModule }}/internal/telemetry"
)

const (
	flushTimeout       = 5 * time.Second
	healthcheckTimeout = 2 * time.Second
)

//go:embed openapi.yaml
var openAPI []byte

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second signal ends the process at once.
	context.AfterFunc(ctx, stop)
	os.Exit(run(ctx, os.Args[1:], os.LookupEnv, os.Stdout, os.Stderr))
}

// run returns the exit code of the process.
func run(ctx context.Context, args []string, lookup func(string) (string, bool), stdout, stderr io.Writer) int {
	env := config.NewEnv(lookup)
	command := serve
	switch {
	case len(args) == 1 && args[0] == "healthcheck":
		command = healthcheck
	case len(args) > 0:
		command = func(context.Context, *config.Env, io.Writer) error {
			return errors.New("usage: " + service.Name + " [healthcheck]")
		}
	}
	if err := command(ctx, env, stdout); err != nil {
		// Nobody is left to tell when this fails.
		_, _ = fmt.Fprintf(stderr, "%s: %v\n", service.Name, err)
		return 1
	}
	return 0
}

// serve runs the service until ctx is done.
func serve(ctx context.Context, env *config.Env, stdout io.Writer) (err error) {
	cfg := config.Read(env)
	export := telemetry.ReadExport(env)
	backendConfig := backend.ReadConfig(env)
	if err := env.Err(); err != nil {
		return fmt.Errorf("configuration: %w", err)
	}

	log := telemetry.NewLogger(stdout, cfg.LogLevel)
	tracers, err := telemetry.NewTracerProvider(ctx, cfg.TelemetryName, export)
	if err != nil {
		return err
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), flushTimeout)
		defer cancel()
		if err := tracers.Shutdown(ctx); err != nil {
			log.WarnContext(ctx, "traces not flushed", "error", err)
		}
		log.InfoContext(ctx, "stopped")
	}()

	items, err := backend.Open(backendConfig, log)
	if err != nil {
		return err
	}
	defer items.Close()

	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", cfg.Address)
	if err != nil {
		return err
	}
	ready := readiness.New(log, items.Checks)
	handler := httpapi.New(httpapi.Options{
		Log:       log,
		Tracers:   tracers,
		Metrics:   metrics.New(),
		Readiness: ready,
		Items:     items.Items,
		OpenAPI:   openAPI,
	})

	// Probes are answered while the back end starts.
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	started := make(chan error, 1)
	go func() {
		err := items.Start(ctx)
		if err != nil {
			cancel()
		} else {
			ready.Start()
			log.InfoContext(ctx, "ready")
		}
		started <- err
	}()
	err = server.Serve(ctx, listener, server.Options{
		Log:     log,
		Handler: handler,
		OnDrain: ready.Drain,
		Delay:   cfg.ShutdownDelay,
		Grace:   cfg.ShutdownGrace,
	})
	cancel()
	if startErr := <-started; startErr != nil && !errors.Is(startErr, context.Canceled) {
		err = errors.Join(startErr, err)
	}
	return err
}

// healthcheck asks the service that runs next to it whether it is alive: an
// image without a shell has no other way.
func healthcheck(ctx context.Context, env *config.Env, _ io.Writer) error {
	address := config.Address(env)
	if err := env.Err(); err != nil {
		return fmt.Errorf("configuration: %w", err)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host == "" || ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, healthcheckTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+"/healthz", nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	if err := response.Body.Close(); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("healthz answered %s", response.Status)
	}
	return nil
}
