package postgres

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	firstRetry = 200 * time.Millisecond
	lastRetry  = 5 * time.Second
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrator brings the database to the state that this version needs. Files in
// migrations/ run in the order of their names, each once; never change one
// that has been released. During a deployment the version before runs next to
// this one: it has to get along with the new state.
type Migrator struct {
	DB  *pgxpool.Pool
	Log *slog.Logger
}

// Run migrates, and tries again while the database does not answer.
func (m Migrator) Run(ctx context.Context) error {
	for wait := firstRetry; ; wait = min(2*wait, lastRetry) {
		err := m.migrate(ctx)
		if err == nil || !isTemporary(err) {
			return err
		}
		m.Log.WarnContext(ctx, "database not ready", "error", err, "retry_in", wait.String())
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// migrate does everything in one transaction, and one instance at a time: the
// others wait for its lock and then find nothing left to do.
func (m Migrator) migrate(ctx context.Context) error {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return fmt.Errorf("find migrations: %w", err)
	}
	err = pgx.BeginFunc(ctx, m.DB, func(tx pgx.Tx) error {
		const prepare = `
			select pg_advisory_xact_lock(hashtextextended(current_database() || '.' || current_schema(), 0));
			create table if not exists schema_migrations (
				name       text        primary key,
				applied_at timestamptz not null default now()
			)`
		if _, err := tx.Exec(ctx, prepare, pgx.QueryExecModeSimpleProtocol); err != nil {
			return fmt.Errorf("lock: %w", err)
		}
		for _, name := range names {
			if err := m.apply(ctx, tx, name); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("migrate the database: %w", err)
	}
	return nil
}

func (m Migrator) apply(ctx context.Context, tx pgx.Tx, name string) error {
	const record = `insert into schema_migrations (name) values ($1) on conflict do nothing`
	recorded, err := tx.Exec(ctx, record, name)
	if err != nil || recorded.RowsAffected() == 0 {
		return err
	}
	statements, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, string(statements), pgx.QueryExecModeSimpleProtocol); err != nil {
		return err
	}
	m.Log.InfoContext(ctx, "migrated", "migration", name)
	return nil
}
