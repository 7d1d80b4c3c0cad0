// Package postgres keeps items in PostgreSQL.
package postgres

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"${{ values.goModule }}/internal/item"
	"${{ values.goModule }}/internal/service"
)

const connectTimeout = 5 * time.Second

// Config says how to reach the database.
type Config = pgxpool.Config

// ParseConfig reads a connection string. Its error leaves the string out: it
// may hold a password.
func ParseConfig(text string) (*Config, error) {
	isURL := strings.HasPrefix(text, "postgres://") || strings.HasPrefix(text, "postgresql://")
	config, err := pgxpool.ParseConfig(text)
	if err != nil || !isURL {
		return nil, errors.New("must be a URL such as postgresql://user@host:5432/database")
	}
	return config, nil
}

// Open makes a pool that connects when it is first used.
func Open(config *Config) (*pgxpool.Pool, error) {
	config.ConnConfig.ConnectTimeout = connectTimeout
	if config.ConnConfig.RuntimeParams["application_name"] == "" {
		config.ConnConfig.RuntimeParams["application_name"] = service.Name
	}
	pool, err := pgxpool.NewWithConfig(context.Background(), config)
	if err != nil {
		return nil, fmt.Errorf("open the pool of database connections: %w", err)
	}
	return pool, nil
}

// describe adds what was tried to an error, and item.ErrUnavailable when
// another try may help.
func describe(doing string, err error) error {
	if isTemporary(err) {
		return fmt.Errorf("%s: %w: %w", doing, item.ErrUnavailable, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// isTemporary tells errors of the connection and of a server that is short of
// something, starting or stopping from errors of the statement.
func isTemporary(err error) bool {
	var answered *pgconn.PgError
	if !errors.As(err, &answered) {
		return true
	}
	switch answered.Code[:2] {
	case "08", // connection exception
		"40", // transaction rollback: deadlock, serialisation failure
		"53", // insufficient resources
		"55", // object not in prerequisite state: lock not available
		"57", // operator intervention: shutdown, starting up, statement timeout
		"58": // system error
		return true
	default:
		return answered.Code == "25006" // read-only: a standby during fail-over
	}
}
