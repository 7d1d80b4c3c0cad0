package backend

import (
	"context"
	"log/slog"

	"${{ values.goModule }}/internal/config"
	"${{ values.goModule }}/internal/memory"
)

// Config of a back end that needs none.
type Config struct{}

// ReadConfig reads nothing.
func ReadConfig(*config.Env) Config { return Config{} }

// Open keeps items in memory.
func Open(Config, *slog.Logger) (*Backend, error) {
	return &Backend{
		Items: memory.NewStore(),
		Start: func(context.Context) error { return nil },
		Close: func() {},
	}, nil
}
