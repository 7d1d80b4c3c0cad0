// Package memory keeps items in memory: they are gone when the process ends.
package memory

import (
	"bytes"
	"context"
	"slices"
	"sync"

	"github.com/google/uuid"

	"${{ values.goModule }}/internal/item"
)

// Capacity is how many items a store holds before it drops the oldest, so
// that no client can fill the memory.
const Capacity = 10_000

// Store keeps items sorted by id.
type Store struct {
	mu    sync.RWMutex
	items []item.Item
}

// NewStore makes an empty store.
func NewStore() *Store { return &Store{} }

// Add keeps an item.
func (s *Store) Add(_ context.Context, added item.Item) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.items) >= Capacity {
		// A tenth at once: moving the rest for each item would be slow.
		s.items = slices.Delete(s.items, 0, Capacity/10)
	}
	at, _ := s.search(added.ID)
	s.items = slices.Insert(s.items, at, added)
	return nil
}

// Get returns an item by its id.
func (s *Store) Get(_ context.Context, id uuid.UUID) (item.Item, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	at, ok := s.search(id)
	if !ok {
		return item.Item{}, item.ErrNotFound
	}
	return s.items[at], nil
}

// List returns at most limit items with an id greater than after, in order.
func (s *Store) List(_ context.Context, after uuid.UUID, limit int) ([]item.Item, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	from, found := s.search(after)
	if found {
		from++
	}
	to := min(from+limit, len(s.items))
	return slices.Clone(s.items[from:to]), nil
}

func (s *Store) search(id uuid.UUID) (int, bool) {
	return slices.BinarySearchFunc(s.items, id, func(kept item.Item, id uuid.UUID) int {
		return bytes.Compare(kept.ID[:], id[:])
	})
}
