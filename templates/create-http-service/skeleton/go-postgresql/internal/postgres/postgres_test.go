package postgres_test

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"${{ values.goModule }}/internal/item"
	"${{ values.goModule }}/internal/item/itemtest"
	"${{ values.goModule }}/internal/postgres"
	"${{ values.goModule }}/internal/postgres/postgrestest"
)

func open(t *testing.T, address string) *pgxpool.Pool {
	t.Helper()
	config, err := postgres.ParseConfig(address)
	if err != nil {
		t.Fatal(err)
	}
	db, err := postgres.Open(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Close)
	return db
}

func migrator(db *pgxpool.Pool) postgres.Migrator {
	return postgres.Migrator{DB: db, Log: slog.New(slog.DiscardHandler)}
}

func TestConnectionStrings(t *testing.T) {
	for _, test := range []struct {
		text string
		ok   bool
	}{
		{"postgresql://user:s3cret@db.example:5432/items?sslmode=require", true},
		{"postgres://db.example/items", true},
		{"mysql://user:s3cret@db.example/items", false},
		{"host=db.example dbname=items", false},
		{"postgresql://user:s3cret@db.example:port/items", false},
		{"postgresql://user:s3cret@db.example/items?sslmode=sometimes", false},
	} {
		_, err := postgres.ParseConfig(test.text)
		if (err == nil) != test.ok {
			t.Errorf("%s: got %v", test.text, err)
		}
		if err != nil && strings.Contains(err.Error(), "s3cret") {
			t.Errorf("the error tells the secret: %v", err)
		}
	}
}

func TestStore(t *testing.T) {
	db := open(t, postgrestest.URL(t))
	if err := migrator(db).Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	itemtest.Run(t, postgres.NewStore(db))
}

func TestInstancesThatStartTogetherMigrateOnce(t *testing.T) {
	address := postgrestest.URL(t)
	var group sync.WaitGroup
	for range 5 {
		db := open(t, address)
		group.Go(func() {
			if err := migrator(db).Run(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func TestMigrationThatCannotWorkIsNotTriedAgain(t *testing.T) {
	db := open(t, postgrestest.URL(t))
	if _, err := db.Exec(t.Context(), "create table items ()"); err != nil {
		t.Fatal(err)
	}
	err := migrator(db).Run(t.Context())
	if err == nil || !strings.Contains(err.Error(), "0001_items.sql") {
		t.Errorf("the error does not name the migration: %v", err)
	}
}

func TestDatabaseThatDoesNotAnswer(t *testing.T) {
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	db := open(t, "postgresql://nobody@"+address+"/none?sslmode=disable")

	t.Run("is an error that tells clients to try again", func(t *testing.T) {
		store := postgres.NewStore(db)
		_, listErr := store.List(t.Context(), uuid.Nil, 1)
		_, getErr := store.Get(t.Context(), uuid.New())
		for _, err := range []error{listErr, getErr, store.Add(t.Context(), itemtest.New(t, "x"))} {
			if !errors.Is(err, item.ErrUnavailable) {
				t.Errorf("got %v, want ErrUnavailable", err)
			}
		}
	})
	t.Run("is waited for, until the service has to stop", func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
		defer cancel()
		if err := migrator(db).Run(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
	})
}
