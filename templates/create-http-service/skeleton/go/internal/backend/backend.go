// Package backend is where the service keeps its items.
package backend

import (
	"context"

	"${{ values.goModule }}/internal/item"
	"${{ values.goModule }}/internal/readiness"
)

// Backend is a store and what its life needs.
type Backend struct {
	Items  item.Store
	Checks []readiness.Check
	// Start makes the store ready for use. It tries again while the other side
	// does not answer; an error means that trying again will not help.
	Start func(ctx context.Context) error
	Close func()
}
