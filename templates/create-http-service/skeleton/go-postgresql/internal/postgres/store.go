package postgres

import (
	"context"
	"errors"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"${{ values.goModule }}/internal/item"
)

// Store keeps items in the table items.
type Store struct{ db *pgxpool.Pool }

// NewStore uses a database that Migrator has prepared.
func NewStore(db *pgxpool.Pool) *Store { return &Store{db: db} }

// Add keeps an item.
func (s *Store) Add(ctx context.Context, added item.Item) error {
	const statement = `insert into items (id, name, created_at) values ($1, $2, $3)`
	if _, err := s.db.Exec(ctx, statement, added.ID, added.Name, added.CreatedAt); err != nil {
		return describe("add an item", err)
	}
	return nil
}

// Get returns an item by its id.
func (s *Store) Get(ctx context.Context, id uuid.UUID) (item.Item, error) {
	const query = `select id, name, created_at from items where id = $1`
	rows, err := s.db.Query(ctx, query, id)
	if err != nil {
		return item.Item{}, describe("get an item", err)
	}
	found, err := pgx.CollectExactlyOneRow(rows, scan)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return item.Item{}, item.ErrNotFound
	case err != nil:
		return item.Item{}, describe("get an item", err)
	}
	return found, nil
}

// List returns at most limit items with an id greater than after, in order.
func (s *Store) List(ctx context.Context, after uuid.UUID, limit int) ([]item.Item, error) {
	const query = `select id, name, created_at from items where id > $1 order by id limit $2`
	rows, err := s.db.Query(ctx, query, after, limit)
	if err != nil {
		return nil, describe("list items", err)
	}
	found, err := pgx.CollectRows(rows, scan)
	if err != nil {
		return nil, describe("list items", err)
	}
	return found, nil
}

func scan(row pgx.CollectableRow) (item.Item, error) {
	var found item.Item
	err := row.Scan(&found.ID, &found.Name, &found.CreatedAt)
	found.CreatedAt = found.CreatedAt.UTC()
	return found, err
}
