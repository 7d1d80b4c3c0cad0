// Package postgrestest gives each test a schema of its own.
package postgrestest

import (
	"context"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

const skipped = `PostgreSQL test skipped. To run it:
	docker run --rm --detach --publish 127.0.0.1:5432:5432 --env POSTGRES_HOST_AUTH_METHOD=trust postgres:17.6-bookworm
	DATABASE_URL=postgresql://postgres@127.0.0.1:5432/postgres go test ./...`

// URL is DATABASE_URL with an empty schema, dropped when the test ends. The
// test is skipped when the variable is not set.
func URL(t *testing.T) string {
	t.Helper()
	base := os.Getenv("DATABASE_URL")
	if base == "" {
		t.Skip(skipped)
	}
	address, err := url.Parse(base)
	if err != nil {
		t.Fatal("DATABASE_URL is not a URL")
	}
	schema := "test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	execute(t, base, "create schema "+schema)
	t.Cleanup(func() { execute(t, base, "drop schema "+schema+" cascade") })

	query := address.Query()
	query.Set("search_path", schema)
	address.RawQuery = query.Encode()
	return address.String()
}

func execute(t *testing.T, address, statement string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	connection, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	_, err = connection.Exec(ctx, statement)
	if closeErr := connection.Close(ctx); err != nil || closeErr != nil {
		t.Fatal(err, closeErr)
	}
}
