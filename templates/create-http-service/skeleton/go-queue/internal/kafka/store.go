package kafka

import (
	"context"

	"${{ values.goModule }}/internal/item"
)

// Store publishes each item that is added to the store below.
type Store struct {
	item.Store

	publisher *Publisher
}

// NewStore puts a publisher in front of a store.
func NewStore(below item.Store, publisher *Publisher) *Store {
	return &Store{Store: below, publisher: publisher}
}

// Add publishes first: an item that clients can read is one that consumers
// get to know of.
func (s *Store) Add(ctx context.Context, created item.Item) error {
	if err := s.publisher.Publish(ctx, created); err != nil {
		return err
	}
	return s.Store.Add(ctx, created)
}
