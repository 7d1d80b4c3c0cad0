package config

import (
	"errors"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"time"

	"${{ values.goModule }}/internal/service"
)

const maxDuration = time.Hour

// Config is what every back end shares.
type Config struct {
	// Address is the host:port to listen on.
	Address  string
	LogLevel slog.Level
	// ShutdownDelay is how long to go on serving after the signal to stop,
	// while load balancers take note.
	ShutdownDelay time.Duration
	// ShutdownGrace is how long requests may take to end after that.
	ShutdownGrace time.Duration
	// TelemetryName is the name of the service in traces.
	TelemetryName string
}

// Read reads the configuration; env.Err tells whether it is right.
func Read(env *Env) Config {
	return Config{
		Address:       Address(env),
		LogLevel:      Optional(env, "LOG_LEVEL", "info", parseLevel),
		ShutdownDelay: Optional(env, "SHUTDOWN_DELAY", "0s", parseDuration),
		ShutdownGrace: Optional(env, "SHUTDOWN_GRACE", "20s", parseDuration),
		TelemetryName: Optional(env, "OTEL_SERVICE_NAME", service.Name, Text),
	}
}

// Address reads the host:port to listen on.
func Address(env *Env) string {
	return Optional(env, "HTTP_ADDRESS", "0.0.0.0:8080", ParseAddress)
}

// Text takes a variable as it is.
func Text(text string) (string, error) { return text, nil }

// ParseAddress checks host:port.
func ParseAddress(text string) (string, error) {
	_, port, err := net.SplitHostPort(text)
	if err != nil {
		return "", errors.New("must be host:port, such as 0.0.0.0:8080")
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return "", errors.New("must have a port between 0 and 65535")
	}
	return text, nil
}

func parseLevel(text string) (slog.Level, error) {
	levels := map[string]slog.Level{
		"debug": slog.LevelDebug,
		"info":  slog.LevelInfo,
		"warn":  slog.LevelWarn,
		"error": slog.LevelError,
	}
	level, ok := levels[strings.ToLower(text)]
	if !ok {
		return 0, errors.New("must be one of debug, info, warn, error")
	}
	return level, nil
}

func parseDuration(text string) (time.Duration, error) {
	value, err := time.ParseDuration(text)
	if err != nil || value < 0 || value > maxDuration {
		return 0, errors.New("must be a duration of at most 1h, such as 500ms, 20s or 1m30s")
	}
	return value, nil
}
