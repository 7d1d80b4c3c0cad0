package backend

import (
	"log/slog"

	"${{ values.goModule }}/internal/config"
	"${{ values.goModule }}/internal/postgres"
	"${{ values.goModule }}/internal/readiness"
)

// Config of PostgreSQL.
type Config struct{ database *postgres.Config }

// ReadConfig reads DATABASE_URL.
func ReadConfig(env *config.Env) Config {
	return Config{database: config.Required(env, "DATABASE_URL", postgres.ParseConfig)}
}

// Open keeps items in PostgreSQL. It does not connect yet.
func Open(cfg Config, log *slog.Logger) (*Backend, error) {
	db, err := postgres.Open(cfg.database)
	if err != nil {
		return nil, err
	}
	return &Backend{
		Items:  postgres.NewStore(db),
		Checks: []readiness.Check{{Name: "postgresql", Run: db.Ping}},
		Start:  postgres.Migrator{DB: db, Log: log}.Run,
		Close:  db.Close,
	}, nil
}
