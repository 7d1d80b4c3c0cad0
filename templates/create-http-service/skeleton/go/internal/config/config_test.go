package config_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"${{ values.goModule }}/internal/config"
	"${{ values.goModule }}/internal/service"
)

func env(variables map[string]string) *config.Env {
	return config.NewEnv(func(name string) (string, bool) {
		value, ok := variables[name]
		return value, ok
	})
}

func TestDefaults(t *testing.T) {
	want := config.Config{
		Address:       "0.0.0.0:8080",
		LogLevel:      slog.LevelInfo,
		ShutdownGrace: 20 * time.Second,
		TelemetryName: service.Name,
	}
	for name, variables := range map[string]map[string]string{
		"nothing set":             {},
		"empty counts as not set": {"HTTP_ADDRESS": "", "LOG_LEVEL": " ", "SHUTDOWN_GRACE": ""},
	} {
		t.Run(name, func(t *testing.T) {
			e := env(variables)
			if got := config.Read(e); got != want || e.Err() != nil {
				t.Errorf("got %+v, %v; want %+v", got, e.Err(), want)
			}
		})
	}
}

func TestEveryVariableIsRead(t *testing.T) {
	e := env(map[string]string{
		"HTTP_ADDRESS":      "[::1]:9000",
		"LOG_LEVEL":         "debug",
		"SHUTDOWN_DELAY":    "5s",
		"SHUTDOWN_GRACE":    "1m30s",
		"OTEL_SERVICE_NAME": "other",
	})
	want := config.Config{
		Address:       "[::1]:9000",
		LogLevel:      slog.LevelDebug,
		ShutdownDelay: 5 * time.Second,
		ShutdownGrace: 90 * time.Second,
		TelemetryName: "other",
	}
	if got := config.Read(e); got != want || e.Err() != nil {
		t.Errorf("got %+v, %v; want %+v", got, e.Err(), want)
	}
}

func TestWrongVariables(t *testing.T) {
	for _, test := range []struct{ name, value string }{
		{"HTTP_ADDRESS", "8080"},
		{"HTTP_ADDRESS", "localhost"},
		{"HTTP_ADDRESS", "0.0.0.0:65536"},
		{"HTTP_ADDRESS", "0.0.0.0:http"},
		{"LOG_LEVEL", "loud"},
		{"SHUTDOWN_DELAY", "5"},
		{"SHUTDOWN_DELAY", "-5s"},
		{"SHUTDOWN_GRACE", "61m"},
	} {
		t.Run(test.name+"="+test.value, func(t *testing.T) {
			e := env(map[string]string{test.name: test.value})
			config.Read(e)
			err := e.Err()
			if err == nil {
				t.Fatal("no error")
			}
			if !strings.HasPrefix(err.Error(), test.name+": must ") {
				t.Errorf("the error does not name the variable and the rule: %v", err)
			}
		})
	}
}

func TestOneLineNamesEveryProblemAndNoValue(t *testing.T) {
	e := env(map[string]string{"LOG_LEVEL": "s3cret\nsecond line", "SHUTDOWN_GRACE": "s3cret"})
	config.Read(e)
	config.Required(e, "MISSING", config.Text)
	err := e.Err()
	if err == nil {
		t.Fatal("no error")
	}
	for _, name := range []string{"LOG_LEVEL: ", "SHUTDOWN_GRACE: ", "MISSING: "} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%q is not named in: %v", name, err)
		}
	}
	if strings.Contains(err.Error(), "s3cret") || strings.Contains(err.Error(), "\n") {
		t.Errorf("a value or a second line in: %v", err)
	}
}
