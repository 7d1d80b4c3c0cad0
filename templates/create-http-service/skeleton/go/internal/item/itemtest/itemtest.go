// Package itemtest holds the tests that every store of items has to pass.
package itemtest

import (
	"errors"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"${{ values.goModule }}/internal/item"
)

// New makes a valid item.
func New(t *testing.T, name string) item.Item {
	t.Helper()
	made, err := item.New(name, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// Run tests a store that is empty.
func Run(t *testing.T, store item.Store) {
	t.Helper()
	ctx := t.Context()

	t.Run("an empty store lists nothing", func(t *testing.T) {
		if got, err := store.List(ctx, uuid.Nil, 10); err != nil || len(got) != 0 {
			t.Errorf("got %v, %v", got, err)
		}
	})

	t.Run("an unknown item is not found", func(t *testing.T) {
		if _, err := store.Get(ctx, New(t, "x").ID); !errors.Is(err, item.ErrNotFound) {
			t.Errorf("got %v, want ErrNotFound", err)
		}
	})

	first, second := New(t, "first"), New(t, "Zweites 'Stück' \\ \"日本\"")

	t.Run("items come back as they were added, in the order of their ids", func(t *testing.T) {
		for _, added := range []item.Item{second, first} {
			if err := store.Add(ctx, added); err != nil {
				t.Fatal(err)
			}
			if got, err := store.Get(ctx, added.ID); err != nil || !reflect.DeepEqual(got, added) {
				t.Errorf("got %v, %v; want %v", got, err, added)
			}
		}
		want := []item.Item{first, second}
		if got, err := store.List(ctx, uuid.Nil, 10); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %v, %v; want %v", got, err, want)
		}
	})

	t.Run("a list starts after an id and ends at the limit", func(t *testing.T) {
		if got, err := store.List(ctx, uuid.Nil, 1); err != nil || len(got) != 1 || got[0].ID != first.ID {
			t.Errorf("limit: got %v, %v", got, err)
		}
		if got, err := store.List(ctx, first.ID, 10); err != nil || len(got) != 1 || got[0].ID != second.ID {
			t.Errorf("after: got %v, %v", got, err)
		}
	})

	t.Run("items added at once are all kept", func(t *testing.T) {
		const count = 20
		var group sync.WaitGroup
		for range count {
			added := New(t, "many")
			group.Go(func() {
				if err := store.Add(ctx, added); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if got, err := store.List(ctx, second.ID, 100); err != nil || len(got) != count {
			t.Errorf("got %d, %v; want %d", len(got), err, count)
		}
	})
}
