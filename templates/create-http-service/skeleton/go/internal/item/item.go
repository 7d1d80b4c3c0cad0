// Package item is the example resource of the service: replace it by your own.
package item

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"
)

const maxNameLength = 100

// Errors that a caller can tell apart.
var (
	ErrNotFound    = errors.New("no such item")
	ErrUnavailable = errors.New("back end unavailable")
	ErrInvalidName = fmt.Errorf("must have 1 to %d characters, none of them a control character", maxNameLength)
	ErrCursor      = errors.New("must be a nextCursor that this service returned")
)

// Item is a thing with a name.
type Item struct {
	// ID sorts by time of creation (UUID version 7).
	ID        uuid.UUID `json:"id"`
	Name      string    `json:"name"`
	CreatedAt time.Time `json:"createdAt"`
}

// Store keeps items. Its errors wrap ErrNotFound, or ErrUnavailable when
// another try may help.
type Store interface {
	Add(ctx context.Context, item Item) error
	Get(ctx context.Context, id uuid.UUID) (Item, error)
	// List returns at most limit items with an id greater than after, in order.
	List(ctx context.Context, after uuid.UUID, limit int) ([]Item, error)
}

// New makes an item, or fails with ErrInvalidName.
func New(name string, now time.Time) (Item, error) {
	if length := utf8.RuneCountInString(name); length < 1 || length > maxNameLength {
		return Item{}, ErrInvalidName
	}
	if strings.ContainsFunc(name, unicode.IsControl) {
		return Item{}, ErrInvalidName
	}
	id, err := uuid.NewV7()
	if err != nil {
		return Item{}, fmt.Errorf("make an id: %w", err)
	}
	// Databases keep less than nanoseconds: what is read equals what was written.
	return Item{ID: id, Name: name, CreatedAt: now.UTC().Truncate(time.Millisecond)}, nil
}

// Page is a part of the list.
type Page struct {
	Items      []Item `json:"items"`
	NextCursor string `json:"nextCursor,omitempty"`
}

// ListPage reads the page after the cursor; an empty cursor is the start.
func ListPage(ctx context.Context, store Store, cursor string, limit int) (Page, error) {
	after, err := decodeCursor(cursor)
	if err != nil {
		return Page{}, err
	}
	// One more than asked for tells whether there is a next page.
	items, err := store.List(ctx, after, limit+1)
	if err != nil {
		return Page{}, fmt.Errorf("list items: %w", err)
	}
	if len(items) <= limit {
		return Page{Items: append([]Item{}, items...)}, nil
	}
	items = items[:limit]
	return Page{Items: items, NextCursor: encodeCursor(items[limit-1].ID)}, nil
}

func encodeCursor(id uuid.UUID) string {
	return base64.RawURLEncoding.EncodeToString(id[:])
}

func decodeCursor(cursor string) (uuid.UUID, error) {
	if cursor == "" {
		return uuid.Nil, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return uuid.Nil, ErrCursor
	}
	id, err := uuid.FromBytes(raw)
	if err != nil {
		return uuid.Nil, ErrCursor
	}
	return id, nil
}
